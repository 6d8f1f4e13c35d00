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
import java.util.regex.Pattern;
import palette.support.InputException;
import palette.support.Memory;
import palette.support.Reasons;
import palette.support.Texts;

/** NumPy's .npy (numpy.lib.format): a magic, a version, a header in Python's notation, the data. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final String SAVE = "Save it with numpy.save.";
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_COLUMNS = 1_000_000;

  private final String file;
  private final long size;

  private Npy(Path path) throws IOException {
    file = Place.name(path);
    size = Files.size(path);
  }

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
    boolean magic = Arrays.equals(in.readNBytes(6), MAGIC);
    check(magic, "NumPy's .npy format", "other bytes", SAVE);
    int version = in.read();
    in.read();
    check(version >= 1 && version <= 3, "format version 1, 2 or 3", "" + version, SAVE);
    int width = version == 1 ? 2 : 4;
    long length = 0;
    for (int i = 0; i < width; i++) length |= (long) in.readUnsignedByte() << 8 * i;
    check(length <= LONGEST_HEADER, "a short header", length + " bytes", SAVE);
    byte[] text = in.readNBytes((int) length);
    check(text.length == length, "a whole header", "its end cut off", "Fetch the file again.");
    return read(in, new String(text, StandardCharsets.UTF_8), size - 8 - width - length);
  }

  private void check(boolean holds, String expected, String found, String next) {
    if (!holds) throw new InputException(file, expected, found, next);
  }

  private static String find(String pattern, String header) {
    var match = Pattern.compile(pattern).matcher(header);
    return match.find() ? match.group(1) : "none";
  }

  private float[][] read(DataInputStream in, String header, long available) throws IOException {
    String type = find("'descr':\\s*'([^']*)'", header);
    check(
        type.matches("[<>]f[48]"),
        "4 or 8 byte floats (<f4, <f8)",
        type.equals("none") ? "records" : "'" + type + "'",
        "Save it with array.astype('float32').");
    boolean rows = find("'fortran_order':\\s*(True|False)", header).equals("False");
    check(rows, "rows one after another", "Fortran order", "Use numpy.ascontiguousarray.");
    String shape = find("'shape':\\s*\\(([^)]*)\\)", header);
    boolean two = shape.matches("\\s*\\d{1,9}\\s*,\\s*\\d{1,9}\\s*,?\\s*");
    check(two, "two dimensions", "shape (" + shape + ")", "Reshape it to one row an item.");
    var sizes = shape.replaceAll("\\s", "").split(",");
    int n = Integer.parseInt(sizes[0]);
    int d = Integer.parseInt(sizes[1]);
    int width = type.charAt(2) - '0';
    check(
        (long) n * d * width == available,
        Texts.format("%,d x %,d numbers of %d bytes", n, d, width),
        Texts.format("%,d bytes", available),
        "Is the file whole?");
    check(
        n > 0 && d > 0 && d <= MOST_COLUMNS,
        Texts.format("a row at least, of 1 to %,d numbers", MOST_COLUMNS),
        Texts.format("%,d x %,d", n, d),
        "Save one row an item.");
    Memory.require(file, 4L * n * d);
    var order = type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return read(in, ByteBuffer.allocate(d * width).order(order), width, new float[n][d]);
  }

  private float[][] read(DataInputStream in, ByteBuffer row, int width, float[][] rows)
      throws IOException {
    for (int r = 0; r < rows.length; r++) {
      Stop.ifInterrupted("Reading " + file);
      in.readFully(row.array());
      row.clear();
      for (int c = 0; c < rows[r].length; c++) {
        double value = width == 4 ? row.getFloat() : row.getDouble();
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
