package palette.data.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/**
 * One file being brought. It grows as {@code .NAME.part}; only when its hash is right does it get
 * its name, in one step. A part that was left behind is gone on with where a hash will tell whether
 * it fits, and thrown away where none would.
 */
final class Download {
  private static final int TRIES = 5;

  private final RemoteFile file;
  private final URI address;
  private final Path target;
  private final Path part;
  private final Progress.Work work;

  private Download(Dataset set, RemoteFile file) {
    this.file = file;
    address = set.address(file);
    target = set.folder().resolve(file.name());
    part = target.resolveSibling("." + file.name() + ".part");
    work = Progress.start("Downloading " + file.name(), file.bytes());
  }

  static void of(Dataset set, RemoteFile file) throws IOException {
    new Download(set, file).run();
  }

  private void run() throws IOException {
    if (!file.isKnown()) Files.deleteIfExists(part);
    boolean resumed = size() > 0;
    String hash = fetched();
    if (!file.allows(hash) && resumed) { // two versions, or a disk that lost power: start anew
      Files.delete(part);
      hash = fetched();
    }
    if (!file.allows(hash)) throw wrong("sha256 " + file.sha256(), hash);
    keep(hash);
    work.finish(RemoteFile.size(target.toFile().length()) + ", sha256 is right");
  }

  private void keep(String hash) throws IOException {
    if (!file.isKnownWhole()) Kept.write(target, hash);
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    AtomicFile.move(part, target);
  }

  /** The hash of the part once all of it is there. */
  private String fetched() throws IOException {
    String version = "";
    for (int tries = 1; ; tries++) {
      long before = size();
      try {
        if (before > 0 && before == file.bytes()) break;
        try (var answer = Answer.to(address, before, version)) {
          if (answer.fits()) {
            version = answer.version();
            append(answer);
            break;
          }
        }
        Files.deleteIfExists(part); // so that the next try asks for all of it
        throw new IOException("the server gave other bytes than were asked for");
      } catch (IOException e) {
        stopIfInterrupted();
        if (tries >= TRIES || size() == before && tries > 1) throw broken(e);
      }
    }
    return Kept.hash(part);
  }

  private void append(Answer answer) throws IOException {
    long total = file.bytes() > 0 ? file.bytes() : answer.total();
    byte[] buffer = new byte[1 << 16];
    try (var channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(answer.from());
      channel.position(answer.from());
      var out = Channels.newOutputStream(channel);
      for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
        out.write(buffer, 0, n);
        refuseMoreThan(total, channel.position());
        work.at(channel.position(), RemoteFile.size(channel.position()));
        stopIfInterrupted();
      }
      if (channel.position() < total) throw new IOException("it ended early");
    }
  }

  private void refuseMoreThan(long total, long position) throws IOException {
    if (total > 0 && position > total) throw wrong(total + " bytes", "more");
  }

  private long size() {
    return part.toFile().length();
  }

  private void stopIfInterrupted() {
    if (!Thread.currentThread().isInterrupted()) return;
    work.finish("interrupted");
    throw new CancellationException(
        "Downloading " + file.name() + " was interrupted. The next call goes on from there.");
  }

  private InputException wrong(String expected, String found) throws IOException {
    Files.deleteIfExists(part);
    work.finish("not the file that was expected");
    return new InputException(
        address.toString(),
        expected,
        found,
        "The file there is another one, or was changed on its way; nothing of it is kept.");
  }

  private RuntimeException broken(IOException e) {
    work.finish("broken off");
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(
        address.toString(),
        "the whole file",
        Texts.format("an end after %,d bytes (%s)", size(), reason),
        "Call again: what is here already is kept, and checked by its hash.",
        e);
  }
}
