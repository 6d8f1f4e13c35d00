package palette.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import palette.support.AtomicFile;
import palette.support.InputException;

/**
 * A file of lines, each a checksum and JSON. A line is on the disk before it is acknowledged; what
 * stands half at the end, and nobody was told of, is left out. The first line says of what the
 * others are. One process has a folder at a time.
 */
final class Journal<L> implements AutoCloseable {
  private static final int SUM = 9; // characters of a checksum and a space

  private final Path file;
  private final Object head;
  private final String option;
  private final Supplier<List<L>> all;
  private final FileChannel lock;
  private FileChannel log;

  /**
   * Reads what is there, line by line, and writes it anew.
   *
   * @param head a record, equal to the one that the file was begun with
   * @param option by which another folder is named
   * @param all the lines that are still to be kept
   */
  Journal(
      Path file,
      Object head,
      String option,
      Class<L> type,
      Consumer<L> each,
      Supplier<List<L>> all) {
    this.file = file;
    this.head = head;
    this.option = option;
    this.all = all;
    var folder = file.toAbsolutePath().getParent();
    FileChannel locked = null;
    try {
      AtomicFile.createFolders(folder);
      var create = StandardOpenOption.CREATE;
      locked = FileChannel.open(folder.resolve("lock"), create, StandardOpenOption.WRITE);
      if (locked.tryLock() == null) throw new OverlappingFileLockException();
      if (Files.exists(file)) read(type, each);
      rewrite();
    } catch (OverlappingFileLockException e) {
      close(locked);
      throw bad(folder.toString(), "a folder that no other service has", "one in use");
    } catch (IOException e) {
      close(locked);
      throw new UncheckedIOException("Could not open " + folder + ": " + e, e);
    } catch (RuntimeException e) {
      close(locked);
      throw e;
    }
    lock = locked;
  }

  private InputException bad(String place, String expected, String found) {
    return new InputException(place, expected, found, "Name another folder with " + option + ".");
  }

  // What is damaged was once acknowledged if something whole stands behind it.
  private void read(Class<L> type, Consumer<L> each) throws IOException {
    String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
    int end = lines.length - 1; // behind the last line's end
    while (end > 0 && !isWhole(lines[end - 1])) end--;
    for (int i = 0; i < Math.max(1, end); i++) {
      if (!isWhole(lines[i])) throw bad(file + " line " + (i + 1), "a whole line", "a damaged one");
      byte[] json = bytes(lines[i].substring(SUM));
      if (i > 0) {
        each.accept(Service.JSON.readValue(json, type));
        continue;
      }
      var found = Service.JSON.readValue(json, head.getClass());
      if (!found.equals(head)) throw bad(file.toString(), "lines of " + head, "of " + found);
    }
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhole(String line) {
    return line.length() > SUM && line.startsWith(checksum(bytes(line.substring(SUM))));
  }

  private static String checksum(byte[] json) {
    var crc = new CRC32();
    crc.update(json);
    return String.format("%08x ", crc.getValue());
  }

  private static byte[] line(Object value) throws IOException {
    byte[] json = Service.JSON.writeValueAsBytes(value);
    var line = new ByteArrayOutputStream();
    line.writeBytes(bytes(checksum(json)));
    line.writeBytes(json);
    line.write('\n');
    return line.toByteArray();
  }

  /** Writes the file anew, with the lines that are still to be kept alone. */
  synchronized void rewrite() throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(line(head));
          for (var one : all.get()) out.write(line(one));
        });
    if (log != null) log.close();
    log = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  /** Adds a line; on the disk when it returns. */
  synchronized void add(L one) throws IOException {
    var bytes = ByteBuffer.wrap(line(one));
    long before = log.size();
    try {
      while (bytes.hasRemaining()) log.write(bytes);
      log.force(false);
    } catch (IOException e) {
      log.truncate(before); // or the next line would begin in the middle of this one
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    close(log); // every line is on the disk already
    close(lock);
  }

  private void close(FileChannel channel) {
    try {
      if (channel != null) channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not close " + file + ": " + e, e);
    }
  }
}
