package palette.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.family.fast.PalParameters;
import palette.fit.FitSpec;
import palette.fit.UserWeights;
import palette.numeric.Links;
import palette.numeric.Newton;
import palette.numeric.Ridge;
import palette.numeric.Simplex;
import palette.personalize.Localizer;
import palette.personalize.Persons;
import palette.reward.PrototypeModel.Prior;

/**
 * One prototype more for newcomers whom the hull of a PAL-A leaves out. From 60 % of their answers
 * its point q ({@code R_q = 2 u.q - |u|^2}, a Gaussian prior as wide as the items lie) and
 * everybody's weights are found in turns, from the ideal points of those whom the hull serves
 * worst. The other answers judge: the mean log loss of those who take a share of it has to fall by
 * three standard errors and more, both models with the strength of the prior that judges best.
 */
final class Growth {
  private static final double SHARE = 0.25; // who takes so much of it is whom it is for
  private static final double ERRORS = 3; // of very many people; more of few, as Student's t asks
  private static final int FEWEST = 4;
  private static final int STARTS = 4;
  private static final int ROUNDS = 10;
  private static final double GONE = -1e9; // a logit whose softmax is 0
  private static final double[] STRENGTHS = {1, 4, 16, 64, 256};

  private final PalA model;
  private final Preferences answers;
  private final int added; // the new prototype's column
  private final double[][] points; // of the items
  private final double tightness; // 1 / the items' mean variance along an axis

  private Growth(PalA model, Preferences answers) {
    this.model = model;
    this.answers = answers;
    added = model.prototypes();
    points = model.itemPoints(answers.items());
    int d = points[0].length;
    double spread = 0;
    for (int l = 0; l < d; l++) {
      int axis = l;
      double[] places = Arrays.stream(points).mapToDouble(u -> u[axis]).toArray();
      spread += StatUtils.populationVariance(places);
    }
    tightness = d / Math.max(1e-12, spread);
  }

  /** With as many prototypes more as help; the model itself where none does. */
  static PalA grown(PalA model, Preferences answers) {
    var next = new Growth(model, answers).oneMore();
    return next == null ? model : grown(next, answers);
  }

  private PalA oneMore() {
    var parts = answers.splitByAnswer(0.6, 0);
    var hull = judged(model, parts.train(), parts.test());
    double[] q = null;
    double least = Double.POSITIVE_INFINITY;
    double[] alone = Simplex.vertex(model.prior().center().length + 1, added);
    for (String user : worst(parts.train(), hull)) {
      double[] begin = point(id -> alone, parts.train().ofUser(user));
      double[] end = inTurns(begin, parts.train());
      double loss = sum(losses(placed(with(end), 1, parts.train()), parts.train()));
      if (loss >= least) continue;
      least = loss;
      q = end;
    }
    var wider = judged(with(q), parts.train(), parts.test());
    if (!helps(hull, wider)) return null;
    return believed(with(inTurns(q, answers)), wider.strength);
  }

  // --------------------------------------------------------------------------------- the judgement

  /** People placed with the strength whose judgement is best, and the mean loss of each. */
  private record Judged(Persons persons, double strength, Map<String, Double> losses) {}

  private static Judged judged(PalA candidate, Preferences heard, Preferences held) {
    Judged best = null;
    var among = believing(candidate, mean(placed(candidate, 1, heard)), 1);
    for (double strength : STRENGTHS) {
      var persons = placed(among, strength, heard);
      var one = new Judged(persons, strength, losses(persons, held));
      if (best == null || sum(one.losses) < sum(best.losses)) best = one;
    }
    return best;
  }

  private static PalA believing(PalA candidate, double[] center, double strength) {
    var fitted = candidate.fitted();
    var prior = new Prior(center, strength, fitted.prior().populationColumn());
    var same = fitted.calibrated(prior, fitted.temperature(), fitted.fallback());
    return (PalA) fitted.spec().model(same);
  }

  private static double[] mean(Persons persons) {
    double[] mean = new double[persons.weights("").length];
    for (String user : persons.users()) {
      double[] w = persons.weights(user);
      for (int k = 0; k < w.length; k++) mean[k] += w[k] / persons.size();
    }
    return mean;
  }

  private static Persons placed(PalA candidate, double strength, Preferences heard) {
    return Localizer.of(candidate).strength(strength).fitAll(heard);
  }

  /** The mean log loss of each user's answers. */
  private static Map<String, Double> losses(Persons persons, Preferences held) {
    double[] margins = persons.margins(held);
    var sums = new LinkedHashMap<String, double[]>();
    for (int row = 0; row < margins.length; row++) {
      var sum = sums.computeIfAbsent(held.users().id(held.user(row)), id -> new double[2]);
      sum[0] += held.weight(row) * Links.logLoss(margins[row] / persons.temperature());
      sum[1] += held.weight(row);
    }
    var means = new LinkedHashMap<String, Double>();
    sums.forEach((id, sum) -> means.put(id, sum[0] / sum[1]));
    return means;
  }

  private static double sum(Map<String, Double> losses) {
    return losses.values().stream().mapToDouble(loss -> loss).sum();
  }

  private boolean helps(Judged hull, Judged wider) {
    double[] falls =
        hull.losses.keySet().stream()
            .filter(id -> wider.persons.weights(id)[added] >= SHARE)
            .mapToDouble(id -> hull.losses.get(id) - wider.losses.get(id))
            .toArray();
    if (falls.length < FEWEST) return false;
    double error = Math.sqrt(StatUtils.variance(falls) / falls.length);
    return StatUtils.mean(falls) > ERRORS * (1 + 3.0 / (falls.length - 2)) * error;
  }

  private static List<String> worst(Preferences heard, Judged hull) {
    var losses = losses(hull.persons, heard);
    var users = new ArrayList<>(losses.keySet());
    users.sort(Comparator.comparingDouble(losses::get).reversed());
    return users.subList(0, Math.min(STARTS, users.size()));
  }

  // ------------------------------------------------------------------------------------- the point

  /** Everybody's weights, then q by them, and again. */
  private double[] inTurns(double[] begin, Preferences heard) {
    double[] q = begin;
    for (int round = 0; round < ROUNDS; round++) {
      q = point(placed(with(q), 1, heard)::weights, heard);
    }
    return q;
  }

  /** The best q for people of these weights. */
  private double[] point(Function<String, double[]> weights, Preferences heard) {
    int d = points[0].length;
    int n = heard.size();
    var margins = with(new double[d]).byWeight(heard); // at 0 the new column has -|u|^2 alone
    double[] rows = new double[n * (1 + d)];
    double[] evidence = new double[n];
    for (int row = 0; row < n; row++) {
      double[] w = weights.apply(heard.users().id(heard.user(row)));
      double[] chosen = points[heard.chosen(row)];
      double[] rejected = points[heard.rejected(row)];
      int at = row * (1 + d);
      rows[at] = margins.margin(row, w, null) / model.temperature();
      for (int l = 0; l < d; l++) {
        rows[at + 1 + l] = 2 * w[added] * (chosen[l] - rejected[l]) / model.temperature();
      }
      evidence[row] = heard.weight(row);
    }
    double[] center = new double[1 + d];
    center[0] = 1; // what the others say, as it is
    double[] found = center.clone();
    new Newton(1 + d, 1, d).solve(rows, evidence, n, tightness, center, found);
    return Arrays.copyOfRange(found, 1, 1 + d);
  }

  // ------------------------------------------------------------------------------------- the model

  /** The model with one prototype more, which no old user has any part of. */
  private PalA with(double[] q) {
    var fitted = model.fitted();
    var prior = fitted.prior();
    double[] center = Arrays.copyOf(prior.center(), prior.center().length + 1);
    System.arraycopy(prior.center(), added, center, added + 1, center.length - added - 1);
    center[added] = 0;
    var spec = fitted.spec();
    var settings = fitted.settings().with(FitSpec.PROTOTYPES, added + 1);
    var wider = spec.like(settings, spec.loss(), spec.embedder());
    var learned = new LinkedHashMap<>(fitted.parameters());
    boolean latent = PalParameters.LATENT.of(learned) != null;
    var prototypes = latent ? PalParameters.LATENT : PalParameters.PROTOTYPES;
    learned.compute(prototypes.name(), (n, t) -> withRow(t, latent ? q : input(q)));
    learned.compute(UserWeights.OFFSET.name(), (n, t) -> withColumn(t, GONE));
    learned.computeIfPresent(UserWeights.MEAN.name(), (n, t) -> withColumn(t, 0));
    var believed = new Prior(center, prior.strength(), prior.populationColumn());
    String how = "grown to K=" + (added + 1);
    return (PalA) wider.model(fitted.learned(wider, learned, believed, how));
  }

  private static Tensor withRow(Tensor t, double[] row) {
    float[] longer = Arrays.copyOf(t.values(), t.values().length + row.length);
    for (int i = 0; i < row.length; i++) longer[t.values().length + i] = (float) row[i];
    return new Tensor(new long[] {t.size(0) + 1, row.length}, longer);
  }

  private Tensor withColumn(Tensor t, double value) {
    long[] shape = t.shape().clone();
    shape[shape.length - 1]++;
    float[] wider = new float[t.values().length / added * (added + 1)];
    for (int i = 0; i < wider.length; i++) {
      int k = i % (added + 1);
      wider[i] = k == added ? (float) value : t.values()[i / (added + 1) * added + k];
    }
    return new Tensor(shape, wider);
  }

  /** The least p with F p = q, as near as F comes: F'(FF' + a trace)^-1 q. */
  private double[] input(double[] q) {
    double[][] f = PalParameters.F.of(model.fitted().parameters()).rows();
    return Ridge.ofFew(f, MatrixUtils.createColumnRealMatrix(q).getData(), 1e-9)[0];
  }

  /** What is believed of the next one moves towards the newcomers' mean. */
  private PalA believed(PalA candidate, double strength) {
    double[] center = candidate.prior().center().clone();
    var persons = placed(candidate, strength, answers);
    double share = persons.size() / (double) (model.users().size() + persons.size());
    double[] mean = mean(persons);
    for (int k = 0; k < center.length; k++) center[k] += share * (mean[k] - center[k]);
    return believing(candidate, center, strength);
  }
}
