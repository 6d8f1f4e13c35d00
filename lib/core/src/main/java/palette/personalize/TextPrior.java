package palette.personalize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.numeric.Ridge;
import palette.numeric.VectorLoops;
import palette.reward.WeightMargins;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Rendered;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * What a text about somebody, their own words or a {@link Portrait}, says of their weights before
 * they answer. It moves the center of the prior on them, and nothing else:
 *
 * <pre>center(text) = the space's nearest point to  center + B (v(text) - mean v)</pre>
 *
 * with the text's vector v, and B from a {@link Ridge} regression of people's weights, placed by
 * all they answered, on the vectors of their texts. Its strength is that with which the centers of
 * people who were left out, a fifth at a time, predict their answers best. Unless these cost less
 * than at the model's own center, by two standard errors over people, B is 0: texts that say
 * nothing move nobody.
 *
 * <pre>{@code
 * var texts = TextPrior.of(Localizer.of(model), train, Embedders.miniLm());
 * texts.localizer("I paint, and I never miss an exhibition").fit(firstAnswers);
 * }</pre>
 *
 * <p>It is saved with the model that it was learned with, {@code model.save(dir, texts)}.
 *
 * <p>After PLUS (arXiv 2507.13579), where a language model writes the texts and reads them.
 *
 * @param localizer what is believed of somebody without a text
 * @param mean of the vectors, D numbers
 * @param slopes B, shape [weights][D]; zeros where texts say nothing
 * @param people from whom this was learned
 * @param gain nats an answer by which the centers of people left out are better
 * @param error its standard error over people
 */
public record TextPrior(
    Localizer localizer,
    Embedder embedder,
    double[] mean,
    double[][] slopes,
    int people,
    double gain,
    double error)
    implements Rendered {
  private static final int FEWEST = 20;
  private static final int FOLDS = 5;
  private static final double[] STRENGTHS = {1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1};

  /** Mean and slopes are rounded to single precision, in which a model's folder keeps them. */
  public TextPrior {
    mean = Tensor.of(mean, mean.length).doubles();
    slopes = Tensor.of(slopes, mean.length).rows();
  }

  /**
   * Learned from what people with texts answered, training users say, at least 20 of them. Where
   * the users have vectors these are taken for those of their texts.
   */
  public static TextPrior of(Localizer localizer, Preferences answers, Embedder embedder) {
    var users = speaking(answers.users());
    var known = answers.answering().stream().filter(id -> users.indexOf(id) >= 0).toList();
    if (known.size() < FEWEST) {
      throw new InputException(
          "users of the answers",
          "at least " + FEWEST + " who have a text",
          "" + known.size(),
          "Give texts with answers.withUsers(catalog) or builder.user(id, text).");
    }
    var people = users.select(known.stream().mapToInt(users::indexOf).toArray());
    return new Learning(localizer, answers, people, vectors(people, embedder)).prior(embedder);
  }

  /** Those who have a vector, or a text beside their id. */
  private static Catalog speaking(Catalog users) {
    return users.select(
        IntStream.range(0, users.size())
            .filter(u -> users.hasVectors() || !users.text(u).equals(users.id(u)))
            .filter(u -> !users.text(u).isBlank())
            .toArray());
  }

  private static double[][] vectors(Catalog users, Embedder embedder) {
    if (users.size() == 0) return new double[0][];
    float[][] rows = users.hasVectors() ? users.vectors() : embedder.checked(users.texts());
    return Tensor.of(rows, rows[0].length).rows();
  }

  /** Places somebody of whom this text is known. */
  public Localizer localizer(String text) {
    Checks.named("text", text);
    double[] vector = vectors(Catalog.of(List.of(text)), embedder)[0];
    var prior = localizer.prior().center(center(vector));
    return new Localizer(localizer.model(), prior, localizer.centers());
  }

  /** Places these people, each from where their own text says; who has none as before. */
  public Localizer localizer(Catalog users) {
    var speaking = speaking(users);
    double[][] vectors = vectors(speaking, embedder);
    var centers = new HashMap<>(localizer.centers());
    for (int u = 0; u < vectors.length; u++) centers.put(speaking.id(u), center(vectors[u]));
    return new Localizer(localizer.model(), localizer.prior(), centers);
  }

  private double[] center(double[] vector) {
    return moved(localizer, slopes, VectorLoops.minus(vector, mean));
  }

  private static double[] moved(Localizer localizer, double[][] slopes, double[] vector) {
    double[] center = localizer.prior().center().clone();
    for (int k = 0; k < center.length; k++) center[k] += VectorLoops.inner(slopes[k], vector);
    return localizer.prior().space().nearest(center);
  }

  /** Whether texts move anybody. */
  public boolean tells() {
    return tells(gain, error);
  }

  private static boolean tells(double gain, double error) {
    return gain > 2 * error;
  }

  @Override
  public String toString() {
    return Texts.format(
        "Texts %s. Of %s left out in turns the text alone predicts answers %.4f ± %.4f nats"
            + " better than the mean of all.",
        tells() ? "tell" : "say nothing, and move nobody",
        Texts.count(people, "user"),
        gain,
        error);
  }

  /** People with their vectors, the weights that their answers speak for, and these answers. */
  private static final class Learning {
    private final Localizer localizer;
    private final double[][] vectors;
    private final double[][] weights;
    private final WeightMargins[] answers;
    private final int[] order;

    Learning(Localizer localizer, Preferences said, Catalog users, double[][] vectors) {
      this.localizer = localizer;
      this.vectors = vectors;
      var persons = localizer.fitAll(said);
      var placed = users.ids().stream().map(persons::person).toList();
      weights = placed.stream().map(Person::weights).toArray(double[][]::new);
      answers = placed.stream().map(Person::evidence).toArray(WeightMargins[]::new);
      order = Seeds.permutation(weights.length, Seeds.stream(0, "people left out"));
    }

    TextPrior prior(Embedder embedder) {
      double[][] gains = gains();
      int best = 0;
      for (int s = 1; s < gains.length; s++) {
        if (StatUtils.mean(gains[s]) > StatUtils.mean(gains[best])) best = s;
      }
      double gain = StatUtils.mean(gains[best]);
      double error = Math.sqrt(StatUtils.populationVariance(gains[best]) / weights.length);
      var all = new Ridge(vectors, weights);
      double[][] slopes = all.slopes(STRENGTHS[best]);
      if (!tells(gain, error)) slopes = new double[slopes.length][vectors[0].length];
      return new TextPrior(localizer, embedder, all.mean(), slopes, weights.length, gain, error);
    }

    /** By strength and person, at the centers that people of the other parts teach. */
    private double[][] gains() {
      double[][] gains = new double[STRENGTHS.length][order.length];
      for (int part = 0; part < FOLDS; part++) {
        int[] out = every(part, true);
        int[] others = every(part, false);
        var learned = new Ridge(some(vectors, others), some(weights, others));
        for (int s = 0; s < STRENGTHS.length; s++) {
          double[][] slopes = learned.slopes(STRENGTHS[s]);
          for (int u : out) {
            double[] center =
                moved(localizer, slopes, VectorLoops.minus(vectors[u], learned.mean()));
            gains[s][u] = loss(u, localizer.prior().center()) - loss(u, center);
          }
        }
      }
      return gains;
    }

    private int[] every(int part, boolean out) {
      return IntStream.range(0, order.length)
          .filter(i -> (i % FOLDS == part) == out)
          .map(i -> order[i])
          .toArray();
    }

    private static double[][] some(double[][] rows, int[] wanted) {
      return Arrays.stream(wanted).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    /** -log P of what somebody answered, the mean over their answers. */
    private double loss(int user, double[] w) {
      var said = answers[user];
      int n = said.size();
      var link = localizer.model().link();
      double[] margins = new double[n];
      double[] weight = new double[n];
      for (int j = 0; j < n; j++) {
        margins[j] = said.margin(j, w, null) / link.temperature();
        weight[j] = said.weight(j);
      }
      var loss = link.over(Evidence.outcomes(said));
      double sum = loss.sum(margins, weight, n, new double[n], new double[n]);
      return sum / Arrays.stream(weight).sum();
    }
  }
}
