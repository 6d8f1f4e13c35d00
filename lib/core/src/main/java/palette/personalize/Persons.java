package palette.personalize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.numeric.VectorLoops;
import palette.reward.Link;
import palette.reward.Scorer;
import palette.reward.WeightMargins;
import palette.support.Html;
import palette.support.Progress;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * Many users placed at once. Somebody who gave no answer is at the prior's center, so that held-out
 * answers of all can be scored however few were asked.
 */
public final class Persons implements Scorer, Rendered {
  private static final int CHUNK = 256;

  private final Localizer localizer;
  private final Catalog users;
  private final WeightMargins evidence;
  private final int[] begin; // user u's rows are rows[begin[u]] to rows[begin[u + 1] - 1]
  private final int[] rows;
  private final WeightMargins[] wished; // null where somebody wishes for nothing
  private final double[][] weights;
  private final Certificate[] certificates;

  private Persons(Localizer localizer, Preferences answers, WeightMargins evidence) {
    this.localizer = localizer;
    this.evidence = evidence;
    this.users = Catalog.of(answers.answering());
    int[] counts = answers.answers();
    int[] place = new int[counts.length];
    begin = new int[users.size() + 1];
    for (int u = 0, n = 0; u < counts.length; u++) {
      place[u] = begin[n];
      if (counts[u] > 0) begin[++n] = place[u] + counts[u];
    }
    rows = new int[answers.size()];
    for (int row = 0; row < rows.length; row++) rows[place[answers.user(row)]++] = row;
    wished = new WeightMargins[users.size()];
    weights = new double[users.size()][];
    certificates = new Certificate[users.size()];
  }

  /** {@code wishes} may be null. */
  static Persons place(
      Localizer localizer, Preferences answers, WeightMargins evidence, Wishes wishes) {
    var persons = new Persons(localizer, answers, evidence);
    for (int u = 0; wishes != null && u < persons.size(); u++) {
      persons.wished[u] = wishes.margins(localizer.model(), persons.users.id(u));
    }
    int chunks = (persons.size() + CHUNK - 1) / CHUNK;
    var work = Progress.start("Placing users", persons.size());
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              persons.placeChunk(chunk);
              work.at((long) chunk * CHUNK, "");
            });
    work.finish(Texts.count(persons.size(), "user") + ", " + persons.certificate());
    return persons;
  }

  private void placeChunk(int chunk) {
    var worker = localizer.new Worker(evidence);
    for (int u = chunk * CHUNK; u < Math.min(size(), (chunk + 1) * CHUNK); u++) {
      double[] center = center(users.id(u));
      double[] w = center.clone();
      certificates[u] = worker.place(evidenceOf(u), center, w);
      weights[u] = w;
    }
  }

  private WeightMargins evidenceOf(int u) {
    int first = begin[u];
    var said = Evidence.select(evidence, begin[u + 1] - first, j -> rows[first + j]);
    return wished[u] == null ? said : Evidence.join(said, wished[u]);
  }

  /** How many answered. */
  public int size() {
    return users.size();
  }

  /** The ids of those who answered. */
  public List<String> users() {
    return users.ids();
  }

  /** One of them, with uncertainty, ranking and all; the prior's center for a stranger. */
  public Person person(String user) {
    int u = users.indexOf(user);
    if (u < 0) return localizer.place(user, Evidence.select(evidence, 0, j -> j));
    return new Person(
        localizer.of(user), user, evidenceOf(u), weights[u].clone(), certificates[u], 1);
  }

  /** The weights of a user; the prior's center for somebody who gave no answer. */
  public double[] weights(String user) {
    int u = users.indexOf(user);
    return (u < 0 ? center(user) : weights[u]).clone();
  }

  private double[] center(String user) {
    return localizer.of(user).prior().center();
  }

  /** The largest gap of all in nats; NaN where the problem is not convex. */
  public double largestGap() {
    return Arrays.stream(certificates).mapToDouble(Certificate::gap).max().orElse(0);
  }

  /** What holds for all of them. */
  public String certificate() {
    if (!evidence.linear()) return "several starts each; no certificate";
    if (!link().kind().convex()) return "one start each; no certificate";
    return "each " + Certificate.convex(largestGap()) + " at most";
  }

  @Override
  public String name() {
    return localizer.model().name() + ", " + Texts.count(size(), "placed user");
  }

  @Override
  public double[] margins(Preferences answers) {
    return localizer.model().byWeight(answers).at(answers, this::weights);
  }

  @Override
  public double temperature() {
    return localizer.model().temperature();
  }

  @Override
  public Link link() {
    return localizer.model().link();
  }

  @Override
  public String toString() {
    var lines = new StringBuilder(name() + ": " + certificate() + "\nmean weights");
    double[] means = size() == 0 ? localizer.prior().center() : VectorLoops.mean(weights);
    for (double mean : means) lines.append(Texts.format(" %.3f", mean));
    return lines.toString();
  }

  @Override
  public String html() {
    return Html.pre(text());
  }
}
