package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A .npy file of the benchmark's data: 32-bit floats or integers in C order, of any shape. Integers
 * are read as floats too, which is exact below 2^24.
 */
public record NpyArray(int[] shape, float[] values) {

  /** Reads {@code folder/name.npy}. */
  public static NpyArray read(Path folder, String name) {
    try {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".npy")));
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[bytes.getShort(8)];
      bytes.position(10).get(header);
      return read(
          new String(header, StandardCharsets.US_ASCII), bytes.slice().order(bytes.order()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NpyArray read(String header, ByteBuffer data) {
    String inside = header.replaceAll("(?s).*\\(([^)]*)\\).*", "$1").replaceAll("\\s|,\\s*$", "");
    int[] shape = Arrays.stream(inside.split(",")).mapToInt(Integer::parseInt).toArray();
    float[] values = new float[data.remaining() / 4];
    boolean floats = header.contains("<f4");
    for (int i = 0; i < values.length; i++) values[i] = floats ? data.getFloat() : data.getInt();
    return new NpyArray(shape, values);
  }

  /** One row as positions. */
  public int[] positions(int row) {
    int width = values.length / shape[0];
    int[] positions = new int[width];
    for (int i = 0; i < width; i++) positions[i] = (int) values[row * width + i];
    return positions;
  }

  /** All numbers as positions. */
  public int[] positions() {
    int[] positions = new int[values.length];
    for (int i = 0; i < values.length; i++) positions[i] = (int) values[i];
    return positions;
  }

  /** The numbers as rows of what the first index names. */
  public float[][] rows() {
    int width = values.length / shape[0];
    float[][] rows = new float[shape[0]][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** The first of the rows, one after another. */
  public float[] first(int rows) {
    return Arrays.copyOf(values, values.length / shape[0] * rows);
  }
}
