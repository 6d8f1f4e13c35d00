package palette.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import palette.engine.AdamGroup;
import palette.engine.HeapAdam;
import palette.engine.Scope;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.ThreadTeam;
import palette.engine.Torch;
import palette.engine.TorchParameters;
import palette.fit.Objective;
import palette.fit.TrainingSet;

/**
 * Moves a language model towards a {@link Goal}. The rows of a step are dealt out to the threads,
 * each with a graph of its own from the parameters to the log-probabilities and back; what these
 * cost is found outside the graph, in double precision.
 */
final class PolicyObjective implements Objective {
  private static final double OWN_RATE = 5e-2;

  /** The goal's own numbers among the parameters. */
  static final String OWN = "own";

  private final Gpt gpt;
  private final Voices voices;
  private final Goal goal;
  private final DataType type;
  private final NDManager manager;
  private final TorchParameters learned = new TorchParameters();
  private final HeapAdam own;
  private final ThreadTeam team;
  private final List<Share> shares = new ArrayList<>(); // by thread

  /** {@code groups} gives how a parameter is learned; null: it stays as it is. */
  PolicyObjective(
      Device device,
      Gpt gpt,
      Voices voices,
      Map<String, Tensor> start,
      Goal goal,
      Function<String, AdamGroup> groups,
      int threads,
      DataType type) {
    this.manager = Torch.manager(device);
    this.gpt = gpt;
    this.voices = voices;
    this.goal = goal;
    this.type = type;
    own = new HeapAdam(goal.own().length, AdamGroup.of(OWN_RATE));
    team = new ThreadTeam(threads);
    team.each(t -> Torch.threads(1)); // inside an operation
    for (int t = 0; t < threads; t++) shares.add(new Share());
    start.forEach(
        (name, tensor) ->
            learned.add(name, Torch.create(manager, tensor, type), groups.apply(name), 1));
  }

  /** One thread's rows of a step. */
  private final class Share {
    private Scope step; // what the step under way holds
    private Map<String, NDArray> leaves = Map.of();
    private double cost;
    private double[] own;

    /** Sums the gradients of rows order[from..to-1], each by this weight. */
    void run(int[] order, int from, int to, double weight) {
      step = Torch.scope();
      leaves = new LinkedHashMap<>(learned.values);
      learned.adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
      var scripts = new ArrayList<Script>();
      for (int i = from; i < to; i++) scripts.addAll(goal.scripts(order[i]));
      var batch = Scripts.of(manager, gpt, scripts, type);
      NDArray logProbs =
          Torch.record(() -> gpt.logProbs(leaves, voices.of(leaves, batch.speakers()), batch));
      double[] said = Torch.numbers(logProbs);
      double[] slopes = new double[said.length];
      own = new double[goal.own().length];
      cost = 0;
      for (int i = from, at = 0; i < to; i++) {
        int n = goal.scripts(order[i]).size();
        double[] its = new double[n];
        cost += weight * goal.cost(order[i], Arrays.copyOfRange(said, at, at + n), its, own);
        for (double slope : its) slopes[at++] = weight * slope;
      }
      for (int i = 0; i < own.length; i++) own[i] *= weight;
      Torch.backward(logProbs, Scripts.numbers(manager, slopes, logProbs.getShape(), type));
    }

    NDArray gradient(String name) {
      return step == null ? null : leaves.get(name).getGradient();
    }

    /** By the thread that began. */
    void end() {
      if (step != null) step.close();
      step = null;
      cost = 0;
      own = null;
    }
  }

  @Override
  public DoubleSupplier step(int[] order, int from, int to) {
    double cost = accumulate(order, from, to);
    if (!Double.isFinite(cost)) return () -> cost; // the loop ends there
    learned.step(team, this::gradients);
    double[] slopes = new double[goal.own().length];
    for (var share : shares) {
      for (int i = 0; share.own != null && i < slopes.length; i++) slopes[i] += share.own[i];
    }
    own.step(goal.own(), slopes);
    return () -> cost;
  }

  /** Sums the gradients of the mean cost of some rows; returns that cost. */
  double accumulate(int[] order, int from, int to) {
    int n = to - from;
    int parts = Math.min(team.size(), n);
    team.each(
        t -> {
          shares.get(t).end();
          if (t >= parts) return;
          shares.get(t).run(order, from + n * t / parts, from + n * (t + 1) / parts, 1.0 / n);
        });
    return shares.stream().mapToDouble(share -> share.cost).sum();
  }

  private List<NDArray> gradients(String name) {
    return shares.stream().map(share -> share.gradient(name)).filter(Objects::nonNull).toList();
  }

  @Override
  public Measured measure(TrainingSet.Rows rows) {
    throw new UnsupportedOperationException("no texts are set aside");
  }

  @Override
  public Map<String, Tensor> parameters() {
    var all = learned.tensors();
    if (goal.own().length > 0) all.put(OWN, Tensor.of(goal.own(), goal.own().length));
    return all;
  }

  @Override
  public void state(Snapshot state) {
    learned.state(state);
    state.numbers(goal.own());
    own.state(state);
  }

  @Override
  public Map<String, double[]> gradients() {
    var sums = new LinkedHashMap<String, double[]>();
    for (var name : learned.adams.keySet()) {
      var sum = gradients(name).stream().reduce(NDArray::add);
      sum.ifPresent(all -> sums.put(name, Torch.numbers(all)));
    }
    return sums;
  }

  @Override
  public void close() {
    team.each(t -> shares.get(t).end());
    team.close();
    manager.close();
  }
}
