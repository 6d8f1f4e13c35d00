package palette.engine;

import java.util.Arrays;
import palette.support.Checks;

/** A float array with a shape, row by row (the last index runs fastest). */
public record Tensor(long[] shape, float[] values) {

  public Tensor {
    long count = 1;
    for (long s : shape) count *= s;
    Checks.require(count == values.length, "tensor", count + " values", values.length);
  }

  /** A matrix, shape [rows][columns]. */
  public static Tensor of(float[][] rows, int columns) {
    float[] flat = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return new Tensor(new long[] {rows.length, columns}, flat);
  }

  /** The same of double precision, rounded. */
  public static Tensor of(double[][] rows, int columns) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return of(flat, rows.length, columns);
  }

  /** Numbers of double precision, rounded. */
  public static Tensor of(double[] values, long... shape) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) rounded[i] = (float) values[i];
    return new Tensor(shape, rounded);
  }

  /** The length of one index. */
  public int size(int axis) {
    return Math.toIntExact(shape[axis]);
  }

  /** The same numbers in double precision. */
  public double[] doubles() {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) wide[i] = values[i];
    return wide;
  }

  /** A matrix as rows. */
  public double[][] rows() {
    int columns = size(1);
    double[][] rows = new double[size(0)][columns];
    for (int i = 0; i < values.length; i++) rows[i / columns][i % columns] = values[i];
    return rows;
  }

  /** The same in single precision. */
  public float[][] floats() {
    int columns = size(1);
    float[][] rows = new float[size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
