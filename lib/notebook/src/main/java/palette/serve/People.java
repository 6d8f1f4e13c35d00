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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import palette.support.AtomicFile;
import palette.support.InputException;

/**
 * Persons as K numbers each, in a file of one line a placing: a checksum and JSON. A line is on the
 * disk before its person is acknowledged; what stands half at the end, and nobody was told of, is
 * left out. The first line says whose weights they are. Answers are not kept, and who is forgotten
 * is in the file no more. One process has a folder at a time.
 */
final class People implements AutoCloseable {
  private static final int SUM = 9; // characters of a checksum and a space

  private final Path file;
  private final Head head;
  private final Map<String, double[]> weights = new ConcurrentHashMap<>();
  private final FileChannel lock;
  private FileChannel log;

  private record Head(String model, int columns) {}

  private record Line(String user, double[] weights) {}

  private People(Path folder, Head head) throws IOException {
    this.head = head;
    file = folder.resolve("people.log");
    AtomicFile.createFolders(folder.toAbsolutePath());
    var create = StandardOpenOption.CREATE;
    lock = FileChannel.open(folder.resolve("lock"), create, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) throw new OverlappingFileLockException();
      if (Files.exists(file)) read();
      writeAll();
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw bad(folder.toString(), "a folder that no other service has", "one in use");
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The persons in a folder, weights of so many columns in the model of a hash.
   *
   * @throws InputException if another process has it, or they are of another model
   */
  static People in(Path folder, String model, int columns) {
    try {
      return new People(folder, new Head(model, columns));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not open " + folder + ": " + e, e);
    }
  }

  private static InputException bad(String place, String expected, String found) {
    return new InputException(place, expected, found, "Name another folder with --people.");
  }

  // What is damaged was once acknowledged if something whole stands behind it.
  private void read() throws IOException {
    String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
    int end = lines.length - 1; // behind the last line's end
    while (end > 0 && !isWhole(lines[end - 1])) end--;
    for (int i = 0; i < Math.max(1, end); i++) {
      if (!isWhole(lines[i])) throw bad(file + " line " + (i + 1), "a whole line", "a damaged one");
      byte[] json = bytes(lines[i].substring(SUM));
      if (i == 0) {
        var found = Service.JSON.readValue(json, Head.class);
        if (!found.equals(head)) throw bad(file.toString(), "persons of " + head, "of " + found);
      } else {
        var line = Service.JSON.readValue(json, Line.class);
        weights.put(line.user, line.weights);
      }
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

  private void writeAll() throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(line(head));
          for (var one : weights.entrySet())
            out.write(line(new Line(one.getKey(), one.getValue())));
        });
    if (log != null) log.close();
    log = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  /** How many there are. */
  int size() {
    return weights.size();
  }

  /** Somebody's weights; null for a stranger. */
  double[] weights(String user) {
    return weights.get(user);
  }

  /** Keeps somebody; on the disk when it returns. */
  synchronized void keep(String user, double[] placed) throws IOException {
    var bytes = ByteBuffer.wrap(line(new Line(user, placed)));
    long before = log.size();
    try {
      while (bytes.hasRemaining()) log.write(bytes);
      log.force(false);
    } catch (IOException e) {
      log.truncate(before); // or the next line would begin in the middle of this one
      throw e;
    }
    weights.put(user, placed);
  }

  /** Forgets somebody, in the file too; false for a stranger. */
  synchronized boolean forget(String user) throws IOException {
    if (weights.remove(user) == null) return false;
    writeAll();
    return true;
  }

  @Override
  public synchronized void close() {
    try {
      log.close(); // every line is on the disk already
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not close " + file + ": " + e, e);
    }
  }
}
