package palette.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;

/**
 * The cheapest way to give every row a column of its own, as a linear program: its corners have
 * nothing but whole numbers.
 */
public final class Matching {
  private static final double EXACT = 1e-12; // of the largest cost

  private Matching() {}

  /**
   * @param cost shape [n][m]; any n and m
   * @return for each row its column, or -1 where there are fewer columns than rows
   */
  public static int[] cheapest(double[][] cost) {
    int n = cost.length;
    int m = cost[0].length;
    double[] flat = Arrays.stream(cost).flatMapToDouble(Arrays::stream).toArray();
    double most = Arrays.stream(flat).map(Math::abs).max().orElse(0);
    for (int i = 0; i < flat.length; i++) flat[i] /= Math.max(most, Double.MIN_NORMAL);
    double[][] rows = new double[n][flat.length];
    double[][] columns = new double[m][flat.length];
    for (int i = 0; i < flat.length; i++) rows[i / m][i] = columns[i % m][i] = 1;
    var once = new ArrayList<LinearConstraint>();
    for (double[] row : rows) once.add(new LinearConstraint(row, kept(n <= m), 1));
    for (double[] column : columns) once.add(new LinearConstraint(column, kept(n > m), 1));
    double[] taken =
        new SimplexSolver(EXACT)
            .optimize(
                new LinearObjectiveFunction(flat, 0),
                new LinearConstraintSet(once),
                new NonNegativeConstraint(true))
            .getPoint();
    int[] columnOf = new int[n];
    Arrays.fill(columnOf, -1);
    for (int i = 0; i < flat.length; i++) if (taken[i] > 0.5) columnOf[i / m] = i % m;
    return columnOf;
  }

  private static Relationship kept(boolean all) {
    return all ? Relationship.EQ : Relationship.LEQ;
  }
}
