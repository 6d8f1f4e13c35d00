package palette.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.SameQuestions;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Sheet;
import palette.support.Texts;

/**
 * Which answers are preferences at all. Somebody without an attitude answers like a coin; somebody
 * who follows how questions are put has constructed an answer on the spot. Both look like minority
 * tastes to a model. Told apart, per user and per question, by what can be counted ({@link
 * AnswerVerdict}), with the chances of a mixture of the three ways to answer: attitudes that err in
 * a share 1 - q of answers, coins, and places followed in a share f, all of it estimated.
 *
 * <p>What has to be asked: single answers to fresh questions say nothing. Put some questions twice,
 * the second time with the items swapped, and keep which stood first ({@code
 * PairsReader.first("field")}). Of 40 answers a user, 20 to questions that came before tell a coin
 * from an attitude that repeats itself in nine of ten; a steadier one needs fewer. Where items have
 * vectors, an answer also tells by how well it fits the taste that the user's other answers show,
 * given how tastes differ in all: then 40 answers tell a coin even from somebody who repeats
 * himself in three of four, nearly as surely as if every taste were known. Complete rounds of few
 * items (triads) help where nothing came again and nothing has vectors. Somebody noisy looks like a
 * coin the more, the closer the items were. Pairs made of votes ({@link Judgements#pairs}) repeat
 * and circle never: they look genuine whatever the votes are.
 *
 * <pre>{@code
 * var quality = AnswerQuality.of(answers);
 * quality.users();       // a verdict and its reasons each
 * quality.genuine();     // the answers without those found to be none
 * }</pre>
 */
public final class AnswerQuality implements Rendered {
  private final Preferences answers;
  private final AnswerVerdicts users;
  private final Asked asked;

  private AnswerQuality(Preferences answers) {
    this.answers = answers;
    this.asked = new Asked(answers);
    var byUser = Signs.none(answers.users().size());
    for (int cell = 0; cell < asked.size(); cell++) byUser[asked.user[cell]].add(asked, cell);
    Circles.count(answers, asked, byUser);
    this.users = users(byUser);
  }

  /** Looks at comparisons, repeats and all, as they were asked. */
  public static AnswerQuality of(Preferences answers) {
    return new AnswerQuality(answers);
  }

  private AnswerVerdicts users(Signs[] signs) {
    double[] seconds = seconds();
    int[] who = IntStream.range(0, signs.length).filter(u -> signs[u].answers > 0).toArray();
    var some = IntStream.of(who).mapToObj(u -> signs[u]).toArray(Signs[]::new);
    boolean seen = answers.items().hasVectors() && Arrays.stream(some).anyMatch(s -> s.repeats > 0);
    var manners = new Manners(some, seen ? new Tastes(answers, asked) : null);
    var verdicts = new ArrayList<AnswerVerdict>();
    for (int i = 0; i < who.length; i++) {
      String id = answers.users().id(who[i]);
      verdicts.add(AnswerVerdict.of(id, some[i], manners.chances[i], seconds[who[i]]));
    }
    return new AnswerVerdicts("user", List.copyOf(verdicts));
  }

  private String name(int row) {
    var c = answers.comparison(row);
    boolean ordered = answers.chosen(row) < answers.rejected(row);
    String both = ordered ? c.chosen() + " / " + c.rejected() : c.rejected() + " / " + c.chosen();
    return c.prompt() == null ? both : both + " (" + c.prompt() + ")";
  }

  /** The median time of each user's answers. */
  private double[] seconds() {
    var times = new double[answers.users().size()][];
    int[] counts = answers.answers();
    for (int u = 0; u < times.length; u++) times[u] = new double[counts[u]];
    for (int row = 0; row < answers.size(); row++) {
      int u = answers.user(row);
      times[u][--counts[u]] = answers.shown().seconds(row);
    }
    return Arrays.stream(times).mapToDouble(mine -> StatUtils.percentile(mine, 50)).toArray();
  }

  // -------------------------------------------------------------------------------- what is found

  /** A verdict a user who answered, in catalog order. */
  public AnswerVerdicts users() {
    return users;
  }

  /** The verdict on one user. */
  public AnswerVerdict user(String id) {
    var found = users.stream().filter(v -> v.of().equals(id)).findFirst();
    return found.orElseThrow(
        () -> new IllegalArgumentException("user: expected one who answered, found '" + id + "'."));
  }

  /** A verdict a question, all users' answers to it together: some questions leave people cold. */
  public AnswerVerdicts pairs() {
    var signs = Signs.none(SameQuestions.count(asked.question));
    String[] names = new String[signs.length];
    for (int cell = 0; cell < asked.size(); cell++) {
      int q = asked.question[cell];
      signs[q].add(asked, cell);
      if (names[q] == null) names[q] = name(asked.row[cell]);
    }
    var manners = new Manners(signs);
    var verdicts = new ArrayList<AnswerVerdict>();
    for (int q = 0; q < signs.length; q++) {
      verdicts.add(AnswerVerdict.of(names[q], signs[q], manners.chances[q], Double.NaN));
    }
    return new AnswerVerdicts("question", List.copyOf(verdicts));
  }

  /** Noise within persons against disagreement between them. */
  public Pluralism pluralism() {
    return Pluralism.of(answers, asked);
  }

  /**
   * The answers without those of users found to have no attitude or to follow places. Who is
   * undecided stays: too little to judge somebody by is no reason to leave them out.
   */
  public Preferences genuine() {
    return of(v -> !v.found());
  }

  /** The answers of users of one kind. */
  public Preferences of(AnswerKind kind) {
    return of(v -> v.kind() == kind);
  }

  private Preferences of(Predicate<AnswerVerdict> test) {
    boolean[] kept = new boolean[answers.users().size()];
    for (var v : users) kept[answers.users().indexOf(v.of())] = test.test(v);
    return answers.where(row -> kept[answers.user(row)]);
  }

  // --------------------------------------------------------------------------------------- itself

  private Sheet kinds() {
    var rows = new ArrayList<List<String>>();
    for (var kind : AnswerKind.values()) {
      var share = new Share(users.count(kind), users.size());
      rows.add(List.of(kind.words(), "" + share, "" + of(kind).size()));
    }
    return new Sheet(title(), List.of("", "users", "their answers"), rows);
  }

  private String title() {
    return Texts.format(
        "Answer quality: %s of %s",
        Texts.count(answers.size(), "answer"), Texts.count(users.size(), "user"));
  }

  /**
   * What a fit would get: of all answers, and without those found, how many there are, how alike
   * they come again, and the accuracy that no model can exceed on such answers.
   */
  public Sheet effects() {
    var rows =
        List.of(
            effect("all answers", v -> true),
            effect("without no attitude", v -> v.kind() != AnswerKind.NON_ATTITUDE),
            effect("without following place", v -> v.kind() != AnswerKind.CONSTRUCTED),
            effect("genuine()", v -> !v.found()));
    return new Sheet(
        "What a fit would get",
        List.of("", "users", "answers", "alike when asked again", "ceiling of accuracy"),
        rows);
  }

  private List<String> effect(String what, Predicate<AnswerVerdict> test) {
    var some = users.stream().filter(test).toList();
    double alike = some.stream().mapToDouble(v -> v.alike().count()).sum();
    double repeats = some.stream().mapToDouble(v -> v.alike().of()).sum();
    return List.of(
        what,
        Texts.format("%,d", some.size()),
        Texts.format("%,d", some.stream().mapToInt(AnswerVerdict::answers).sum()),
        repeats == 0 ? "unknown" : Texts.format("%.3f", alike / repeats),
        repeats == 0 ? "unknown" : Texts.format("%.3f", Pluralism.ceiling(alike / repeats)));
  }

  private List<Sheet> sheets() {
    return List.of(kinds(), effects(), pluralism().sheet());
  }

  @Override
  public String toString() {
    return String.join("\n\n", sheets().stream().map(Sheet::text).toList());
  }

  @Override
  public String html() {
    String tables = String.join("", sheets().stream().map(Sheet::html).toList());
    return tables + Html.pre("users() has each verdict with its reasons, genuine() the rest.");
  }
}
