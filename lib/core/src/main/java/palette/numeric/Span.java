package palette.numeric;

import java.util.Arrays;

/**
 * What some rows of numbers span: orthonormal directions, found one row after another
 * (Gram-Schmidt, twice for each), and every row as so many coordinates. Where a problem in many
 * columns has few answers, all that they decide lies in here.
 */
public final class Span {
  private static final double NEW = 1e-9; // of a row's length, below which it brings no direction

  private final int columns;
  private final double[][] directions;
  private final double[] coordinates; // n times rank
  private final int rank;

  private Span(int columns, double[][] directions, double[][] coordinates) {
    this.columns = columns;
    this.directions = directions;
    this.rank = directions.length;
    this.coordinates = new double[coordinates.length * rank];
    for (int j = 0; j < coordinates.length; j++) {
      int known = Math.min(rank, coordinates[j].length);
      System.arraycopy(coordinates[j], 0, this.coordinates, j * rank, known);
    }
  }

  /** Of n rows, which lie flat one after another. */
  public static Span of(double[] rows, int n, int columns) {
    double[][] directions = new double[Math.min(n, columns)][];
    double[][] coordinates = new double[n][];
    int rank = 0;
    for (int j = 0; j < n; j++) {
      double[] rest = Arrays.copyOfRange(rows, j * columns, (j + 1) * columns);
      double length = Math.sqrt(VectorLoops.inner(rest, rest));
      coordinates[j] = new double[Math.min(rank + 1, directions.length)];
      for (int pass = 0; pass < 2; pass++) takeOff(rest, directions, rank, coordinates[j]);
      double left = Math.sqrt(VectorLoops.inner(rest, rest));
      if (left <= NEW * length || rank == directions.length) continue;
      for (int c = 0; c < columns; c++) rest[c] /= left;
      coordinates[j][rank] = left;
      directions[rank++] = rest;
    }
    return new Span(columns, Arrays.copyOf(directions, rank), coordinates);
  }

  private static void takeOff(double[] rest, double[][] directions, int rank, double[] into) {
    for (int i = 0; i < rank; i++) {
      double share = VectorLoops.inner(directions[i], rest);
      into[i] += share;
      for (int c = 0; c < rest.length; c++) rest[c] -= share * directions[i][c];
    }
  }

  /** How many directions. */
  public int rank() {
    return rank;
  }

  /** The rows by their coordinates, flat: n times rank. */
  public double[] rows() {
    return coordinates;
  }

  /** What a point has of each direction. */
  public double[] inside(double[] point) {
    double[] inside = new double[rank];
    for (int i = 0; i < rank; i++) inside[i] = VectorLoops.inner(directions[i], point);
    return inside;
  }

  /** What direction i has of a column. */
  public double at(int i, int column) {
    return directions[i][column];
  }

  /** Moves a point by so much along each direction. */
  public void move(double[] point, double[] by) {
    for (int i = 0; i < rank; i++) {
      for (int c = 0; c < columns; c++) point[c] += by[i] * directions[i][c];
    }
  }
}
