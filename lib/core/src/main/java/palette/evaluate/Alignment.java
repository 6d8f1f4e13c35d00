package palette.evaluate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import palette.support.Checks;

/**
 * The similarity {@code y = scale * rotation x + shift} that brings points closest to others in
 * least squares (orthogonal Procrustes; reflections allowed). With {@code C = sum (y - my)(x - mx)'
 * = U S V'}: rotation {@code U V'}, scale {@code tr S / sum |x - mx|^2}, shift {@code my - scale
 * rotation mx}. Points of fewer dimensions are filled up with zeros.
 *
 * @param scale at least 0
 * @param rotation shape [d][d], orthogonal
 * @param shift d numbers
 */
public record Alignment(double scale, double[][] rotation, double[] shift) {

  /** Brings {@code from} closest to {@code to}, row by row. */
  public static Alignment of(double[][] from, double[][] to) {
    Checks.require(from.length > 0, "points", "at least one", "none");
    Checks.require(from.length == to.length, "points", to.length + " rows", from.length);
    int d = Math.max(from[0].length, to[0].length);
    double[] mx = mean(from, d);
    double[] my = mean(to, d);
    double[][] c = new double[d][d];
    double size = 0;
    double raw = 0;
    for (int i = 0; i < from.length; i++) {
      double[] x = minus(from[i], mx);
      double[] y = minus(to[i], my);
      for (int a = 0; a < d; a++) {
        size += x[a] * x[a];
        raw += (x[a] + mx[a]) * (x[a] + mx[a]);
        for (int b = 0; b < d; b++) c[a][b] += y[a] * x[b];
      }
    }
    var svd = new SingularValueDecomposition(new Array2DRowRealMatrix(c));
    double trace = Arrays.stream(svd.getSingularValues()).sum();
    // Points that differ by rounding alone coincide; dividing by their size would blow that up.
    double scale = size <= 1e-20 * raw ? 0 : trace / size;
    double[][] rotation = svd.getU().multiply(svd.getVT()).getData();
    var centred = new Alignment(scale, rotation, new double[d]);
    return new Alignment(scale, rotation, minus(my, centred.apply(mx)));
  }

  /** Where a point goes. */
  public double[] apply(double[] point) {
    double[] to = shift.clone();
    for (int a = 0; a < to.length; a++) {
      for (int b = 0; b < point.length; b++) to[a] += scale * rotation[a][b] * point[b];
    }
    return to;
  }

  /** Where points go, row by row. */
  public double[][] apply(double[][] points) {
    return Arrays.stream(points).map(this::apply).toArray(double[][]::new);
  }

  static double[] mean(double[][] points, int d) {
    double[] mean = new double[d];
    for (double[] p : points) for (int a = 0; a < p.length; a++) mean[a] += p[a] / points.length;
    return mean;
  }

  /** x - y, x filled up with zeros. */
  static double[] minus(double[] x, double[] y) {
    double[] difference = new double[y.length];
    for (int a = 0; a < y.length; a++) difference[a] = (a < x.length ? x[a] : 0) - y[a];
    return difference;
  }
}
