package palette.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.reward.History;
import palette.reward.Settings;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * The one training loop. Each epoch: a new random order, a step a batch, and where {@link
 * ValidationSchedule} says so a look at the validation answers; the parameters of the best epoch
 * are kept. It ends after the last epoch, when the validation loss has not fallen for {@code
 * patience} epochs, when a loss is no finite number any more, or when the thread is interrupted
 * (the interrupt flag stays up): the best model so far is the result. Without any it is an error.
 */
public final class Trainer {
  private static final Objective.Measured UNSEEN = new Objective.Measured(Double.NaN, Double.NaN);

  private final String task;
  private final TrainingSet data;
  private final int epochs;
  private final int batch;
  private final int patience;
  private final long seed;

  public Trainer(String task, TrainingSet data, Settings settings, long seed) {
    this.task = task;
    this.data = data;
    this.epochs = settings.get(FitSpec.EPOCHS);
    this.batch = batchSize(settings.get(FitSpec.BATCH), data.train.size());
    this.patience = settings.get(FitSpec.PATIENCE);
    this.seed = seed;
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

  public Result run(Objective objective) {
    var random = Seeds.stream(seed, "batches");
    int[] order = Seeds.permutation(data.train.size(), random);
    boolean validates = data.validation.size() > 0;
    int every = ValidationSchedule.every(data, order, batch);
    var work = Progress.start(task, epochs);
    List<History.Epoch> history = new ArrayList<>();
    Map<String, Tensor> best = null;
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    String ended = "";
    long began = System.nanoTime();

    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      Seeds.shuffle(order, random);
      double trained = pass(objective, order);
      boolean last = epoch == epochs || Thread.currentThread().isInterrupted();
      boolean looks = validates && (last || epoch % every == 0);
      var seen = looks ? objective.measure(data.validation) : UNSEEN;
      double doubtful = Double.isFinite(trained) && looks ? seen.loss() : trained;
      if (!Double.isFinite(doubtful)) {
        if (best == null) throw diverged(epoch, doubtful);
        ended = Texts.format("; epoch %d left the finite numbers", epoch);
        break;
      }
      history.add(entry(epoch, trained, seen, start));
      if (looks && seen.loss() < bestLoss) {
        bestLoss = seen.loss();
        best = objective.parameters();
        bestEpoch = epoch;
      }
      work.at(epoch, detail(history, every, began));
      if (last || looks && epoch - bestEpoch >= patience) break;
    }
    if (!validates) bestEpoch = history.size();
    work.finish(summary(history, bestEpoch, began) + ended);
    return new Result(
        validates ? best : objective.parameters(),
        new History(history, bestEpoch),
        validates ? bestLoss : history.get(bestEpoch - 1).trainLoss());
  }

  private static InputException diverged(int epoch, double loss) {
    return new InputException(
        "training, epoch " + epoch,
        "a finite loss",
        "" + loss,
        "Lower the learning rates with .rates(...), or look at what the loss does with margins of"
            + " either sign.");
  }

  private double pass(Objective objective, int[] order) {
    double loss = 0;
    for (int from = 0; from < order.length; from += batch) {
      int to = Math.min(order.length, from + batch);
      loss += objective.step(order, from, to) * (to - from);
      if (Thread.currentThread().isInterrupted()) break;
    }
    return loss / order.length;
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
        "loss %.4f%s, %,.0f pairs/s",
        history.get(n - 1).trainLoss(),
        seen(", validation %.4f, accuracy %.3f", history, n - n % every),
        (double) data.train.size() * n / seconds);
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
}
