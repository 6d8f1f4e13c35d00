package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.family.read.ReadModel;
import palette.personalize.Localizer;
import palette.reward.ByMargins;
import palette.reward.PersonalModel;
import palette.reward.PrototypeModel;
import palette.reward.RewardModel;
import palette.reward.Scorer;
import palette.support.Checks;
import palette.support.Interval;
import palette.support.Progress;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * How well a newcomer is known after n answers: each user is placed by their first n answers and
 * judged on all their held-out ones; accuracies are averaged over users, the same ones at every n.
 * Who gave fewer than n answers counts with all they gave; who has none (or judgements that make no
 * pair yet) stays at the prior. Intervals resample users, or answers where there is one user.
 *
 * @param name of the localizer, for legends
 * @param points by rising n
 */
public record LocalizationCurve(String name, List<Point> points) implements Tabled {

  /**
   * After n answers.
   *
   * @param answers n
   * @param accuracy mean over users
   * @param interval 95 %
   * @param located users who had at least one pair to be placed by
   * @param users all users
   */
  public record Point(int answers, double accuracy, Interval interval, int located, int users) {

    private List<String> cells() {
      String all = located + " of " + users;
      return List.of("" + answers, Texts.format("%.3f", accuracy), interval.toString(), all);
    }
  }

  /**
   * One or many newcomers, by a {@link Localizer} or any other way to know somebody by their
   * answers, which gets those of one user at a time; n answers are the first n comparisons.
   */
  public static LocalizationCurve of(
      Function<Preferences, ? extends Scorer> localizer,
      Preferences asked,
      Preferences heldOut,
      int... counts) {
    return trace(people(localizer, heldOut), asked::first, heldOut, counts);
  }

  /** The same where answers are judgements: n of them make at most {@code cap} pairs a user. */
  public static LocalizationCurve of(
      Function<Preferences, ? extends Scorer> localizer,
      Judgements asked,
      Preferences heldOut,
      int cap,
      long seed,
      int... counts) {
    return trace(people(localizer, heldOut), n -> asked.first(n).pairs(cap, seed), heldOut, counts);
  }

  /** Any model that gets to know people by their answers, under its own name. */
  public static LocalizationCurve of(
      PersonalModel model, Preferences asked, Preferences heldOut, int... counts) {
    return trace(people(placing(model), heldOut), asked::first, heldOut, counts)
        .named(model.name());
  }

  /** Any model, under its own name; without points where nothing was held out. */
  static LocalizationCurve of(
      RewardModel model, IntFunction<Preferences> asked, Preferences heldOut, int... counts) {
    if (heldOut.size() == 0) return new LocalizationCurve(model.name(), List.of());
    return trace(people(placing(model), heldOut), asked, heldOut, counts).named(model.name());
  }

  private static Function<Preferences, ? extends Scorer> placing(RewardModel model) {
    if (model instanceof PrototypeModel prototypes && !(model instanceof ReadModel)) {
      return Localizer.of(prototypes);
    }
    return model instanceof PersonalModel personal ? personal::place : answers -> model;
  }

  /** Places everybody: a localizer all at once, under its model's name. */
  private static Function<Preferences, Scorer> people(
      Function<Preferences, ? extends Scorer> placing, Preferences heldOut) {
    if (placing instanceof Localizer localizer) {
      String name = localizer.model().name();
      return asked -> new ByMargins(name, localizer.fitAll(asked)::margins);
    }
    return asked -> {
      double[] margins = new double[heldOut.size()];
      String name = "";
      for (var user : heldOut.answering()) {
        boolean known = asked.users().indexOf(user) >= 0;
        var person = placing.apply(known ? asked.ofUser(user) : asked.select(new int[0]));
        name = person.name();
        double[] own = person.margins(heldOut.ofUser(user));
        int u = heldOut.users().indexOf(user);
        for (int row = 0, next = 0; row < margins.length; row++) {
          if (heldOut.user(row) == u) margins[row] = own[next++];
        }
      }
      return new ByMargins(name, answers -> margins);
    };
  }

  private static LocalizationCurve trace(
      Function<Preferences, Scorer> localizer,
      IntFunction<Preferences> first,
      Preferences heldOut,
      int... counts) {
    Checks.require(heldOut.size() > 0, "heldOut", "at least one answer", "none");
    Checks.require(counts.length > 0, "counts", "at least one", "none");
    int[] rising = Arrays.stream(counts).sorted().distinct().toArray();
    Checks.atLeast(0, "counts", rising[0]);
    var work = Progress.start("Localization curve", rising.length);
    var points = new ArrayList<Point>();
    Scorer placed = null;
    for (int n : rising) {
      var asked = first.apply(n);
      placed = Progress.quietly(() -> localizer.apply(asked));
      points.add(point(n, asked, placed, heldOut));
      work.at(points.size(), Texts.count(n, "answer"));
    }
    var last = points.get(points.size() - 1);
    work.finish(Texts.format("%.3f after %s", last.accuracy, Texts.count(last.answers, "answer")));
    return new LocalizationCurve(placed.name(), List.copyOf(points));
  }

  private static Point point(int n, Preferences asked, Scorer placed, Preferences heldOut) {
    var spoken = new HashSet<>(asked.answering());
    spoken.retainAll(heldOut.answering());
    Checks.require(
        asked.size() == 0 || !spoken.isEmpty(),
        "asked",
        "answers of the users in heldOut",
        "answers of others only");
    var evaluation = Evaluation.of(placed, heldOut);
    return new Point(
        n,
        evaluation.macroAccuracy(),
        evaluation.macroInterval(),
        spoken.size(),
        evaluation.users());
  }

  /** The same curve under another name. */
  public LocalizationCurve named(String newName) {
    return new LocalizationCurve(newName, points);
  }

  @Override
  public Sheet sheet() {
    var header = List.of("answers", "accuracy", "95 % interval", "users located");
    return new Sheet(name, header, points.stream().map(Point::cells).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
