package palette.crowd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.io.ParquetParts;
import palette.fit.BasisModel;
import palette.personalize.Localizer;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/**
 * Places people one after another, however many they are, by answers about items and prompts that
 * the model knows. Each is placed as {@link Localizer#fitAll} does it, some hundred at a time, and
 * by their answers in the order of prompt, chosen and rejected: whoever has the same answers gets
 * the same weights to the last bit, in whatever order and on whatever machine they come. Immutable;
 * several threads may place at once.
 */
public record Crowd(BasisModel model) {
  private static final int USERS = 256; // at a time, so many as fitAll places on one thread
  private static final int ANSWERS = 1 << 14;
  private static final Comparator<Comparison> ORDER =
      Comparator.comparing(Comparison::prompt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Comparison::chosen)
          .thenComparing(Comparison::rejected);

  public Crowd {
    Checks.present("model", model);
  }

  /** Places people in this model. */
  public static Crowd of(BasisModel model) {
    return new Crowd(model);
  }

  /**
   * Somebody placed.
   *
   * @param weights as many as {@link palette.reward.PrototypeModel.Prior#center} has
   * @param gap in nats, NaN where there is no certificate
   */
  public record Placed(String user, int answers, double[] weights, double gap) {}

  /** What became of a file. */
  public record Report(long users, long refused, double largestGap) {
    Report plus(Report other) {
      double gap = Math.max(largestGap, other.largestGap); // NaN where there is none
      return new Report(users + other.users, refused + other.refused, gap);
    }

    @Override
    public String toString() {
      return Texts.count(users, "user")
          + " placed, gap at most "
          + Texts.format("%.0e", largestGap)
          + (refused == 0 ? "" : "; " + Texts.count(refused, "answer") + " refused");
    }
  }

  /**
   * Places everybody in a Parquet file of columns user, chosen, rejected and, where the model knows
   * prompts, prompt. Needs DuckDB on the class path, and room beside the results for as much again
   * as they take.
   *
   * @param persons will have the columns user, answers, weights (a list) and gap
   * @param refused will have the answers that cannot be used, with a reason each
   */
  public Report place(Path answers, Path persons, Path refused) {
    var parts = new ParquetParts(answers, CrowdFile.NEEDED, "prompt");
    return new CrowdFile(this, parts, persons.toAbsolutePath(), refused.toAbsolutePath()).place();
  }

  /**
   * An answer that can be used. A prompt plays no role where the model was trained without.
   *
   * @throws InputException if something is missing, or is not known to the model
   */
  public Comparison answer(String user, String prompt, String chosen, String rejected) {
    boolean prompted = model.fitted().prompts().size() > 0;
    var answer = new Comparison(user, prompted ? prompt : null, chosen, rejected);
    requireKnown(model.items(), "item", chosen);
    requireKnown(model.items(), "item", rejected);
    if (answer.prompt() != null) requireKnown(model.fitted().prompts(), "prompt", prompt);
    return answer;
  }

  private static void requireKnown(Catalog known, String what, String id) {
    if (known.indexOf(id) >= 0) return;
    String all = "one of the " + known.size() + " that the model knows";
    throw new InputException(what + " '" + id + "'", all, "another", "");
  }

  /**
   * Everybody in turn, for one thread.
   *
   * @param answers hands over one after another, those of somebody together, and null at the end
   */
  public Iterator<Placed> place(Supplier<Comparison> answers) {
    return new Placing(answers);
  }

  /** P(chosen is preferred to rejected) by somebody of some weights; for one thread. */
  public ToDoubleBiFunction<Comparison, double[]> probability() {
    var encoded = model.encoded();
    return (answer, weights) -> {
      var margins = encoded.byWeight(preferences(List.of(answer)));
      return model.link().probability(margins.margin(0, weights, null));
    };
  }

  private Preferences preferences(List<Comparison> answers) {
    var prompts = model.fitted().prompts();
    var items = model.items();
    var users = Catalog.builder();
    int[][] columns = new int[4][answers.size()];
    for (int i = 0; i < answers.size(); i++) {
      var answer = answers.get(i);
      columns[0][i] = users.add(answer.user());
      columns[1][i] = answer.prompt() == null ? -1 : prompts.indexOf(answer.prompt());
      columns[2][i] = items.indexOf(answer.chosen());
      columns[3][i] = items.indexOf(answer.rejected());
    }
    return Preferences.of(users.build(), prompts, items, columns);
  }

  private final class Placing implements Iterator<Placed> {
    private final Localizer localizer = Localizer.of(model.encoded());
    private final Supplier<Comparison> answers;
    private Comparison next; // the first answer of the next user
    private Iterator<Placed> placed = List.<Placed>of().iterator();

    Placing(Supplier<Comparison> answers) {
      this.answers = answers;
      next = answers.get();
    }

    @Override
    public boolean hasNext() {
      return placed.hasNext() || next != null;
    }

    @Override
    public Placed next() {
      if (!hasNext()) throw new NoSuchElementException();
      if (!placed.hasNext()) placed = some().iterator();
      return placed.next();
    }

    private List<Placed> some() {
      var batch = new ArrayList<Comparison>();
      var counts = new LinkedHashMap<String, Integer>();
      while (next != null && counts.size() < USERS && batch.size() < ANSWERS) {
        counts.put(next.user(), takeOne(batch));
      }
      var persons = Progress.quietly(() -> localizer.fitAll(preferences(batch)));
      var some = new ArrayList<Placed>();
      counts.forEach(
          (user, n) -> {
            double gap = persons.person(user).certificate().gap();
            some.add(new Placed(user, n, persons.weights(user), gap));
          });
      return some;
    }

    /** All answers of one user, in their order; how many. */
    private int takeOne(List<Comparison> batch) {
      int begin = batch.size();
      for (String user = next.user(); next != null && next.user().equals(user); ) {
        batch.add(next);
        next = answers.get();
      }
      batch.subList(begin, batch.size()).sort(ORDER);
      return batch.size() - begin;
    }
  }
}
