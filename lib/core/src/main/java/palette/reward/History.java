package palette.reward;

import java.util.List;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * What happened in each epoch of a fit, and which epoch the model comes from.
 *
 * @param interrupted whether the fit was ended before its time
 */
public record History(List<Epoch> epochs, int best, boolean interrupted) implements Tabled {
  private static final List<String> HEADER =
      List.of("epoch", "training loss", "validation loss", "validation accuracy", "seconds");

  public History {
    epochs = List.copyOf(epochs);
  }

  /** Of a fit that came to its own end. */
  public History(List<Epoch> epochs, int best) {
    this(epochs, best, false);
  }

  /** The same of a fit that was interrupted. */
  public History cutShort() {
    return new History(epochs, best, true);
  }

  /**
   * One pass over the training answers. {@code validationLoss} and {@code validationAccuracy} are
   * NaN where validation answers were not looked at: where none were set aside, and after some of
   * the epochs where these have few steps, so that looks take about a twentieth of the time. Losses
   * are means of the spec's loss, priors left out.
   */
  public record Epoch(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {

    /** The same after so many others. */
    public Epoch later(int others) {
      return new Epoch(epoch + others, trainLoss, validationLoss, validationAccuracy, seconds);
    }

    private List<String> cells() {
      return List.of(
          "" + epoch,
          Texts.format("%.4f", trainLoss),
          number("%.4f", validationLoss),
          number("%.3f", validationAccuracy),
          Texts.format("%.3f", seconds));
    }

    private static String number(String pattern, double value) {
      return Double.isNaN(value) ? "" : Texts.format(pattern, value);
    }
  }

  @Override
  public Sheet sheet() {
    String cut = interrupted ? ", interrupted" : "";
    String caption = Texts.count(epochs.size(), "epoch") + cut;
    return new Sheet(
        caption + "; the model is that of epoch " + best,
        HEADER,
        epochs.stream().map(Epoch::cells).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
