package palette.data.io;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Texts;

/** NumPy's .npy (numpy.lib.format): a magic, a version, a header in Python's notation, the data. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_COLUMNS = 1_000_000;

  private final String file;
  private final long size;

  private Npy(Path path) throws IOException {
    file = Place.name(path);
    size = Files.size(path);
  }

  /** The rows of a file, shape [n][d]. */
  public static float[][] read(Path path) {
    Place.readable(path, path.toString(), "a file", "nothing");
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      return new Npy(path).read(in);
    } catch (EOFException e) {
      throw new InputException(
          Place.name(path), "a whole file", "its end cut off", "Read it again.");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + path + ": " + Reasons.of(e), e);
    }
  }

  private float[][] read(DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(6), MAGIC)) {
      throw refuse("NumPy's .npy format", "other bytes", "Save it with numpy.save.");
    }
    int version = in.read();
    in.read();
    if (version < 1 || version > 3)
      throw refuse("format version 1, 2 or 3", "" + version, "Save it with numpy.save.");
    byte[] length = in.readNBytes(version == 1 ? 2 : 4);
    long headerSize = unsigned(length);
    if (headerSize > LONGEST_HEADER)
      throw refuse("a short header", headerSize + " bytes", "Save it with numpy.save.");
    byte[] text = in.readNBytes((int) headerSize);
    if (text.length < headerSize)
      throw refuse("a whole header", "its end cut off", "Fetch the file again.");
    long before = 8 + length.length + headerSize;
    return new Header(new String(text, StandardCharsets.UTF_8)).read(in, size - before);
  }

  private static long unsigned(byte[] littleEndian) {
    long value = 0;
    for (int i = littleEndian.length - 1; i >= 0; i--) value = value << 8 | littleEndian[i] & 0xff;
    return value;
  }

  private InputException refuse(String expected, String found, String next) {
    return new InputException(file, expected, found, next);
  }

  private final class Header {
    private final String text;

    Header(String text) {
      this.text = text;
    }

    private String find(String pattern) {
      Matcher match = Pattern.compile(pattern).matcher(text);
      return match.find() ? match.group(1) : "none";
    }

    float[][] read(DataInputStream in, long available) throws IOException {
      String type = find("'descr':\\s*'([^']*)'");
      String shape = find("'shape':\\s*\\(([^)]*)\\)");
      if (!type.matches("[<>]f[48]")) {
        throw refuse(
            "4 or 8 byte floats (<f4, <f8)",
            type.equals("none") ? "records" : "'" + type + "'",
            "Save it with array.astype('float32').");
      }
      if (!find("'fortran_order':\\s*(True|False)").equals("False")) {
        throw refuse("rows one after another", "Fortran order", "Use numpy.ascontiguousarray.");
      }
      if (!shape.matches("\\s*\\d{1,9}\\s*,\\s*\\d{1,9}\\s*,?\\s*")) {
        throw refuse("two dimensions", "shape (" + shape + ")", "Reshape it to one row an item.");
      }
      var sizes = shape.replaceAll("\\s", "").split(",");
      return read(in, available, type, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
    }

    private float[][] read(DataInputStream in, long available, String type, int n, int d)
        throws IOException {
      int width = type.charAt(2) - '0';
      if ((long) n * d * width != available) {
        throw refuse(
            Texts.format("%,d x %,d numbers of %d bytes", n, d, width),
            Texts.format("%,d bytes", available),
            "Is the file whole?");
      }
      if (n == 0 || d == 0 || d > MOST_COLUMNS) {
        String expected = Texts.format("a row at least, of 1 to %,d numbers", MOST_COLUMNS);
        throw refuse(expected, Texts.format("%,d x %,d", n, d), "Save one row an item.");
      }
      var order = type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      float[][] rows = new float[n][d];
      byte[] bytes = new byte[d * width];
      String work = "Reading " + file;
      for (int r = 0; r < n; r++) {
        Stop.ifInterrupted(work);
        in.readFully(bytes);
        var buffer = ByteBuffer.wrap(bytes).order(order);
        for (int c = 0; c < d; c++) {
          double value = width == 4 ? buffer.getFloat() : buffer.getDouble();
          rows[r][c] = (float) value;
          if (!Float.isFinite(rows[r][c])) {
            String where = file + " row " + (r + 1) + " column " + (c + 1);
            throw new InputException(where, "a finite number", "" + value, "");
          }
        }
      }
      return rows;
    }
  }
}
