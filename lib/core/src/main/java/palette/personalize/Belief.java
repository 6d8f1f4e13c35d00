package palette.personalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.IdealPoints;
import palette.reward.Link;
import palette.reward.PrototypeModel.Prior;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Interval;
import palette.support.Seeds;

/**
 * How sure one may be of a person: weights drawn from what prior and answers leave open,
 *
 * <pre>p(w | answers) ~ exp(-sum_j v_j log(1 + exp(-m_j(w) / T)) - strength / 2 |w - center|^2)
 * </pre>
 *
 * or with -log P of the link that the model learned, ties included, as the {@link Localizer} has
 * it, on the space of the weights, bounds and all, where the Laplace approximation of {@link
 * Person#uncertainty} knows one face only. From the draws come credible regions in weights and on
 * the map, and how sure a ranking is. What is said here is right on average for people who are as
 * the prior has them. The same seed gives the same draws.
 *
 * <p>Source: elliptical slice sampling (Murray, Adams and MacKay 2010), which needs no tuning.
 *
 * <pre>{@code
 * var belief = Belief.of(person);
 * belief.ranking(0.9, List.of("tea", "coffee", "milk"));
 * }</pre>
 *
 * @param draws the weights drawn, [draws][K]
 */
public record Belief(Person person, double[][] draws) {
  private static final int DRAWS = 500;
  private static final int BETWEEN = 4; // steps from one draw to the next
  private static final double WIDEST = 1e-2; // a prior of no strength is no distribution

  /** 500 draws of somebody placed by answers. */
  public static Belief of(Person person) {
    return of(person, DRAWS, 0);
  }

  /** So many draws. */
  public static Belief of(Person person, int draws, long seed) {
    Checks.present("person", person);
    if (person.evidence() == null) throw person.trained();
    var random = Seeds.stream(seed, "belief");
    var link = person.link();
    double[] w = person.weights();
    double[][] all = new double[Checks.atLeast(1, "draws", draws)][];
    for (int i = -10; i < draws; i++) { // the first of them only leave the start
      for (int step = 0; step < BETWEEN; step++) w = next(person, link, w, random);
      if (i >= 0) all[i] = w;
    }
    return new Belief(person, all);
  }

  /** A point on an ellipse through w and a draw of the prior, as likely as some level at least. */
  private static double[] next(Person person, Link link, double[] w, SplittableRandom random) {
    var prior = person.localizer().prior();
    double[] other = drawn(prior, random);
    double level =
        likelihood(person, link, w, Double.NEGATIVE_INFINITY) + Math.log(1 - random.nextDouble());
    double angle = random.nextDouble(2 * Math.PI);
    double least = angle - 2 * Math.PI;
    double most = angle;
    double[] center = prior.center();
    double[] there = new double[w.length];
    while (true) {
      boolean inside = true;
      for (int k = 0; k < w.length; k++) {
        there[k] = center[k] + (w[k] - center[k]) * Math.cos(angle) + other[k] * Math.sin(angle);
        inside &= prior.space().isFree(k) || there[k] >= 0;
      }
      if (inside && likelihood(person, link, there, level) >= level) return there;
      if (angle < 0) least = angle;
      else most = angle;
      if (!(most - least > 1e-12)) return w.clone(); // rounding left nothing between
      angle = random.nextDouble(least, most);
    }
  }

  /** Around 0; a mix's weights keep their sum. */
  private static double[] drawn(Prior prior, SplittableRandom random) {
    var space = prior.space();
    double size = 1 / Math.sqrt(Math.max(WIDEST, prior.strength()));
    double[] z = Seeds.normal(prior.center().length, size, random);
    if (!space.mixes()) return z;
    double mean = Arrays.stream(space.mix(z)).average().orElse(0);
    for (int k = 0; k < z.length; k++) if (!space.isFree(k)) z[k] -= mean;
    return z;
  }

  /** log P(answers | w), down to {@code level}: below that it matters no more. */
  private static double likelihood(Person person, Link link, double[] w, double level) {
    var evidence = person.evidence();
    double sum = 0;
    for (int j = 0; j < evidence.size() && sum >= level; j++) {
      double loss = link.loss(evidence.margin(j, w, null), evidence.outcome(j));
      sum -= evidence.weight(j) * loss;
    }
    return sum;
  }

  /** The middle part of some draws, .9 of them for a level of .9. */
  static Interval middle(double[] values, double level) {
    checked(level);
    return new Interval(below(values, (1 - level) / 2), below(values, (1 + level) / 2));
  }

  static double checked(double level) {
    Checks.require(level > 0 && level < 1, "level", "a share between 0 and 1", level);
    return level;
  }

  /** What such a share of some draws lies below. */
  static double below(double[] values, double share) {
    return new Percentile().withEstimationType(EstimationType.R_5).evaluate(values, 100 * share);
  }

  /** Where the person lies among the weights: an ellipsoid that holds such a share of the draws. */
  public Region region(double level) {
    return Region.of(draws, level);
  }

  /** Where they lie on the map of a model that has one. */
  public Region onMap(double level) {
    if (person.model() instanceof IdealPoints map) {
      return Region.of(Arrays.stream(draws).map(map::idealPoint).toArray(double[][]::new), level);
    }
    throw new InputException(
        person.model().name(), "a model with a map", "none", "region(level) is in weights.");
  }

  /** How the person would rank items, and how sure that is. */
  public SureRanking ranking(double level, List<String> items) {
    return ranking(level, null, Catalog.of(items));
  }

  /** The same after a prompt, which may be null, of items that may be new. */
  public SureRanking ranking(double level, String prompt, Catalog items) {
    Checks.require(items.size() > 1, "items", "two or more", items.size());
    var pairs = new ArrayList<Comparison>();
    for (int i = 1; i < items.size(); i++) {
      pairs.add(new Comparison(person.id(), prompt, items.id(i), items.id(0)));
    }
    var margins = person.model().byWeight(described(pairs, items));
    double[][] rewards = new double[draws.length][items.size()]; // less the first item's
    for (int d = 0; d < draws.length; d++) {
      for (int i = 1; i < items.size(); i++) {
        rewards[d][i] = margins.margin(i - 1, draws[d], null) / person.temperature();
      }
    }
    return SureRanking.of(items.ids(), rewards, level);
  }

  static Preferences described(List<Comparison> pairs, Catalog items) {
    var made = Preferences.of(pairs);
    return made.withItems(
        items.select(made.items().ids().stream().mapToInt(items::indexOf).toArray()));
  }
}
