package palette.plot;

import java.util.List;
import java.util.OptionalDouble;
import palette.data.Catalog;
import palette.evaluate.Choice;
import palette.evaluate.Evaluation;
import palette.evaluate.LocalizationCurve;
import palette.evaluate.Sweep;
import palette.fit.BasisModel;
import palette.reward.IdealPoints;
import palette.reward.PrototypeModel;
import palette.simulate.World;

/** Every figure, one call each. */
public final class Plots {
  private Plots() {}

  /**
   * The users' ideal points, the prototypes and their hull. In more than two dimensions: on the two
   * axes along which the users differ most, with the share of the variance that each shows. A
   * user's colour and shape are those of their heaviest prototype. PAL-B has no map: where its
   * prototypes point turns with the prompt.
   */
  public static Figure map(IdealPoints model) {
    return MapFigure.of(model);
  }

  /**
   * The same beside the truth, onto which it is turned, stretched and moved first ({@link
   * palette.evaluate.Recovery}). Colours are those of the true heaviest prototype on both sides.
   */
  public static Figure map(IdealPoints model, World world) {
    return MapFigure.of(model, world);
  }

  /**
   * How users mix the prototypes: a triangle for three of them, else a bar a user. Where weights
   * are free, and so no mix, a column of dots for each.
   */
  public static Figure weights(PrototypeModel model) {
    return WeightsFigure.of(model);
  }

  /**
   * Loss on training and validation answers by epoch, and accuracy on the latter, of one model or
   * several. Losses of different kinds have different units: compare their accuracies.
   */
  public static Figure loss(BasisModel... models) {
    return LossFigure.of(List.of(models));
  }

  /** Macro accuracy over the values of a sweep, mean and standard deviation over its seeds. */
  public static Figure accuracy(Sweep<?> sweep) {
    return AccuracyFigure.of(sweep, OptionalDouble.empty());
  }

  /** The same with the best reachable accuracy, {@code world.bestAccuracy()} for one. */
  public static Figure accuracy(Sweep<?> sweep, double ceiling) {
    return AccuracyFigure.of(sweep, OptionalDouble.of(ceiling));
  }

  /** Held-out log loss, the limit of one standard error, what was chosen, and stability. */
  public static Figure choice(Choice<?> choice) {
    return ChoiceFigure.of(choice);
  }

  /** Accuracy over the number of a newcomer's answers; several curves can be compared. */
  public static Figure localization(LocalizationCurve... curves) {
    return AccuracyFigure.of(List.of(curves), OptionalDouble.empty());
  }

  /** The same with the best reachable accuracy. */
  public static Figure localization(double ceiling, LocalizationCurve... curves) {
    return AccuracyFigure.of(List.of(curves), OptionalDouble.of(ceiling));
  }

  /** How often the model is right where it says it is sure. */
  public static Figure calibration(Evaluation evaluation) {
    return AccuracyFigure.of(evaluation);
  }

  /** What each prototype likes more, and less, than the others do: five items each. */
  public static PrototypeTexts texts(PrototypeModel model, Catalog items) {
    return PrototypeTexts.of(model, null, items, 5);
  }

  /** The same for a prompt (null: none) and n items each. */
  public static PrototypeTexts texts(PrototypeModel model, String prompt, Catalog items, int n) {
    return PrototypeTexts.of(model, prompt, items, n);
  }
}
