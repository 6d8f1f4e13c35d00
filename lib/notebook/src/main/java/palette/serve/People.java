package palette.serve;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
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
 * disk before its person is acknowledged; half a line at the end, which nobody was told of, is cut
 * off. The first line says whose weights they are. Answers are not kept, and who is forgotten is in
 * the file no more. One process has a folder at a time.
 */
final class People implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

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
    lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked()) throw bad(folder.toString(), "a folder for this service", "one of another");
      if (Files.exists(file)) read();
      else writeAll();
      log = FileChannel.open(file, StandardOpenOption.APPEND);
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

  private boolean locked() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private InputException bad(String place, String expected, String found) {
    return new InputException(place, expected, found, "Name another folder with --people.");
  }

  private void read() throws IOException {
    byte[] all = Files.readAllBytes(file);
    int good = 0;
    for (int from = 0, n = 1, to; (to = lineEnd(all, from)) >= 0; from = to + 1, n++) {
      String line = new String(all, from, to - from, StandardCharsets.UTF_8);
      if (!isWhole(line)) continue;
      // What is damaged was once acknowledged if something whole stands behind it.
      if (good != from) throw bad(file + " line " + n, "whole lines before it", "a damaged one");
      good = to + 1;
      if (n == 1) requireSame(JSON.readValue(line.substring(9), Head.class));
      else {
        var read = JSON.readValue(line.substring(9), Line.class);
        weights.put(read.user, read.weights);
      }
    }
    if (good == 0) throw bad(file.toString(), "a file of persons", "something else");
    try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
      whole.setLength(good);
      whole.getFD().sync();
    }
  }

  private static int lineEnd(byte[] all, int from) {
    for (int i = from; i < all.length; i++) if (all[i] == '\n') return i;
    return -1;
  }

  private void requireSame(Head found) {
    if (!found.equals(head)) throw bad(file.toString(), "persons of " + head, "of " + found);
  }

  private static boolean isWhole(String line) {
    return line.length() > 9 && line.startsWith(checksum(line.substring(9)) + " ");
  }

  private static String checksum(String json) {
    var crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static byte[] line(Object value) throws IOException {
    String json = JSON.writeValueAsString(value);
    return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void writeAll() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(line(head));
    for (var one : weights.entrySet()) bytes.write(line(new Line(one.getKey(), one.getValue())));
    AtomicFile.write(file, bytes::writeTo);
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
    while (bytes.hasRemaining()) log.write(bytes);
    log.force(false);
    weights.put(user, placed);
  }

  /** Forgets somebody, in the file too; false for a stranger. */
  synchronized boolean forget(String user) throws IOException {
    if (weights.remove(user) == null) return false;
    writeAll();
    log.close();
    log = FileChannel.open(file, StandardOpenOption.APPEND);
    return true;
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
    lock.close();
  }
}
