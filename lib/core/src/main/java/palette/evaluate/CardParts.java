package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.evaluate.ModelCard.Part;
import palette.fit.BasisModel;
import palette.personalize.Person;
import palette.reward.Space;
import palette.support.Provenance;
import palette.support.Texts;

/** The parts of a {@link ModelCard} and their words. */
final class CardParts {
  /** What provenance says, by what people call it. */
  private static final Map<String, String> NAMES =
      Map.of(
          "train", "training answers (SHA-256)",
          "validation", "validation answers (SHA-256)",
          "spec", "described by",
          "path", "training path",
          "forgotten", "users forgotten since",
          "when", "trained at",
          "os", "trained on");

  private CardParts() {}

  // --------------------------------------------------------------------------------------- models

  static List<Part> of(BasisModel model) {
    return List.of(
        new Part("Data", data(model)),
        new Part("Where it comes from", provenance(model.provenance())),
        new Part("How sure", sure(model)),
        Part.sentences("What it cannot do", limits(model)));
  }

  private static List<List<String>> data(BasisModel model) {
    var items = model.items();
    String vectors =
        items.hasVectors() ? "with vectors of " + items.dimension() + " numbers" : "by id only";
    return List.of(
        row("users", Texts.format("%,d", model.users().size())),
        row("items", Texts.format("%,d, %s", items.size(), vectors)),
        row("prompts", Texts.format("%,d", model.fitted().prompts().size())),
        row("kept of each user", kept(model)));
  }

  private static String kept(BasisModel model) {
    if (model.prior().space() == Space.POINT) return "nothing";
    int numbers = model.prototypes() + model.prior().space().beside();
    return Texts.format("an id and %s, no answers", Texts.count(numbers, "number"));
  }

  private static List<List<String>> provenance(Provenance provenance) {
    var rows = new ArrayList<List<String>>();
    new TreeMap<>(provenance.what()).forEach((name, value) -> rows.add(named(name, value)));
    new TreeMap<>(provenance.circumstances())
        .forEach((name, value) -> rows.add(named(name, value)));
    return rows;
  }

  private static List<String> named(String name, String value) {
    return row(NAMES.getOrDefault(name, name), value);
  }

  private static List<List<String>> sure(BasisModel model) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("temperature", Texts.format("%.3f", model.temperature())));
    rows.add(
        row(
            "what a newcomer's prior weighs",
            Texts.format("%.2f answers", model.prior().strength())));
    rows.add(row("newcomers are placed", placed(model)));
    if (model.history() == null) return rows;
    var best = model.history().epochs().get(model.history().best() - 1);
    rows.add(
        row(
            "validation loss, accuracy",
            validation(best.validationLoss(), best.validationAccuracy())));
    return rows;
  }

  private static String validation(double loss, double accuracy) {
    return Double.isNaN(loss) ? "not looked at" : Texts.format("%.4f, %.3f", loss, accuracy);
  }

  private static String placed(BasisModel model) {
    return model.fitted().spec().basis().linear() && model.link().kind().convex()
        ? "by convex optimisation, with a certificate"
        : "by descent from one start or the best of several, without a certificate";
  }

  private static List<String> limits(BasisModel model) {
    var limits = new ArrayList<String>();
    limits.add(
        "It foretells which of two items somebody takes, not why, and not what is true or good.");
    limits.add(
        "Rewards of different people are no common unit: differences within a person count.");
    if (model.prior().space() == Space.SIMPLEX) {
      limits.add(
          "Everybody is a mix of its prototypes; a taste outside of them gets the nearest mix.");
    }
    if (!model.items().hasVectors())
      limits.add("It can say nothing of items that it was not trained on.");
    else limits.add("Of items unlike those it was trained on it guesses.");
    if (model.fitted().prompts().size() == 0)
      limits.add("It was trained without prompts and ignores them.");
    limits.add(
        "Coins and habits among the answers look like tastes to it (AnswerQuality looks for them).");
    limits.add(
        "Weights say something about people (Disclosure measures it); forget(user) removes theirs,"
            + " not what all share learned from their answers.");
    return limits;
  }

  // -------------------------------------------------------------------------------------- persons

  static List<Part> of(Person person) {
    var model = person.model();
    return List.of(
        new Part("What is kept", weights(person)),
        new Part("How sure", sure(person)),
        new Part("Where it comes from", from(person, model.provenance())),
        Part.sentences("What it cannot do", limits(person)));
  }

  private static List<List<String>> weights(Person person) {
    var rows = new ArrayList<List<String>>();
    for (var share : person.nearest()) {
      rows.add(row(share.name(), share.toString().substring(share.name().length() + 2)));
    }
    return rows;
  }

  private static List<List<String>> sure(Person person) {
    String answers = person.answers() == 0 ? "none kept" : Texts.format("%,d", person.answers());
    return List.of(
        row("answers behind the weights", answers),
        row("these weights are the best for them", person.certificate().toString()));
  }

  private static List<List<String>> from(Person person, Provenance provenance) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("model", person.model().name()));
    for (var name : List.of("train", "forgotten", "versions")) {
      var value = provenance.what().get(name);
      if (value != null) rows.add(named(name, value));
    }
    return rows;
  }

  private static List<String> limits(Person person) {
    var limits = new ArrayList<String>();
    limits.add("The weights describe answers to questions that were asked, not who somebody is.");
    if (person.answers() < 20) {
      limits.add("They rest on few answers: much of them is what is believed of anybody.");
    }
    limits.add("Whoever has the model can guess some of the answers from the weights.");
    limits.add("They are no ground for a decision about the person.");
    return limits;
  }

  // -------------------------------------------------------------------------------------- figures

  static Part of(Evaluation evaluation) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        row(
            "test",
            Texts.count(evaluation.answers(), "answer")
                + " of "
                + Texts.count(evaluation.users(), "user")));
    rows.add(
        row(
            "accuracy, pooled",
            figure(evaluation.accuracy()) + ", 95 %: " + evaluation.interval()));
    rows.add(
        row(
            "accuracy, mean over users",
            figure(evaluation.macroAccuracy()) + ", 95 %: " + evaluation.macroInterval()));
    rows.add(row("accuracy, worst tenth of users", figure(evaluation.worstTenth())));
    rows.add(row("users served no better than by a coin", "" + noBetter(evaluation)));
    evaluation
        .unseen()
        .ifPresent(part -> rows.add(row("users it never met", figure(part.accuracy()))));
    rows.add(row("calibration error", figure(evaluation.calibration().error())));
    return new Part("How well it predicts, and whom worst", rows);
  }

  private static long noBetter(Evaluation evaluation) {
    var units = evaluation.perUser();
    double[] means = units.means(units.hits());
    return Arrays.stream(means).filter(a -> a <= 0.5).count();
  }

  static Part of(Disclosure disclosure) {
    var rows = new ArrayList<List<String>>();
    for (var fact : disclosure.facts()) {
      rows.add(
          row(
              fact.what(),
              Texts.format(
                  "guessed right %.3f, without them %.3f; disclosed %+.3f (95 %%: %s)",
                  fact.recovered(), fact.chance(), fact.disclosed(), fact.interval())));
    }
    return new Part("What weights give away", rows);
  }

  private static String figure(double value) {
    return Texts.format("%.3f", value);
  }

  private static List<String> row(String name, String value) {
    return List.of(name, value);
  }
}
