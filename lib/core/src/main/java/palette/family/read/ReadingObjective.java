package palette.family.read;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchParameters;
import palette.fit.Inputs;
import palette.fit.Objective;
import palette.fit.Parameters;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.support.CountedRandom;

/** Trains a {@link Reading}; all of it is one graph. */
final class ReadingObjective implements Objective {
  private static final int CONTEXT = 16; // answers that a step reads of each person, at most
  private static final int AT_ONCE = 128; // people read in a look
  private static final int DRAWS = 20; // until a row of the batch itself will do

  private final Reading reading;
  private final Task task;
  private final TrainingSet.Rows train;
  private final NDManager manager;
  private final NDArray entries; // [n][D]; null where items are known by id only
  private final int[] identity;
  private final TorchParameters learned = new TorchParameters();
  private Map<String, NDArray> leaves = Map.of();
  private final int[][] rowsOf; // a user's training rows
  private final CountedRandom random;
  private int steps;
  private double paid;

  ReadingObjective(Reading reading, Task task, Map<String, Tensor> start, long seed) {
    this.reading = reading;
    this.task = task;
    train = task.data().train;
    random = new CountedRandom(seed, "noise");
    Torch.threads(task.threads());
    manager = Torch.manager(task.device());
    boolean vectors = task.data().entries.dimension() > 0;
    entries = vectors ? array(task.data().entries.table()) : null;
    identity = task.data().entries.identity();
    rowsOf = train.byUser(task.data().users.size());
    start.forEach(this::add);
  }

  private void add(String name, Tensor tensor) {
    if (name.equals(UserWeights.OFFSET.name())) return; // read, not learned
    learned.add(name, array(tensor), task.groups().of(name), task.threads());
  }

  private NDArray array(Tensor tensor) {
    return Torch.create(manager, tensor, task.type());
  }

  // ------------------------------------------------------------------------------ what is met

  /** The distinct entries of some rows, as the family sees them, and where each entry is. */
  private final class Scene {
    private final int[] place = new int[identity.length];
    private final Parameters p;
    private final Inputs x;

    Scene(Map<String, NDArray> learned, int[]... entriesMet) {
      boolean[] meets = new boolean[place.length];
      for (int[] some : entriesMet) for (int entry : some) meets[entry] = true;
      int[] met = IntStream.range(0, place.length).filter(entry -> meets[entry]).toArray();
      for (int at = 0; at < met.length; at++) place[met[at]] = at;
      int[] known = Arrays.stream(met).map(entry -> identity[entry]).toArray();
      NDArray vectors = entries == null ? null : Torch.rows(entries, met);
      p = new Parameters(learned, task.settings());
      x = Inputs.of(vectors, null, known);
    }

    NDArray rows(NDArray of, int[] some) {
      return Torch.rows(of, Arrays.stream(some).map(entry -> place[entry]).toArray());
    }

    Reading.People read(int[] chosen, int[] rejected, int people, Reading.Noise noise) {
      NDArray sides = reading.sides(p, x);
      NDArray one = rows(sides, chosen).reshape(people, chosen.length / people, -1);
      return reading.read(p, one, rows(sides, rejected).reshape(one.getShape()), noise);
    }

    NDArray margins(NDArray weights, int[] who, int[] chosen, int[] rejected) {
      NDArray r = reading.rewards(p, x);
      NDArray gaps = rows(r, chosen).sub(rows(r, rejected));
      return gaps.mul(Torch.rows(weights, who)).sum(new int[] {1});
    }
  }

  private static int[] of(int[] column, int[] rows) {
    return Arrays.stream(rows).map(row -> column[row]).toArray();
  }

  // ------------------------------------------------------------------------------------- a step

  @Override
  public DoubleSupplier step(int[] order, int from, int to) {
    try (var scope = Torch.scope()) {
      double mean = accumulate(order, from, to);
      learned.adams.forEach((name, adam) -> adam.step(leaves.get(name).getGradient()));
      return () -> mean;
    }
  }

  /** The mean loss of some rows; leaves the gradients of it and of its price. */
  double accumulate(int[] order, int from, int to) {
    leaves = new LinkedHashMap<>();
    learned.adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
    int[] batch = Arrays.copyOfRange(order, from, to);
    int[] user = of(train.user, batch);
    int[] people = Arrays.stream(user).distinct().toArray();
    int[] read = others(people, batch, 1 + random.nextInt(CONTEXT));
    var noise = new Reading.Noise(random, steps++);
    int[] who = places(user, people);
    double[] slopes = new double[batch.length];
    double[] mean = new double[1];
    NDArray total =
        Torch.record(
            () -> {
              int[] winners = of(train.chosen, read);
              int[] losers = of(train.rejected, read);
              int[] chosen = of(train.chosen, batch);
              int[] rejected = of(train.rejected, batch);
              var scene = new Scene(leaves, winners, losers, chosen, rejected);
              var known = scene.read(winners, losers, people.length, noise);
              NDArray m = scene.margins(known.weights(), who, chosen, rejected);
              mean[0] = loss(Torch.numbers(m), of(train.weight, batch), who, people.length, slopes);
              NDArray pull = array(Tensor.of(slopes, slopes.length));
              NDArray sum = m.mul(pull).sum();
              paid = known.price() == null ? 0 : Torch.numbers(known.price())[0];
              return known.price() == null ? sum : sum.add(known.price());
            });
    Torch.backward(total);
    return mean[0];
  }

  private static double[] of(double[] column, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> column[row]).toArray();
  }

  /** The mean loss and the slope of each margin in it, people counted as the family says. */
  private double loss(double[] m, double[] weight, int[] who, int people, double[] slopes) {
    double[] total = new double[people];
    for (int b = 0; b < m.length; b++) total[who[b]] += weight[b];
    double[] own = new double[people];
    for (int b = 0; b < m.length; b++) own[who[b]] += weight[b] * task.loss().value(m[b]);
    for (int u = 0; u < people; u++) own[u] /= total[u];
    double[] counts = reading.counts(task.settings(), own);
    double all = Arrays.stream(weight).sum();
    double[] share = new double[m.length];
    for (int b = 0; b < m.length; b++) {
      double person = counts == null ? total[who[b]] / all : counts[who[b]];
      share[b] = person * weight[b] / total[who[b]];
    }
    double mean = task.loss().mean(m, share, m.length, slopes);
    for (int b = 0; b < m.length; b++) slopes[b] *= share[b];
    return mean;
  }

  /** What the last rows paid beside their loss. */
  double paid() {
    return paid;
  }

  /** Some rows of each person, as many each; not of the batch where a few draws find others. */
  private int[] others(int[] people, int[] batch, int each) {
    boolean[] asked = new boolean[train.size()];
    for (int row : batch) asked[row] = true;
    int[] read = new int[people.length * each];
    for (int i = 0; i < read.length; i++) {
      int[] mine = rowsOf[people[i / each]];
      int row = mine[random.nextInt(mine.length)];
      for (int again = 0; asked[row] && again < DRAWS; again++) {
        row = mine[random.nextInt(mine.length)];
      }
      read[i] = row;
    }
    return read;
  }

  private int[] places(int[] user, int[] people) {
    int[] place = new int[rowsOf.length];
    for (int u = 0; u < people.length; u++) place[people[u]] = u;
    return Arrays.stream(user).map(u -> place[u]).toArray();
  }

  // ------------------------------------------------------------------------------------- a look

  /** The weights of every training user, [users][K]. */
  private Tensor people() {
    int k = task.prototypes();
    double[] all = new double[rowsOf.length * k];
    for (int from = 0; from < rowsOf.length; from += AT_ONCE) {
      int to = Math.min(rowsOf.length, from + AT_ONCE);
      double[] some = people(from, to);
      System.arraycopy(some, 0, all, from * k, some.length);
    }
    return Tensor.of(all, rowsOf.length, k);
  }

  private double[] people(int from, int to) {
    int[] rows =
        IntStream.range(from, to)
            .flatMap(u -> ReadModel.some(rowsOf[u].length).map(i -> rowsOf[u][i]))
            .toArray();
    int[] chosen = of(train.chosen, rows);
    int[] rejected = of(train.rejected, rows);
    try (var scope = Torch.scope()) {
      var scene = new Scene(learned.values, chosen, rejected);
      return Torch.numbers(scene.read(chosen, rejected, to - from, null).weights());
    }
  }

  @Override
  public Measured measure(TrainingSet.Rows rows) {
    try (var scope = Torch.scope()) {
      var scene = new Scene(learned.values, rows.chosen, rows.rejected);
      NDArray w = array(people());
      double[] m = Torch.numbers(scene.margins(w, rows.user, rows.chosen, rows.rejected));
      double total = Arrays.stream(rows.weight).sum();
      double loss = task.loss().mean(m, rows.weight, m.length, null) / total;
      return new Measured(loss, Measured.accuracy(m, rows));
    }
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    copy.put(UserWeights.OFFSET.name(), people());
    copy.putAll(learned.tensors());
    return copy;
  }

  @Override
  public void state(Snapshot state) {
    learned.state(state);
    state.random(random);
    steps = (int) state.whole(steps);
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
