package palette.reward;

import java.util.List;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/** What happened in each epoch of a fit, and which epoch the model comes from. */
public record History(List<Epoch> epochs, int best) implements Tabled {
  private static final List<String> HEADER =
      List.of("epoch", "training loss", "validation loss", "validation accuracy", "seconds");

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training answers. {@code validationLoss} and {@code validationAccuracy} are
   * NaN where nothing was set aside, and after epochs so short that a look at validation answers
   * would be a large part of them: a look is taken as often as it costs about a twentieth of the
   * training. Losses are means of the spec's loss, priors left out.
   */
  public record Epoch(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {

    /** Whether validation answers were looked at after it. */
    boolean looked() {
      return !Double.isNaN(validationLoss);
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

  private String caption() {
    return Texts.count(epochs.size(), "epoch") + "; the model is that of epoch " + best;
  }

  private List<List<String>> rows() {
    return epochs.stream().map(Epoch::cells).toList();
  }

  @Override
  public Sheet sheet() {
    return new Sheet(caption(), HEADER, rows());
  }

  @Override
  public String toString() {
    return text();
  }
}
