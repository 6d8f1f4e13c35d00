package palette.personalize;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.PrototypeModel;
import palette.reward.WeightMargins;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * What people said they want more or less of, beside their choices: a named attribute whose vector
 * is a direction in the space of the items, or a text whose vector is a point of it ({@link
 * #towards}). They are {@link Judgements} of attributes, 1 for more and -1 for less, and read as
 * votes are. A wish for d says that on average the reward rises along it,
 *
 * <pre>margin = mean over items x of  r(x + s/2 d) - r(x - s/2 d),   |d| = 1</pre>
 *
 * with s the root mean square distance of an item from the mean of all. It is one answer more to
 * {@link Localizer#fit(Preferences, Wishes)}, with a margin that is linear in the weights wherever
 * rewards are: the problem stays convex. Both sides of x are asked, so that going too far, as past
 * an ideal point, does not count against a direction.
 *
 * <p>A wish is worth most to somebody who has answered little; measured on five worlds of four
 * dimensions and six prototypes, as much as .6 to 4.6 answers more beside two. It is worth nothing
 * where everybody wants the same way, which the prior knows, or where the choices already say it,
 * and it misleads where the direction means to the model what it does not mean to the person.
 *
 * <pre>{@code
 * var said = Judgements.votes(file).user("who").item("attribute").value("wish").read();
 * var wishes = Wishes.of(said.withItems(said.items().withVectors(directions)), items);
 * var person = Localizer.of(model).fit(answers, wishes);
 * }</pre>
 *
 * @param said who wants more (above 0) or less (below 0) of what; 0 says nothing
 * @param items what people choose from, with vectors as the model's items have them
 * @param weight how many answers a wish is worth
 * @param points whether the attributes' vectors are points
 */
public record Wishes(Judgements said, Catalog items, double weight, boolean points) {
  private static final int MOST_ITEMS = 64; // the mean of so many is near that of all

  /** Wishes about the attributes of some judgements, which have vectors. */
  public static Wishes of(Judgements said, Catalog items) {
    requireVectors("attributes", said.items());
    requireVectors("items", items);
    Checks.require(
        said.items().dimension() == items.dimension(),
        "attributes",
        "vectors of " + items.dimension() + " numbers, as the items have",
        said.items().dimension());
    return new Wishes(said, items, 1, false);
  }

  private static void requireVectors(String what, Catalog catalog) {
    if (catalog.hasVectors()) return;
    throw new InputException(
        what, "vectors", "none", "Give them with catalog.withVectors(...) or an embedder's.");
  }

  /** How many answers a wish is worth; 1 unless it is said. */
  public Wishes weight(double answers) {
    return new Wishes(said, items, Checks.positive("weight", answers), points);
  }

  /** The attributes' vectors are points, as texts have them: from the mean of the items there. */
  public Wishes towards() {
    return new Wishes(said, items, weight, true);
  }

  /** The only user who wished for anything. */
  String user() {
    var users = IntStream.range(0, said.size()).map(said::user).distinct().toArray();
    Checks.require(users.length == 1, "wishes without answers", "those of one user", users.length);
    return said.users().id(users[0]);
  }

  /** One margin a wish of a user; null where there is none. */
  WeightMargins margins(PrototypeModel model, String user) {
    int u = said.users().indexOf(user);
    int[] rows =
        IntStream.range(0, said.size())
            .filter(row -> said.user(row) == u && said.value(row) != 0)
            .toArray();
    if (rows.length == 0) return null;
    int[] base = base();
    var moved = model.byWeight(moved(user, rows, base));
    requireMoves(moved, model);
    return Evidence.means(moved, base.length, weight);
  }

  private int[] base() {
    int n = Math.min(items.size(), MOST_ITEMS);
    return IntStream.range(0, n).map(i -> (int) ((long) i * items.size() / n)).toArray();
  }

  /** For each wish and item, the item moved along against the item moved back. */
  private Preferences moved(String user, int[] rows, int[] base) {
    var answers = Preferences.builder();
    List<float[]> vectors = new ArrayList<>();
    double[] mean = mean();
    double half = distance(mean) / 2;
    for (int row : rows) {
      double[] d = direction(row, mean);
      for (int i : base) {
        String wish = "wish " + vectors.size() / 2;
        answers.add(Comparison.of(user, wish + ", there", wish + ", back"));
        vectors.add(moved(items.vector(i), d, half));
        vectors.add(moved(items.vector(i), d, -half));
      }
    }
    var made = answers.build();
    return made.withItems(made.items().withVectors(vectors.toArray(float[][]::new)));
  }

  private static float[] moved(float[] x, double[] d, double by) {
    float[] there = x.clone();
    for (int c = 0; c < there.length; c++) there[c] += (float) (by * d[c]);
    return there;
  }

  // ----------------------------------------------------------------------------------- directions

  private double[] mean() {
    double[] mean = new double[items.dimension()];
    for (int i = 0; i < items.size(); i++) {
      float[] x = items.vector(i);
      for (int c = 0; c < mean.length; c++) mean[c] += x[c] / (double) items.size();
    }
    return mean;
  }

  /** The root mean square distance from the mean. */
  private double distance(double[] mean) {
    double squares = 0;
    for (int i = 0; i < items.size(); i++) {
      float[] x = items.vector(i);
      for (int c = 0; c < mean.length; c++) squares += (x[c] - mean[c]) * (x[c] - mean[c]);
    }
    return Math.sqrt(squares / items.size());
  }

  /** Of length 1, the way the user wants to go. */
  private double[] direction(int row, double[] mean) {
    float[] v = said.items().vector(said.item(row));
    double[] d = new double[v.length];
    double squares = 0;
    for (int c = 0; c < d.length; c++) {
      d[c] = Math.signum(said.value(row)) * (points ? v[c] - mean[c] : v[c]);
      squares += d[c] * d[c];
    }
    String name = "attribute '" + said.items().id(said.item(row)) + "'";
    if (squares == 0) throw new InputException(name, "a direction", "a vector of zeros", "");
    for (int c = 0; c < d.length; c++) d[c] /= Math.sqrt(squares);
    return d;
  }

  // Whoever knows items by id only gives all of them one reward.
  private static void requireMoves(WeightMargins moved, PrototypeModel model) {
    double[] slope = new double[moved.columns()];
    for (int j = 0; j < moved.size(); j++) {
      moved.margin(j, model.prior().center(), slope);
      for (double s : slope) if (s != 0) return;
    }
    throw new InputException(
        "wishes to " + model.name(),
        "rewards that change along a direction",
        "the same reward everywhere",
        "Fit with vectors of the items or .embedder(...).");
  }

  @Override
  public String toString() {
    return Texts.format("Wishes[%s, weight %.2f]", said, weight);
  }
}
