package palette.family.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.fit.Parameter;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.ImputedSvd;
import palette.numeric.Ridge;
import palette.numeric.VectorLoops;

/**
 * The pairs that many users answered, as a table with a row a user and a column a pair: 1 for its
 * first item, -1 for its second, a hole where somebody was not asked. Its largest singular values
 * are PReF's start: V sqrt(S) are weights of users, U sqrt(S) features of pairs, and a ridge takes
 * these back to the items' vectors. PReF's code has 0, .5 and 1; around 0 it does not matter which
 * item of a pair is the first.
 */
public final class SharedPairs {
  private static final int MANY = 10; // users
  private static final int MOST = 64; // pairs, those that most answered
  private static final int ROUNDS = 10;
  private static final double RIDGE = 0.1; // of the pairs' mean squared length
  private static final ImputedSvd.Filling NEITHER = new ImputedSvd.Filling(0, -1, 1);

  private final TrainingSet data;
  private final List<Pair> pairs;

  private SharedPairs(TrainingSet data, List<Pair> pairs) {
    this.data = data;
    this.pairs = pairs;
  }

  /** Two entries, the first one first, and the rows that compare them. */
  private record Pair(int first, int second, List<Integer> rows) {
    long users(TrainingSet.Rows of) {
      return rows.stream().mapToInt(row -> of.user[row]).distinct().count();
    }
  }

  /** Those of the training answers. */
  public static SharedPairs of(TrainingSet data) {
    var rows = data.train;
    var all = new HashMap<Long, Pair>();
    for (int row = 0; row < rows.size(); row++) {
      int first = Math.min(rows.chosen[row], rows.rejected[row]);
      int second = Math.max(rows.chosen[row], rows.rejected[row]);
      long key = ((long) first << 32) | second;
      all.computeIfAbsent(key, k -> new Pair(first, second, new ArrayList<>())).rows.add(row);
    }
    var shared =
        all.values().stream()
            .filter(pair -> pair.users(rows) >= MANY)
            .sorted(
                Comparator.<Pair>comparingInt(pair -> -pair.rows.size())
                    .thenComparing(Pair::first)
                    .thenComparing(Pair::second))
            .limit(MOST)
            .toList();
    return new SharedPairs(data, shared);
  }

  /** How many pairs. */
  public int size() {
    return pairs.size();
  }

  /** Puts features and users' weights where they begin. */
  public void decompose(int rank, Parameter features, Map<String, Tensor> into) {
    var svd = ImputedSvd.of(table(), rank, ROUNDS, NEITHER);
    double[][] x = differences();
    double[][] map = Ridge.ofFew(x, svd.right(rank), RIDGE / x.length);
    into.put(features.name(), Tensor.of(map, x[0].length));
    double[][] users = svd.left(rank);
    if (UserWeights.MEAN.of(into) != null) {
      into.put(UserWeights.MEAN.name(), Tensor.of(VectorLoops.mean(users), rank));
      VectorLoops.center(users);
    }
    into.put(UserWeights.OFFSET.name(), Tensor.of(users, rank));
  }

  private double[][] table() {
    double[][] table = new double[data.users.size()][pairs.size()];
    for (double[] row : table) Arrays.fill(row, Double.NaN);
    for (int j = 0; j < pairs.size(); j++) {
      for (int row : pairs.get(j).rows) {
        boolean first = data.train.chosen[row] == pairs.get(j).first;
        table[data.train.user[row]][j] = first ? 1 : -1;
      }
    }
    return table;
  }

  private double[][] differences() {
    float[][] vectors = data.entries.features();
    double[][] x = new double[pairs.size()][vectors[0].length];
    for (int j = 0; j < x.length; j++) {
      float[] first = vectors[pairs.get(j).first];
      float[] second = vectors[pairs.get(j).second];
      for (int c = 0; c < first.length; c++) x[j][c] = first[c] - second[c];
    }
    return x;
  }
}
