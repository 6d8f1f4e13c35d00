package palette.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The convex hull of points in the plane, counter-clockwise (Andrew's monotone chain). */
final class Hull {
  private Hull() {}

  static List<double[]> of(double[][] points) {
    var sorted = new ArrayList<>(Arrays.asList(points));
    sorted.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
    if (sorted.size() < 3) return sorted;
    var lower = chain(sorted);
    Collections.reverse(sorted);
    var upper = chain(sorted);
    lower.remove(lower.size() - 1);
    upper.remove(upper.size() - 1);
    lower.addAll(upper);
    return lower;
  }

  private static List<double[]> chain(List<double[]> sorted) {
    var chain = new ArrayList<double[]>();
    for (double[] p : sorted) {
      while (chain.size() > 1 && !turnsLeft(chain, p)) chain.remove(chain.size() - 1);
      chain.add(p);
    }
    return chain;
  }

  private static boolean turnsLeft(List<double[]> chain, double[] p) {
    double[] a = chain.get(chain.size() - 2);
    double[] b = chain.get(chain.size() - 1);
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0;
  }
}
