package palette.reward;

import java.util.List;

/** What happened in each epoch of a fit, and which epoch the model comes from. */
public record History(List<Epoch> epochs, int best) {

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training answers. {@code validationLoss} and {@code validationAccuracy} are
   * NaN where nothing was set aside. Losses are means of the spec's loss, priors left out.
   */
  public record Epoch(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {}
}
