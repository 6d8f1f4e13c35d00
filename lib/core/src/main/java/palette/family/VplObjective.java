package palette.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;
import palette.fit.FitSpec;
import palette.fit.Objective;
import palette.fit.Parameters;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.support.Seeds;

/**
 * Trains {@link Vpl}: each step reads the batch's people from some of their other answers, draws z,
 * and descends the loss of the batch's answers and the divergence from N(0, I).
 */
final class VplObjective implements Objective {
  private static final double SLOPES = 1e4; // steps until the divergence counts in full

  private final Task task;
  private final VplBasis basis = new VplBasis();
  private final int context;
  private final int latent;
  private final NDManager manager;
  private final NDArray entries; // [n][D]
  private final Map<String, NDArray> resident = new LinkedHashMap<>();
  private final Map<String, TorchAdam> adams = new LinkedHashMap<>();
  private Map<String, NDArray> leaves = Map.of();
  private final int[][] rowsOf; // a user's training rows
  private final SplittableRandom noise;
  private final boolean pulled; // whether a mean of the users' stands beside their numbers
  private int steps;
  private double paid;

  VplObjective(Task task, Map<String, Tensor> start, long seed) {
    this.task = task;
    context = task.settings().get(VplBasis.CONTEXT);
    latent = task.settings().get(FitSpec.PROTOTYPES);
    noise = Seeds.stream(seed, "noise");
    pulled = UserWeights.MEAN.of(start) != null;
    Torch.threads(task.threads());
    manager = Torch.manager(task.device());
    entries = array(task.data().entries.table());
    rowsOf = byUser(task.data());
    var learned = new LinkedHashMap<>(start);
    learned.remove(UserWeights.OFFSET.name());
    learned.remove(UserWeights.MEAN.name());
    learned.forEach((name, tensor) -> resident.put(name, array(tensor)));
    resident.forEach(
        (name, array) ->
            adams.put(name, new TorchAdam(array, task.groups().of(name), task.threads())));
  }

  private NDArray array(Tensor tensor) {
    return Torch.create(manager, tensor, task.type());
  }

  private static int[][] byUser(TrainingSet data) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int u = 0; u < data.users.size(); u++) rows.add(new ArrayList<>());
    for (int row = 0; row < data.train.size(); row++) rows.get(data.train.user[row]).add(row);
    return rows.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private Parameters parameters(Map<String, NDArray> of) {
    return new Parameters(of, task.settings());
  }

  /** By how much the divergence counts: a cosine from .1 to 1 over ten thousand steps, again. */
  static double slope(int step) {
    return 0.1 + 0.45 * (1 - Math.cos(Math.PI * (step % (SLOPES + 1)) / SLOPES));
  }

  // ------------------------------------------------------------------------------------- a step

  @Override
  public double step(int[] order, int from, int to) {
    try (var scope = Torch.scope()) {
      double mean = accumulate(order, from, to);
      adams.forEach((name, adam) -> adam.step(leaves.get(name).getGradient()));
      return mean;
    }
  }

  /** The weighted mean loss of some rows; leaves the gradients of it and of the divergence. */
  double accumulate(int[] order, int from, int to) {
    leaves = new LinkedHashMap<>();
    adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
    var p = parameters(leaves);
    var rows = task.data().train;
    int n = to - from;
    int[] batch = Arrays.copyOfRange(order, from, to);
    int[] user = Arrays.stream(batch).map(row -> rows.user[row]).toArray();
    int[] people = Arrays.stream(user).distinct().toArray();
    var posterior = Torch.record(() -> posterior(p, people, others(people, batch)));
    NDArray e = random(people.length);
    NDArray m =
        Torch.record(() -> margins(p, posterior.sample(p, e), places(user, people), rows, batch));
    double[] weight = Arrays.stream(batch).mapToDouble(row -> rows.weight[row]).toArray();
    double total = Arrays.stream(weight).sum();
    for (int b = 0; b < n; b++) weight[b] /= total;
    double[] slopes = new double[n];
    double mean = task.loss().mean(Torch.numbers(m), weight, n, slopes);
    for (int b = 0; b < n; b++) slopes[b] *= weight[b];
    double share = task.settings().get(VplBasis.DIVERGENCE) * slope(steps++);
    NDArray divergence = Torch.record(() -> posterior.divergence(p).mul(p.number(share)));
    paid = Torch.numbers(divergence)[0];
    NDArray slope = array(Tensor.of(slopes, n));
    Torch.backward(Torch.record(() -> m.mul(slope).sum().add(divergence)));
    return mean;
  }

  /** What the last rows paid for divergence, beside their loss. */
  double paid() {
    return paid;
  }

  private NDArray random(int people) {
    double[] e = Seeds.normal(people * latent, 1, noise);
    return array(Tensor.of(e, people, latent));
  }

  /** Some rows of each person that are not in the batch, as many each; their own if none are. */
  private int[] others(int[] people, int[] batch) {
    boolean[] asked = new boolean[task.data().train.size()];
    for (int row : batch) asked[row] = true;
    int[] chosen = new int[people.length * context];
    for (int u = 0; u < people.length; u++) {
      int[] mine = rowsOf[people[u]];
      int[] free = Arrays.stream(mine).filter(row -> !asked[row]).toArray();
      int[] some = free.length == 0 ? mine : free;
      for (int c = 0; c < context; c++) chosen[u * context + c] = some[noise.nextInt(some.length)];
    }
    return chosen;
  }

  private VplBasis.Posterior posterior(Parameters p, int[] people, int[] chosenRows) {
    var rows = task.data().train;
    return basis.posterior(
        p,
        basis.sides(p, entries),
        index(Arrays.stream(chosenRows).map(row -> rows.chosen[row]).toArray()),
        index(Arrays.stream(chosenRows).map(row -> rows.rejected[row]).toArray()),
        people.length);
  }

  private NDArray index(int[] places) {
    return manager.create(Arrays.stream(places).asLongStream().toArray());
  }

  private static int[] places(int[] user, int[] people) {
    var place = new java.util.HashMap<Integer, Integer>();
    for (int u = 0; u < people.length; u++) place.put(people[u], u);
    return Arrays.stream(user).map(place::get).toArray();
  }

  private NDArray margins(
      Parameters p, NDArray z, int[] place, TrainingSet.Rows rows, int[] batch) {
    NDArray content = basis.content(p, entries);
    NDArray who = Torch.rows(z, index(place));
    NDArray chosen =
        Torch.rows(content, index(Arrays.stream(batch).map(row -> rows.chosen[row]).toArray()));
    NDArray rejected =
        Torch.rows(content, index(Arrays.stream(batch).map(row -> rows.rejected[row]).toArray()));
    return basis.reward(p, chosen, who).sub(basis.reward(p, rejected, who));
  }

  // ------------------------------------------------------------------------------------- a look

  /** mu of every training user, from the first of their answers, [users][L]. */
  private double[][] people() {
    double[][] mu = new double[rowsOf.length][];
    var p = parameters(resident);
    try (var outer = Torch.scope()) {
      NDArray sides = basis.sides(p, entries);
      for (int u = 0; u < mu.length; u++) {
        try (var scope = Torch.scope()) {
          mu[u] = Torch.numbers(one(p, sides, rowsOf[u]).mu());
        }
      }
    }
    return mu;
  }

  private VplBasis.Posterior one(Parameters p, NDArray sides, int[] mine) {
    int[] some = Arrays.copyOf(mine, Math.min(mine.length, Vpl.MOST));
    var rows = task.data().train;
    return basis.posterior(
        p,
        sides,
        index(Arrays.stream(some).map(row -> rows.chosen[row]).toArray()),
        index(Arrays.stream(some).map(row -> rows.rejected[row]).toArray()),
        1);
  }

  @Override
  public Measured measure(TrainingSet.Rows rows) {
    int[] all = new int[rows.size()];
    Arrays.setAll(all, i -> i);
    double[] flat = Arrays.stream(people()).flatMapToDouble(Arrays::stream).toArray();
    try (var scope = Torch.scope()) {
      NDArray z = array(Tensor.of(flat, rowsOf.length, latent));
      double[] m = Torch.numbers(margins(parameters(resident), z, rows.user, rows, all));
      double[] weight = rows.weight.clone();
      double total = Arrays.stream(weight).sum();
      for (int i = 0; i < weight.length; i++) weight[i] /= total;
      double loss = task.loss().mean(m, weight, m.length);
      return new Measured(loss, Measured.accuracy(m, rows.weight));
    }
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    double[] flat = Arrays.stream(people()).flatMapToDouble(Arrays::stream).toArray();
    copy.put(UserWeights.OFFSET.name(), Tensor.of(flat, rowsOf.length, latent));
    if (pulled) copy.put(UserWeights.MEAN.name(), Tensor.of(new double[latent], latent));
    resident.forEach((name, array) -> copy.put(name, Torch.read(array)));
    return copy;
  }

  @Override
  public Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    leaves.forEach((name, leaf) -> copy.put(name, Torch.numbers(leaf.getGradient())));
    return copy;
  }

  @Override
  public void close() {
    manager.close();
  }
}
