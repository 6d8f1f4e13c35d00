package palette.data.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import palette.support.Reasons;

/** Data sets in the cache: what is missing is fetched, what is there is checked and left. */
public final class Store {
  private static final Object ONE = new Object(); // Java's file locks are the whole process's

  private Store() {}

  /**
   * The folder with all files of a data set. Licence, attribution and size are said on {@code
   * System.err} before the first byte is fetched; with all files there nothing is asked of anybody.
   */
  public static Path folder(Dataset set) {
    try {
      if (!missing(set).isEmpty()) fetch(set);
      return set.folder();
    } catch (FileLockInterruptionException e) {
      throw new CancellationException(
          "Waiting for another download of " + set.id() + " was ended.");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not keep " + set.id() + ": " + Reasons.of(e), e);
    }
  }

  private static List<RemoteFile> missing(Dataset set) throws IOException {
    var missing = new ArrayList<RemoteFile>();
    for (var file : set.files()) {
      var path = set.folder().resolve(file.name());
      if (!file.isWhole(path)) missing.add(file);
    }
    return missing;
  }

  // Of two processes that want the same, one fetches and the other waits.
  private static void fetch(Dataset set) throws IOException {
    System.err.println(set.notice());
    Files.createDirectories(set.folder());
    var lock = set.folder().resolve(".lock");
    synchronized (ONE) {
      try (var channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        for (var file : missing(set)) {
          var path = set.folder().resolve(file.name());
          if (Files.exists(path)) {
            System.err.println(path + " is not what was fetched: fetching it again.");
          }
          Download.of(set, file);
        }
      }
    }
  }
}
