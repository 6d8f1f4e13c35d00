package palette.plot;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.evaluate.Choice;
import palette.evaluate.Evaluation;
import palette.evaluate.FamilyTrials;
import palette.evaluate.LocalizationCurve;
import palette.evaluate.Sweep;
import palette.fit.BasisModel;
import palette.personalize.Person;
import palette.reward.IdealPoints;
import palette.reward.PrototypeModel;
import palette.reward.Space;
import palette.simulate.World;
import palette.support.Checks;

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
    return MapFigure.of(model, Map.of());
  }

  /**
   * The same with things and people on it: a word for each of these items (id to word, in the order
   * of the map), and a star for each person at the mix of the prototypes that they are.
   */
  public static Figure map(IdealPoints model, Map<String, String> items, Person... people) {
    return MapFigure.of(model, items, people);
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
    var names = IntStream.rangeClosed(1, model.prototypes()).mapToObj(k -> "prototype " + k);
    return WeightsFigure.of(model, names.toList());
  }

  /**
   * The triangle of three prototypes with corners under names of one's own, and a star for each
   * person; of one placed by answers also where they may stand, a region of 90 % ({@link
   * palette.personalize.Belief}).
   */
  public static Figure weights(PrototypeModel model, List<String> names, Person... people) {
    Checks.require(
        model.prototypes() == 3 && names.size() == 3 && model.prior().space() != Space.FREE,
        "names",
        "three, for a mix of three prototypes",
        names.size() + " for " + model.prototypes());
    return WeightsFigure.of(model, names, people);
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
    return AccuracyFigure.of(sweep, "", OptionalDouble.empty());
  }

  /** The same with the best reachable accuracy, {@code world.bestAccuracy()} for one. */
  public static Figure accuracy(Sweep<?> sweep, double ceiling) {
    return accuracy(sweep, "best reachable", ceiling);
  }

  /** The same with another line to compare with, under its own name. */
  public static Figure accuracy(Sweep<?> sweep, String reference, double level) {
    return AccuracyFigure.of(sweep, reference, OptionalDouble.of(level));
  }

  /** Held-out log loss, the limit of one standard error, what was chosen, and stability. */
  public static Figure choice(Choice<?> choice) {
    return ChoiceFigure.of(choice);
  }

  /**
   * How well families of models serve seen users, new ones before and after their answers, and
   * unseen items; the one that validation answers pick on top, with the others' paired intervals.
   */
  public static Figure families(FamilyTrials trials) {
    return FamiliesFigure.of(trials);
  }

  /** Accuracy over the number of a newcomer's answers; several curves can be compared. */
  public static Figure localization(LocalizationCurve... curves) {
    return AccuracyFigure.of(List.of(curves), "", OptionalDouble.empty());
  }

  /** The same with the best reachable accuracy. */
  public static Figure localization(double ceiling, LocalizationCurve... curves) {
    return AccuracyFigure.of(List.of(curves), "best reachable", OptionalDouble.of(ceiling));
  }

  /**
   * Whom models serve: each user's accuracy, those whom the first serves worst at the left. An
   * average hides a cliff; this shows it.
   */
  public static Figure served(Evaluation... evaluations) {
    return ServedFigure.of(List.of(evaluations));
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

  /** A page for a browser that asks somebody about these items and shows where they stand. */
  public static PersonPage page(PrototypeModel model, Catalog items) {
    return PersonPage.of(model, items);
  }
}
