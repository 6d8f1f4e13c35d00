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
    var space = model.prior().space();
    String vectors =
        items.hasVectors() ? "with vectors of " + items.dimension() + " numbers" : "by id only";
    String numbers = Texts.count(model.prototypes() + space.beside(), "number");
    String kept = space == Space.POINT ? "nothing" : "an id and " + numbers + ", no answers";
    return List.of(
        row("users", "%,d", model.users().size()),
        row("items", "%,d, %s", items.size(), vectors),
        row("prompts", "%,d", model.fitted().prompts().size()),
        row("kept of each user", "%s", kept));
  }

  private static List<List<String>> provenance(Provenance provenance) {
    var rows = new ArrayList<List<String>>();
    for (var some : List.of(provenance.what(), provenance.circumstances())) {
      new TreeMap<>(some).forEach((name, value) -> rows.add(named(name, value)));
    }
    return rows;
  }

  private static List<String> named(String name, String value) {
    return List.of(NAMES.getOrDefault(name, name), value);
  }

  private static List<List<String>> sure(BasisModel model) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("temperature", "%.3f", model.temperature()));
    rows.add(row("what a newcomer's prior weighs", "%.2f answers", model.prior().strength()));
    boolean convex = model.fitted().spec().basis().linear() && model.link().kind().convex();
    String placed =
        convex
            ? "by convex optimisation, with a certificate"
            : "by descent from one start or the best of several, without a certificate";
    rows.add(row("newcomers are placed", "%s", placed));
    if (model.history() == null) return rows;
    var best = model.history().epochs().get(model.history().best() - 1);
    double loss = best.validationLoss();
    rows.add(
        Double.isNaN(loss)
            ? row("validation loss, accuracy", "not looked at")
            : row("validation loss, accuracy", "%.4f, %.3f", loss, best.validationAccuracy()));
    return rows;
  }

  private static List<String> limits(BasisModel model) {
    var limits = new ArrayList<String>();
    limits.add(
        "It predicts which of two items somebody takes, not why, and not what is true or good.");
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
      rows.add(row(share.name(), "%s", share.toString().substring(share.name().length() + 2)));
    }
    return rows;
  }

  private static List<List<String>> sure(Person person) {
    String answers = person.answers() == 0 ? "none kept" : Texts.format("%,d", person.answers());
    return List.of(
        row("answers behind the weights", "%s", answers),
        row("these weights are the best for them", "%s", person.certificate()));
  }

  private static List<List<String>> from(Person person, Provenance provenance) {
    var rows = new ArrayList<List<String>>();
    rows.add(row("model", "%s", person.model().name()));
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
    if (person.model().users().contains(person.id())) {
      limits.add(
          "What all share was learned from this person's answers as well: forget(user) removes the"
              + " weights, not that.");
    }
    return limits;
  }

  // -------------------------------------------------------------------------------------- figures

  static Part of(Evaluation e) {
    String answers = Texts.count(e.answers(), "answer");
    double[] ofUsers = e.perUser().means(e.perUser().hits());
    long noBetter = Arrays.stream(ofUsers).filter(a -> a <= 0.5).count();
    String sure = "%.3f, 95 %%: %s";
    var rows = new ArrayList<List<String>>();
    rows.add(row("test", "%s of %s", answers, Texts.count(e.users(), "user")));
    rows.add(row("accuracy, pooled", sure, e.accuracy(), e.interval()));
    rows.add(row("accuracy, mean over users", sure, e.macroAccuracy(), e.macroInterval()));
    rows.add(row("accuracy, worst tenth of users", "%.3f", e.worstTenth()));
    rows.add(row("users served no better than by a coin", "%d", noBetter));
    e.unseen().ifPresent(part -> rows.add(row("users it never met", "%.3f", part.accuracy())));
    rows.add(row("calibration error", "%.3f", e.calibration().error()));
    return new Part("How well it predicts, and whom worst", rows);
  }

  static Part of(Disclosure disclosure) {
    var rows = new ArrayList<List<String>>();
    for (var fact : disclosure.facts()) {
      rows.add(
          row(
              fact.what(),
              "guessed right %.3f, without them %.3f; disclosed %+.3f (95 %%: %s)",
              fact.recovered(),
              fact.chance(),
              fact.disclosed(),
              fact.interval()));
    }
    return new Part("What weights give away", rows);
  }

  private static List<String> row(String name, String pattern, Object... values) {
    return List.of(name, Texts.format(pattern, values));
  }
}
