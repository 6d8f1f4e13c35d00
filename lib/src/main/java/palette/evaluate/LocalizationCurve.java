package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.Scorer;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Progress;
import palette.support.Rendered;
import palette.support.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * How well a newcomer is known after n answers: each user is placed by their first n answers and
 * judged on all their held-out ones; accuracies are averaged over users, the same ones at every n.
 * Who gave fewer than n answers counts with all they gave; who has none (or judgements that make no
 * pair yet) stays at the prior. Intervals resample users, or answers where there is one user.
 *
 * @param name of the localizer, for legends
 * @param points by rising n
 */
public record LocalizationCurve(String name, List<Point> points) implements Rendered {

  /**
   * After n answers.
   *
   * @param answers n
   * @param accuracy mean over users
   * @param interval 95 %
   * @param located users who had at least one pair to be placed by
   * @param users all users
   */
  public record Point(int answers, double accuracy, Interval interval, int located, int users) {}

  /** One or many newcomers; n answers are their first n comparisons. */
  public static LocalizationCurve of(
      Function<Preferences, ? extends Scorer> localizer,
      Preferences asked,
      Preferences heldOut,
      int... counts) {
    return of(localizer, asked::first, heldOut, counts);
  }

  /** The same where answers are judgements: n of them make at most {@code cap} pairs a user. */
  public static LocalizationCurve of(
      Function<Preferences, ? extends Scorer> localizer,
      Judgements asked,
      Preferences heldOut,
      int cap,
      long seed,
      int... counts) {
    return of(localizer, n -> asked.first(n).pairs(cap, seed), heldOut, counts);
  }

  private static LocalizationCurve of(
      Function<Preferences, ? extends Scorer> localizer,
      IntFunction<Preferences> first,
      Preferences heldOut,
      int... counts) {
    Checks.require(heldOut.size() > 0, "heldOut", "at least one answer", "none");
    Checks.require(counts.length > 0, "counts", "at least one", "none");
    int[] rising = Arrays.stream(counts).sorted().distinct().toArray();
    Checks.atLeast(0, "counts", rising[0]);
    var work = Progress.start("Localization curve", rising.length);
    var points = new ArrayList<Point>();
    String name = "";
    for (int n : rising) {
      var asked = first.apply(n);
      var round = new Round(localizer, asked, heldOut);
      name = round.name;
      points.add(round.point(n));
      work.at(points.size(), Texts.count(n, "answer"));
    }
    var last = points.get(points.size() - 1);
    work.finish(Texts.format("%.3f after %s", last.accuracy, Texts.count(last.answers, "answer")));
    return new LocalizationCurve(name, List.copyOf(points));
  }

  /** Everybody placed by what they have said so far. */
  private static final class Round {
    private final Preferences heldOut;
    private final double[] margins;
    private String name = "";
    private int located;

    Round(
        Function<Preferences, ? extends Scorer> localizer, Preferences asked, Preferences heldOut) {
      this.heldOut = heldOut;
      this.margins = new double[heldOut.size()];
      for (var user : heldOut.answering()) place(user, localizer, asked);
    }

    private void place(
        String user, Function<Preferences, ? extends Scorer> localizer, Preferences asked) {
      boolean any = asked.users().indexOf(user) >= 0;
      var known = any ? asked.ofUser(user) : asked.select(new int[0]);
      if (known.size() > 0) located++;
      var person = localizer.apply(known);
      name = person.name();
      double[] own = person.margins(heldOut.ofUser(user));
      int u = heldOut.users().indexOf(user);
      int next = 0;
      for (int row = 0; row < margins.length; row++) {
        if (heldOut.user(row) == u) margins[row] = own[next++];
      }
    }

    Point point(int n) {
      var evaluation = Evaluation.of(new Given(name, margins), heldOut);
      return new Point(
          n, evaluation.macroAccuracy(), evaluation.macroInterval(), located, evaluation.users());
    }
  }

  /** Margins that are there already. */
  private record Given(String name, double[] values) implements Scorer {
    @Override
    public double[] margins(Preferences answers) {
      return values;
    }

    @Override
    public double temperature() {
      return 1;
    }
  }

  /** The same curve under another name. */
  public LocalizationCurve named(String newName) {
    return new LocalizationCurve(newName, points);
  }

  /** One row a point: answers, accuracy, low, high, located, users. */
  public Table table() {
    return Table.create(
        name,
        IntColumn.create("answers", points.stream().mapToInt(Point::answers).toArray()),
        DoubleColumn.create("accuracy", points.stream().mapToDouble(Point::accuracy).toArray()),
        DoubleColumn.create("low", points.stream().mapToDouble(p -> p.interval.low()).toArray()),
        DoubleColumn.create("high", points.stream().mapToDouble(p -> p.interval.high()).toArray()),
        IntColumn.create("located", points.stream().mapToInt(Point::located).toArray()),
        IntColumn.create("users", points.stream().mapToInt(Point::users).toArray()));
  }

  @Override
  public String text() {
    return Texts.table(name, HEADER, rows());
  }

  @Override
  public String html() {
    return Html.table(name, HEADER, rows());
  }

  private static final List<String> HEADER =
      List.of("answers", "accuracy", "95 % interval", "users located");

  private List<List<String>> rows() {
    return points.stream()
        .map(
            p ->
                List.of(
                    "" + p.answers,
                    Texts.format("%.3f", p.accuracy),
                    p.interval.toString(),
                    p.located + " of " + p.users))
        .toList();
  }
}
