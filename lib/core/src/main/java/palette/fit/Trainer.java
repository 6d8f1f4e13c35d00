package palette.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.reward.History;
import palette.reward.Settings;
import palette.store.Checkpoint;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * The one training loop. Each epoch: a new random order, a step a batch, and where {@link #every}
 * says so a look at the validation answers; the parameters of the best epoch are kept. Users who
 * begin in camps ({@link Agreement}) stand still for the first steps, until the prototypes have
 * learned from them; patience begins after that. It ends after the last epoch, when the validation
 * loss has not fallen for {@code patience} epochs, when a loss is no finite number any more, or
 * when the thread is interrupted (the interrupt flag stays up): the best model so far is the
 * result. Without any it is an error.
 */
public final class Trainer {
  private static final Objective.Measured UNSEEN = new Objective.Measured(Double.NaN, Double.NaN);
  private static final int HELD_STEPS = 64;
  private static final int UNREAD = 64; // losses of steps, at most

  private final String task;
  private final TrainingSet data; // null: rows of another kind
  private final int rows;
  private final int epochs;
  private final int batch;
  private final int patience;
  private final long seed;
  private final int held; // epochs

  /** {@code led}: users begin where {@link Agreement} says, and first stand still there. */
  public Trainer(String task, TrainingSet data, Settings settings, long seed, boolean led) {
    this(task, data, data.train.size(), settings, seed, led);
  }

  /** Of so many rows of whatever the objective knows, none of which is set aside. */
  public Trainer(String task, int rows, Settings settings, long seed) {
    this(task, null, rows, settings, seed, false);
  }

  private Trainer(
      String task, TrainingSet data, int rows, Settings settings, long seed, boolean led) {
    this.task = task;
    this.data = data;
    this.rows = rows;
    this.epochs = settings.get(FitSpec.EPOCHS);
    this.batch = batchSize(settings.get(FitSpec.BATCH), rows);
    this.patience = settings.get(FitSpec.PATIENCE);
    this.seed = seed;
    this.held = led ? held(epochs, (rows + batch - 1) / batch) : 0;
  }

  private static int held(int epochs, int steps) {
    return Math.min(epochs / 4, (HELD_STEPS + steps - 1) / steps);
  }

  /** A loss is no finite number, and no epoch before it was kept. */
  static final class Diverged extends InputException {
    private static final long serialVersionUID = 1;

    Diverged(int epoch, double loss) {
      super(
          "training, epoch " + epoch,
          "a finite loss",
          "" + loss,
          "Lower the learning rates with .rates(...), or look at what the loss does with margins of"
              + " either sign.");
    }
  }

  /** The parameters of the best epoch and the way there. */
  public record Result(Map<String, Tensor> parameters, History history, double loss) {

    /** The same of a fit that was interrupted. */
    Result cutShort() {
      return new Result(parameters, history.cutShort(), loss);
    }
  }

  /** 0 asks for about fifty steps an epoch, of 256 to 65,536 rows each. */
  public static int batchSize(int asked, int rows) {
    int wanted = asked > 0 ? asked : Math.max(256, Math.min(65_536, rows / 50));
    return Math.min(wanted, rows);
  }

  /** Trains, from where a checkpoint says on if it is that of this fit. */
  public Result run(Objective objective, Checkpoint checkpoint) {
    var random = Seeds.stream(seed, "batches");
    int[] order = Seeds.permutation(rows, random);
    boolean validates = data != null && data.validation.size() > 0;
    int every = validates ? every(data, data.train.together(order), batch) : 1;
    var work = Progress.start(task, epochs);
    var way = new Way();
    checkpoint.restore(state -> way.state(state, objective));
    long began = System.nanoTime() - way.nanos();
    if (way.ended) {
      work.finish(summary(way.history, way.bestEpoch, began) + ", kept by its checkpoint");
      return way.result();
    }
    for (int before = 1; before < way.epoch; before++) Seeds.shuffle(order, random);
    String ended = "";

    for (; way.epoch <= epochs; way.next()) {
      long start = System.nanoTime();
      Seeds.shuffle(order, random);
      objective.hold(way.epoch <= held);
      int[] taken = data == null ? order : data.train.together(order);
      double trained = pass(objective, taken, way, checkpoint);
      boolean last = way.epoch == epochs || Thread.currentThread().isInterrupted();
      boolean looks = validates && (last || way.epoch % every == 0);
      var seen = looks ? objective.measure(data.validation) : UNSEEN;
      double doubtful = Double.isFinite(trained) && looks ? seen.loss() : trained;
      if (!Double.isFinite(doubtful)) {
        if (way.best == null) throw new Diverged(way.epoch, doubtful);
        ended = Texts.format("; epoch %d left the finite numbers", way.epoch);
        break;
      }
      way.history.add(entry(way.epoch, trained, seen, start));
      if (looks && seen.loss() < way.bestLoss) way.keep(seen.loss(), objective);
      work.at(way.epoch, () -> detail(way.history, every, began) + checkpoint.text());
      if (last || looks && way.epoch - Math.max(way.bestEpoch, held) >= patience) break;
    }
    if (!validates) way.keep(way.history.get(way.history.size() - 1).trainLoss(), objective);
    work.finish(summary(way.history, way.bestEpoch, began) + ended);
    way.ended = true;
    if (!Thread.currentThread().isInterrupted())
      checkpoint.write(true, s -> way.state(s, objective));
    return way.result();
  }

  private double pass(Objective objective, int[] order, Way way, Checkpoint checkpoint) {
    var losses = new ArrayList<DoubleSupplier>(); // of steps that are not waited for
    while (way.row < order.length) {
      int most = Math.min(order.length, way.row + batch);
      int to = data == null ? most : data.train.end(order, way.row + batch);
      var mean = objective.step(order, way.row, to);
      int taken = to - way.row;
      losses.add(() -> mean.getAsDouble() * taken);
      way.row = to;
      boolean due = checkpoint.due();
      if (due || losses.size() == UNREAD) way.add(losses);
      if (due) checkpoint.write(false, state -> way.state(state, objective));
      if (Thread.currentThread().isInterrupted()) break;
    }
    way.add(losses);
    return way.loss / way.row; // of all, but where it was interrupted
  }

  /** How far a fit is. */
  private static final class Way {
    private int epoch = 1;
    private int row; // of the epoch's order, where the next step begins
    private double loss; // of the epoch's rows before it, summed
    private final List<History.Epoch> history = new ArrayList<>();
    private Map<String, Tensor> best;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private boolean ended;

    void next() {
      epoch++;
      row = 0;
      loss = 0;
    }

    void add(List<DoubleSupplier> losses) {
      for (var its : losses) loss += its.getAsDouble();
      losses.clear();
    }

    void keep(double itsLoss, Objective objective) {
      bestLoss = itsLoss;
      best = objective.parameters();
      bestEpoch = history.size();
    }

    Result result() {
      return new Result(best, new History(history, bestEpoch), bestLoss);
    }

    long nanos() {
      return (long) (1e9 * history.stream().mapToDouble(History.Epoch::seconds).sum());
    }

    void state(Snapshot state, Objective objective) {
      epoch = (int) state.whole(epoch);
      row = (int) state.whole(row);
      loss = state.number(loss);
      bestLoss = state.number(bestLoss);
      bestEpoch = (int) state.whole(bestEpoch);
      ended = state.whole(ended ? 1 : 0) == 1;
      int epochs = (int) state.whole(history.size());
      for (int e = 0; e < epochs; e++) {
        if (state.restores()) history.add(epoch(state, new History.Epoch(0, 0, 0, 0, 0)));
        else epoch(state, history.get(e));
      }
      if (state.whole(best == null ? 0 : 1) == 1) {
        if (best == null) best = objective.parameters(); // their shapes
        for (var tensor : best.values()) state.numbers(tensor.values());
      }
      if (!ended) objective.state(state);
    }

    private static History.Epoch epoch(Snapshot state, History.Epoch e) {
      return new History.Epoch(
          (int) state.whole(e.epoch()),
          state.number(e.trainLoss()),
          state.number(e.validationLoss()),
          state.number(e.validationAccuracy()),
          state.number(e.seconds()));
    }
  }

  private static History.Epoch entry(
      int epoch, double trained, Objective.Measured seen, long start) {
    return new History.Epoch(
        epoch, trained, seen.loss(), seen.accuracy(), (System.nanoTime() - start) / 1e9);
  }

  private String detail(List<History.Epoch> history, int every, long began) {
    int n = history.size();
    double seconds = (System.nanoTime() - began) / 1e9;
    return Texts.format(
        "loss %.4f%s, %,.0f %s/s",
        history.get(n - 1).trainLoss(),
        seen(", validation %.4f, accuracy %.3f", history, n - n % every),
        (double) rows * n / seconds,
        data == null ? "rows" : "pairs");
  }

  private static String summary(List<History.Epoch> history, int best, long began) {
    int n = history.size();
    String kept = ", best epoch " + best + " with validation loss %.4f and accuracy %.3f";
    return Texts.format(
        "%s in %.1f s, loss %.4f%s",
        Texts.count(n, "epoch"),
        (System.nanoTime() - began) / 1e9,
        history.get(n - 1).trainLoss(),
        seen(kept, history, best));
  }

  /** What was seen after an epoch, or nothing. */
  private static String seen(String pattern, List<History.Epoch> history, int epoch) {
    if (epoch == 0) return "";
    var e = history.get(epoch - 1);
    if (Double.isNaN(e.validationLoss())) return "";
    return Texts.format(pattern, e.validationLoss(), e.validationAccuracy());
  }

  // ------------------------------------------------------------------ how often to look

  private static final double AT_MOST = 1.0 / 8;
  private static final int TENTH = 10;

  /**
   * After how many epochs a fit looks at its validation answers: after each, unless a look has more
   * than an eighth of an epoch's work, in answers or in items and prompts to map (each counted once
   * a batch); then after as many as make it a tenth. A look has no way back, and so takes two
   * fifths to half of the time of steps with as much work: about a twentieth.
   *
   * @return 1 where validation has a tenth of all answers, as by default, and an epoch some steps
   */
  public static int every(TrainingSet data, int[] order, int batch) {
    var seen = data.validation;
    if (seen.size() == 0) return 1;
    int[] all = IntStream.range(0, seen.size()).toArray();
    double answers = (double) seen.size() / order.length;
    double maps = mapped(data, seen, all, all.length).sum();
    double share = Math.max(answers, maps / mapped(data, data.train, order, batch).sum());
    return share <= AT_MOST ? 1 : (int) Math.ceil(TENTH * share);
  }

  /** How many items and prompts some batches have to map. */
  public record Mapped(double items, double prompts) {
    public double sum() {
      return items + prompts;
    }
  }

  /** Those of some rows in batches, distinct ones of a batch once. */
  public static Mapped mapped(TrainingSet data, TrainingSet.Rows rows, int[] order, int batch) {
    int[] lastOfItem = new int[data.entries.size()]; // the last batch that had it
    int[] lastOfPrompt = new int[data.prompts.size() + 1];
    double items = 0;
    double prompts = 0;
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      int now = 1 + i / batch;
      items += first(lastOfItem, rows.chosen[row], now);
      items += first(lastOfItem, rows.rejected[row], now);
      prompts += first(lastOfPrompt, rows.prompt[row] + 1, now);
    }
    return new Mapped(items, prompts);
  }

  private static int first(int[] last, int place, int now) {
    if (last[place] == now) return 0;
    last[place] = now;
    return 1;
  }
}
