package palette.fit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import palette.engine.Tensor;
import palette.numeric.VectorLoops;
import palette.reward.Space;
import palette.support.Seeds;

/**
 * Where the users of a mix begin: by who agrees with whom. Drawn at random they stand nearly in the
 * middle, where two camps of one size cancel out, and early stopping may keep that. A user's slope
 * is that of their loss at one score for everybody, of how often items win: the sum over their
 * answers of P(rejected) (x_chosen - x_rejected), with x an item's vector and, where items carry
 * identities, a direction of its own beside it; where prompts are apart, times the prompt's vector.
 * Random projections keep the slopes' inner products. Less what is everybody's, in units of chance,
 * they go into K groups (k-means) along the directions in which users differ most; a user's logits
 * fall with the squared distance to a group's middle.
 */
final class Agreement {
  private static final int WORK = 1 << 23; // products
  private static final int NARROWEST = 64;
  private static final int WIDEST = 512;
  private static final int USERS = 2_000; // that say how users differ
  private static final int AXES = 16;
  private static final int ROUNDS = 30;
  private static final double GAP = 3; // of a user's largest logit to the others, on average

  private final TrainingSet data;
  private final SplittableRandom random;
  private final int groups;
  private final int width;
  private final int[] own; // entry -> item
  private final double[][] items; // [entry][width]; where sums are projected, the vectors
  private final double[][] ofSums; // directions to project users' sums along; null: items are
  private final double[][] prompts; // [1 + prompt][width]; null where they are no input apart

  private Agreement(Task task, long seed) {
    data = task.data();
    random = Seeds.stream(seed, "agreement");
    groups = task.prototypes();
    width = width(data);
    own = data.entries.identity();
    double[][] vectors = data.entries.table().rows();
    double[][] along = randomDirections(vectors);
    boolean identities = task.sizes().identities();
    boolean sums = !identities && !task.perSide() && along.length < width;
    items = sums ? vectors : items(projected(vectors, along), identities);
    ofSums = sums ? along : null;
    prompts = task.perSide() ? prompts() : null;
  }

  /** The more answers, the narrower: they blur the sums less than they cost. */
  private static int width(TrainingSet data) {
    double mapped = (double) data.entries.size() * data.entries.dimension();
    mapped += (double) data.prompts.size() * data.prompts.dimension();
    int wide = (int) (WORK / (data.train.size() + mapped / 8));
    return Math.max(NARROWEST, Math.min(WIDEST, wide));
  }

  /** Whether there is something to choose: several prototypes, mixed by several users. */
  static boolean leads(Task task) {
    return task.basis().space() == Space.SIMPLEX
        && task.prototypes() > 1
        && task.groups().kinds().containsKey(UserWeights.OFFSET.name())
        && task.data().users.size() > 1;
  }

  /** The numbers drawn for a task, those of the users where agreement puts them. */
  static Map<String, Tensor> begin(Task task, Map<String, Tensor> drawn, long seed) {
    double[][] z = new Agreement(task, seed).logits();
    int k = task.prototypes();
    double[] mean = new double[k];
    var begun = new LinkedHashMap<>(drawn);
    if (UserWeights.MEAN.of(drawn) != null) {
      mean = VectorLoops.mean(z);
      begun.put(UserWeights.MEAN.name(), Tensor.of(mean, k));
    }
    double[] offsets = new double[z.length * k];
    for (int i = 0; i < offsets.length; i++) offsets[i] = z[i / k][i % k] - mean[i % k];
    begun.put(UserWeights.OFFSET.name(), Tensor.of(offsets, z.length, k));
    return begun;
  }

  // -------------------------------------------------------------------------------- projections

  private double[][] items(double[][] table, boolean identities) {
    double[][] each = new double[data.items.size()][];
    for (int i = 0; identities && i < own.length; i++) {
      if (own[i] < 0) continue; // in validation only
      if (each[own[i]] == null) each[own[i]] = Seeds.normal(width, 1, random);
      VectorLoops.add(each[own[i]], table[i], width);
    }
    return table;
  }

  /** With a number that is the same for all, for tastes that do not hang on the prompt. */
  private double[][] prompts() {
    double[][] vectors = data.promptTable().rows();
    double[][] table = projected(vectors, randomDirections(vectors));
    double[] always = Seeds.normal(width, 1, random);
    for (double[] row : table) VectorLoops.add(always, row, width);
    return table;
  }

  /** Takes the mean off vectors; random directions that make their mean square 1. */
  private double[][] randomDirections(double[][] vectors) {
    int size = vectors[0].length;
    double[] mean = VectorLoops.mean(vectors);
    double square = 0;
    for (double[] row : vectors) {
      for (int c = 0; c < size; c++) row[c] -= mean[c];
      square += VectorLoops.inner(row, row) / vectors.length;
    }
    double unit = square > 0 ? 1 / Math.sqrt(square) : 0;
    double[][] directions = new double[size][];
    for (int c = 0; c < size; c++) directions[c] = Seeds.normal(width, unit, random);
    return directions;
  }

  private double[][] projected(double[][] vectors, double[][] directions) {
    double[][] table = new double[vectors.length][width];
    for (int i = 0; i < table.length; i++) {
      VectorLoops.addRows(vectors[i], 0, directions, table[i], width);
    }
    return table;
  }

  // ------------------------------------------------------------------------------------- slopes

  /** How often each item wins, as a logit. */
  private double[] scores() {
    double[] wins = new double[data.items.size()];
    double[] losses = new double[wins.length];
    Arrays.fill(wins, 1);
    Arrays.fill(losses, 1);
    for (int entry : data.train.chosen) wins[own[entry]]++;
    for (int entry : data.train.rejected) losses[own[entry]]++;
    for (int i = 0; i < wins.length; i++) wins[i] = Math.log(wins[i] / losses[i]);
    return wins;
  }

  /** Each user's slope, less what is everybody's, over the square root of the answers' weight. */
  private double[][] slopes() {
    var rows = data.train;
    double[] scores = scores();
    double[][] slopes = new double[data.users.size()][items[0].length];
    double[] weights = new double[slopes.length];
    for (int row = 0; row < rows.size(); row++) {
      double margin = scores[own[rows.chosen[row]]] - scores[own[rows.rejected[row]]];
      add(row, rows.weight[row] / (1 + Math.exp(margin)), slopes[rows.user[row]]);
      weights[rows.user[row]] += rows.weight[row];
    }
    if (ofSums != null) slopes = projected(slopes, ofSums);
    double[] mean = VectorLoops.mean(slopes);
    double weight = Arrays.stream(weights).average().orElseThrow();
    for (int u = 0; u < slopes.length; u++) {
      double root = Math.sqrt(weights[u]);
      for (int j = 0; j < width; j++) slopes[u][j] = slopes[u][j] / root - root * mean[j] / weight;
    }
    return slopes;
  }

  private void add(int row, double factor, double[] slope) {
    double[] won = items[data.train.chosen[row]];
    double[] lost = items[data.train.rejected[row]];
    if (prompts == null) {
      for (int j = 0; j < slope.length; j++) slope[j] += factor * (won[j] - lost[j]);
      return;
    }
    double[] asked = prompts[data.train.prompt[row] + 1];
    for (int j = 0; j < width; j++) slope[j] += factor * (won[j] - lost[j]) * asked[j];
  }

  // ------------------------------------------------------------------------------------- groups

  private double[][] logits() {
    double[][] slopes = slopes();
    var directions = directions(some(slopes));
    double[][] at = new double[slopes.length][directions.length];
    for (int u = 0; u < at.length; u++) {
      VectorLoops.addDots(slopes[u], directions, at[u], 0, width);
    }
    double[][] middles = middles(some(at));
    double[][] z = new double[at.length][groups];
    double gap = 0;
    for (int u = 0; u < z.length; u++) {
      for (int k = 0; k < groups; k++) z[u][k] = -distance(at[u], middles[k]);
      double mean = Arrays.stream(z[u]).average().orElseThrow();
      for (int k = 0; k < groups; k++) z[u][k] -= mean;
      gap += Arrays.stream(z[u]).max().orElseThrow() * groups / (groups - 1) / z.length;
    }
    double unit = gap > 0 ? GAP / gap : 0;
    for (double[] of : z) for (int k = 0; k < groups; k++) of[k] *= unit;
    return z;
  }

  private static double[][] some(double[][] users) {
    int step = (users.length + USERS - 1) / USERS;
    double[][] some = new double[(users.length + step - 1) / step][];
    for (int i = 0; i < some.length; i++) some[i] = users[i * step];
    return some;
  }

  /** The directions of the largest variances, by powers of the covariance. */
  private double[][] directions(double[][] slopes) {
    double[][] v = new double[Math.min(AXES, Math.min(groups, slopes.length) - 1)][];
    for (int a = 0; a < v.length; a++) v[a] = Seeds.normal(width, 1, random);
    for (int round = 0; round < ROUNDS; round++) {
      for (int a = 0; a < v.length; a++) {
        double[] dots = new double[slopes.length];
        VectorLoops.addDots(v[a], slopes, dots, 0, width);
        double[] next = new double[width];
        VectorLoops.addRows(dots, 0, slopes, next, width);
        for (int b = 0; b < a; b++) {
          double share = VectorLoops.inner(next, v[b]);
          for (int j = 0; j < width; j++) next[j] -= share * v[b][j];
        }
        double length = Math.sqrt(VectorLoops.inner(next, next));
        for (int j = 0; j < width; j++) v[a][j] = length > 0 ? next[j] / length : 0;
      }
    }
    return v;
  }

  /** k-means, begun from users who are each the farthest from those before. */
  private double[][] middles(double[][] at) {
    double[][] middles = new double[groups][at[0].length];
    for (int k = 0; k < groups; k++) middles[k] = farthest(at, middles, Math.max(1, k)).clone();
    for (int round = 0; round < ROUNDS; round++) {
      double[][] sums = new double[groups][at[0].length];
      int[] counts = new int[groups];
      for (double[] user : at) {
        int k = nearest(user, middles, groups);
        counts[k]++;
        VectorLoops.add(user, sums[k], user.length);
      }
      for (int k = 0; k < groups; k++) {
        for (int a = 0; counts[k] > 0 && a < sums[k].length; a++) {
          middles[k][a] = sums[k][a] / counts[k];
        }
      }
    }
    return middles;
  }

  private static double[] farthest(double[][] at, double[][] middles, int known) {
    double[] farthest = at[0];
    double most = -1;
    for (double[] user : at) {
      double distance = distance(user, middles[nearest(user, middles, known)]);
      if (distance > most) farthest = user;
      most = Math.max(most, distance);
    }
    return farthest;
  }

  private static int nearest(double[] user, double[][] middles, int known) {
    int nearest = 0;
    for (int k = 1; k < known; k++) {
      if (distance(user, middles[k]) < distance(user, middles[nearest])) nearest = k;
    }
    return nearest;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
  }
}
