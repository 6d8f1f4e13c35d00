package palette.numeric;

import java.util.Arrays;

/**
 * What some rows of numbers span: orthonormal directions, found one row after another (classical
 * Gram-Schmidt, twice for each), and every row as so many coordinates. Where a problem in many
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
    int most = Math.min(n, columns);
    double[][] directions = {};
    double[][] across = new double[columns][most]; // the same by columns: products then add rows
    double[][] coordinates = new double[n][];
    for (int j = 0; j < n; j++) {
      int rank = directions.length;
      double[] rest = Arrays.copyOfRange(rows, j * columns, (j + 1) * columns);
      double length = Math.sqrt(VectorLoops.inner(rest, rest));
      coordinates[j] = new double[Math.min(rank + 1, most)];
      for (int pass = 0; pass < 2; pass++) takeOff(rest, directions, across, coordinates[j]);
      double left = Math.sqrt(VectorLoops.inner(rest, rest));
      if (left <= NEW * length || rank == most) continue;
      for (int c = 0; c < columns; c++) across[c][rank] = rest[c] /= left;
      coordinates[j][rank] = left;
      directions = Arrays.copyOf(directions, rank + 1);
      directions[rank] = rest;
    }
    return new Span(columns, directions, coordinates);
  }

  private static void takeOff(
      double[] rest, double[][] directions, double[][] across, double[] into) {
    double[] shares = new double[directions.length];
    VectorLoops.addRows(rest, 0, across, shares, shares.length);
    for (int i = 0; i < shares.length; i++) {
      into[i] += shares[i];
      shares[i] = -shares[i];
    }
    VectorLoops.addRows(shares, 0, directions, rest, rest.length);
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
    VectorLoops.addDots(point, directions, inside, 0, columns);
    return inside;
  }

  /** What direction i has of a column. */
  public double at(int i, int column) {
    return directions[i][column];
  }

  /** Moves a point by so much along each direction. */
  public void move(double[] point, double[] by) {
    VectorLoops.addRows(by, 0, directions, point, columns);
  }
}
