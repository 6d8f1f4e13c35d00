package palette.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.Fit;
import palette.fit.Fitted;
import palette.fit.Parameter;
import palette.fit.TrainingSet;
import palette.fit.UserWeights;
import palette.numeric.Cholesky;
import palette.numeric.RandomEffects;
import palette.numeric.VectorLoops;
import palette.reward.Option;
import palette.reward.PrototypeModel.Prior;
import palette.support.Checks;
import palette.support.Texts;

/**
 * What a person likes beside their mix of prototypes: they leave the hull by t_i along axes b_i,
 *
 * <pre>a = sum_k w_k q_k + sum_i t_i b_i,   t_i ~ N(0, 1 / ridge)</pre>
 *
 * Map, prototypes and mixes are those of the plain fit; tastes, ridge and axes are {@link
 * RandomEffects} beside it. The axes begin where each moves the items' rewards alike (row i of
 * L^-1, with L L' the covariance of the training items' points), and one strength of the prior
 * serves mix and t.
 */
final class OwnTaste {
  /** 0: chosen by validation. */
  static final Option<Double> RIDGE = Option.of("offHull", 0.0);

  private static final Parameter AXES = Parameter.scale("users.axes"); // [d][d], a row an axis
  private static final double[] RIDGES = {100, 30, 10, 3, 1, 0.3, 0.1, 0.03}; // strong to weak
  private static final double FLOOR = 1e-3; // of the mean variance: axes on which no items lie

  private final PalSpec<?> spec;
  private final BasisModel plain;
  private final int mixed;
  private final int own;
  private final Prior prior; // of mix and own taste

  private OwnTaste(PalSpec<?> spec, BasisModel plain) {
    this.spec = spec;
    this.plain = plain;
    mixed = plain.prototypes();
    own = spec.basis().space().beside();
    prior = prior();
  }

  // ---------------------------------------------------------------------- as a part of the family

  static List<Parameter.Start> start(int users, int dimension) {
    return List.of(UserWeights.OWN.zeros(users, dimension), AXES.zeros(dimension, dimension));
  }

  /** The axes of a fitted model; none where its users are mixes. */
  static double[][] axes(Fitted fitted) {
    Tensor axes = AXES.of(fitted.parameters());
    return axes == null ? new double[0][] : axes.rows();
  }

  static BasisModel fit(PalSpec<?> spec, Preferences train, Preferences validation) {
    Checks.require(
        spec.basis().linear(), "offHull", "a form that is linear in the weights", spec.settings());
    var answers = Fit.embedded(train, spec);
    var seen = Fit.embedded(validation, train, answers, spec);
    var settings = spec.settings().without(RIDGE);
    var plain = spec.like(settings, spec.loss(), spec.embedder()).fit(answers, seen);
    var taste = new OwnTaste(spec, plain);
    return taste.beside(taste.axes(answers, seen), answers, seen);
  }

  private BasisModel beside(double[][] axes, Preferences train, Preferences validation) {
    var steps = model(axes, new double[plain.users().size()][own], "");
    var judged = byUser(steps, validation);
    var people = new RandomEffects(byUser(steps, train), judged, own);
    boolean chooses = judged.stream().anyMatch(said -> said.weights().length > 0);
    double asked = spec.settings().get(RIDGE);
    var found = chooses && asked == 0 ? people.best(RIDGES) : people.along(asked == 0 ? 1 : asked);
    double shorter = Math.sqrt(prior.strength() / found.ridge()); // 0: nobody leaves the hull
    double[][] some = new double[own][own];
    double[][] ways = new double[plain.users().size()][own];
    for (int i = 0; i < own; i++) {
      for (int j = 0; j < own; j++) {
        double scaled = shorter * found.turned()[i][j];
        for (int l = 0; l < own; l++) some[i][l] += scaled * axes[j][l];
      }
      for (int u = 0; shorter > 0 && u < ways.length; u++) {
        ways[u][i] = found.effects()[u][1 + i] / shorter;
      }
    }
    String ridge = Texts.format("own taste, ridge %.2f answers", found.ridge());
    return model(some, ways, shorter == 0 ? "no own taste" : ridge);
  }

  // ------------------------------------------------------------------------------------- the axes

  /** For a ridge of 1 answer. */
  private double[][] axes(Preferences train, Preferences validation) {
    var basis = (LatentBasis) spec.basis();
    var latent = basis.fitted(plain.fitted());
    var entries = TrainingSet.of(train, validation, basis.joint(), false).entries;
    double[][] u = latent.points(entries.features(), entries.identity());
    VectorLoops.center(u);
    double[] factor = Cholesky.ofSquares(u, FLOOR);
    double unit = plain.temperature() / (latent.scale * latent.tilt * Math.sqrt(own));
    double[][] rows = new double[own][own];
    for (int l = 0; l < own; l++) { // column l of L^-1
      for (int i = l; i < own; i++) {
        double sum = i == l ? unit : 0;
        for (int j = l; j < i; j++) sum -= factor[i * own + j] * rows[j][l];
        rows[i][l] = sum / factor[i * own + i];
      }
    }
    return rows;
  }

  // ---------------------------------------------------------------------------------- the answers

  /** Over T: what somebody's mix says of their answers, and what a step along each axis adds. */
  private List<RandomEffects.Answers> byUser(BasisModel steps, Preferences answers) {
    var rows = new ArrayList<List<Integer>>();
    for (int u = 0; u < plain.users().size(); u++) rows.add(new ArrayList<>());
    for (int row = 0; row < answers.size(); row++) {
      int u = plain.fitted().users().indexOf(answers.users().id(answers.user(row)));
      if (u >= 0) rows.get(u).add(row);
    }
    var margins = steps.byWeight(answers);
    double[] slope = new double[margins.columns()];
    var all = new ArrayList<RandomEffects.Answers>();
    for (int u = 0; u < rows.size(); u++) {
      double[] w = Arrays.copyOf(steps.weights(plain.users().get(u)), slope.length);
      int n = rows.get(u).size();
      double[] flat = new double[n * (1 + own)];
      double[] weights = new double[n];
      for (int j = 0; j < n; j++) {
        int row = rows.get(u).get(j);
        flat[j * (1 + own)] = margins.margin(row, w, slope);
        System.arraycopy(slope, mixed, flat, j * (1 + own) + 1, own);
        weights[j] = margins.weight(row);
      }
      for (int i = 0; i < flat.length; i++) flat[i] /= plain.temperature();
      all.add(new RandomEffects.Answers(flat, weights));
    }
    return all;
  }

  // ------------------------------------------------------------------------------------ the model

  private Prior prior() {
    var of = plain.prior();
    double[] center = new double[of.center().length + own];
    System.arraycopy(of.center(), 0, center, 0, mixed);
    if (of.populationColumn()) center[mixed + own] = of.center()[mixed];
    double strength = of.strength() > 0 ? of.strength() : 1; // one prototype needs none
    return new Prior(spec.basis().space(), center, strength, of.populationColumn());
  }

  private BasisModel model(double[][] axes, double[][] ways, String chosen) {
    var fitted = plain.fitted();
    Map<String, Tensor> learned = new LinkedHashMap<>(fitted.parameters());
    learned.put(UserWeights.OWN.name(), Tensor.of(ways, own));
    learned.put(AXES.name(), Tensor.of(axes, own));
    return spec.model(fitted.learned(spec, learned, prior, chosen));
  }
}
