package palette.fit;

import java.util.Arrays;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.personalize.Localizer;
import palette.personalize.Persons;
import palette.personalize.Rehearsal;
import palette.reward.LinkFit;
import palette.reward.Loss;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Space;
import palette.reward.Temperature;
import palette.support.Progress;
import palette.support.Texts;

/**
 * What is learned after the maps are fixed, on validation answers: temperature and other numbers of
 * the link, and what to believe of a newcomer ({@link palette.personalize.Localizer}). Its center
 * is the mean of the training users' weights, or where the family says; a share of it goes to the
 * one score for everybody where that does better. Strength and share are those of {@link
 * Rehearsal}; without validation answers, or where localization is not convex, the strength is
 * (K-1) / E|w - center|^2 of a mix and K / E|w - center|^2 in a free space.
 *
 * @param identities whether there are answers enough for items' own numbers
 */
record PriorFit(Fitted fitted, Preferences train, Preferences validation, boolean identities) {
  private static final double[] STRENGTHS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
  private static final double[] SHARES = {0.25, 0.5, 0.75, 1};
  private static final double[] PULLS = {8, 16, 32, 64, 128, 256}; // of whoever has all answers
  private static final int PEOPLE = 250; // fewer say too little of their standard error
  private static final double ERRORS = 2;

  private Space space() {
    return fitted.spec().basis().space();
  }

  private static BasisModel model(Fitted fitted) {
    return fitted.spec().model(fitted);
  }

  /** The fitted model with temperature and prior. */
  Fitted calibrated() {
    var raw = raw();
    double[] center = raw.prior().center();
    var known = known(raw);
    var judge = known.size() > 0 ? known : train;
    double[] margins = raw.margins(judge);
    var plain = calibrated(raw, judge, margins);
    if (known.size() > 0 && space() == Space.SIMPLEX && center.length > 1) {
      plain = plain.saying("tastes", tastes(raw, margins, plain.temperature(), known));
    }
    boolean decided = space() == Space.POINT || space() == Space.SIMPLEX && center.length == 1;
    if (known.size() == 0 || decided || !raw.basis().linear()) return plain;
    return rehearsed(plain, known);
  }

  /** As it was fitted, with the usual prior. */
  private BasisModel raw() {
    double[][] weights = weights();
    double[] learned = fitted.spec().basis().nobody(fitted.parameters());
    double[] center = learned == null ? mean(weights) : learned;
    var usual = new Prior(space(), center, tightness(weights, center), false);
    return model(fitted.calibrated(usual, 1, null));
  }

  /** Whether it foresees the validation answers clearly better, each at its own temperature. */
  boolean clearlyBetter(PriorFit other) {
    return losses().below(other.losses(), ERRORS);
  }

  private Losses losses() {
    var raw = raw();
    var known = known(raw);
    return losses(raw.margins(known), known);
  }

  private static Losses losses(double[] margins, Preferences known) {
    return new Losses(margins, Temperature.of(margins, known), known);
  }

  /** The validation answers of training users. */
  private Preferences known(BasisModel raw) {
    var met = validation.withTiedRows().answering().stream().filter(raw::knows).toList();
    return validation.ofUsers(met);
  }

  /** With the temperature that these answers ask for, and a learned link's other numbers. */
  private Fitted calibrated(BasisModel raw, Preferences judge, double[] margins) {
    var usual = raw.prior();
    var loss = fitted.spec().loss();
    boolean learned = loss.position() || loss.shape();
    if (!learned) {
      return fitted.calibrated(usual, Temperature.of(margins, judge), null);
    }
    var fit = LinkFit.of(raw.link(), loss.position(), raw, judge);
    return fitted.linked(fit).calibrated(usual, fit.link().temperature(), null);
  }

  /** Whether people differ: their own weights against the mean ones, on validation answers. */
  private static String tastes(
      BasisModel raw, double[] margins, double temperature, Preferences known) {
    var losses = new Losses(margins, temperature, known);
    var same = new Losses(raw.population().margins(known), temperature, known);
    return Texts.format(
        "%s: validation loss %.4f, %.4f with the mean weights for all",
        losses.below(same, 1) ? "people differ" : "no better than one prototype",
        losses.mean(),
        same.mean());
  }

  /** Log losses of answers at a temperature, summed by user, and what the answers weigh. */
  private record Losses(double[] sums, double[] weights) {

    Losses(double[] margins, double temperature, Preferences said) {
      this(new double[said.users().size()], new double[said.users().size()]);
      for (int row = 0; row < margins.length; row++) {
        sums[said.user(row)] += said.weight(row) * Links.logLoss(margins[row] / temperature);
        weights[said.user(row)] += said.weight(row);
      }
    }

    double mean() {
      return Arrays.stream(sums).sum() / Arrays.stream(weights).sum();
    }

    /** Whether they are lower by more than so many standard errors, paired by user. */
    boolean below(Losses other, double errors) {
      double gain = other.mean() - mean();
      double square = 0;
      for (int u = 0; u < sums.length; u++) {
        square += Math.pow(other.sums[u] - sums[u] - gain * weights[u], 2);
      }
      return gain > errors * Math.sqrt(square) / Arrays.stream(weights).sum();
    }
  }

  // ----------------------------------------------------------------------------- users once more

  /**
   * With the mixes of the training users found anew by all their answers, as a newcomer's are,
   * where the validation answers can tell that a pull of some strength on the weights themselves is
   * better than what training left.
   */
  Fitted placed() {
    if (!pullIsOpen()) return fitted;
    var raw = raw();
    var known = known(raw);
    if (known.answering().size() < PEOPLE) return fitted;
    double[] margins = raw.margins(known);
    var plain = calibrated(raw, known, margins);
    Persons best = null;
    var lowest = new Losses(margins, plain.temperature(), known);
    var trained = lowest;
    double pull = 0;
    var localizer = Localizer.of(model(plain));
    for (double strength : PULLS) {
      var people = Progress.quietly(() -> localizer.strength(strength).fitAll(train));
      var losses = losses(people.margins(known), known);
      if (losses.mean() >= lowest.mean()) continue;
      best = people;
      lowest = losses;
      pull = strength;
    }
    if (best == null || !lowest.below(trained, ERRORS)) return fitted;
    return fitted.mixing(best).saying("users", words(pull, trained, lowest));
  }

  private boolean pullIsOpen() {
    var settings = fitted.settings();
    return space() == Space.SIMPLEX
        && fitted.spec().basis().linear()
        && settings.get(FitSpec.PROTOTYPES) > 1
        && !settings.get(FitSpec.PARTITION)
        && settings.get(FitSpec.USER_PRIOR).equals(FitSpec.USER_PRIOR.initial())
        && Loss.LOGISTIC.equals(fitted.spec().loss());
  }

  private static String words(double pull, Losses trained, Losses placed) {
    return Texts.format(
        "placed anew, pulled by %.0f answers: validation loss %.4f, %.4f as trained",
        pull, placed.mean(), trained.mean());
  }

  private double[][] weights() {
    return space() == Space.POINT ? new double[][] {{1}} : UserWeights.of(fitted, space());
  }

  private Fitted rehearsed(Fitted plain, Preferences known) {
    double[] center = plain.prior().center();
    var best = best(plain, center, null, rehearsal(plain, center, known, null));
    boolean mayFallBack = space() == Space.SIMPLEX && fitted.spec().everybody() != null;
    if (!mayFallBack || !identities) return best.model();
    var everybody = fitted.spec().everybody().fit(train, known);
    double mixed =
        Temperature.logLoss(model(plain).population().margins(known), known, plain.temperature());
    double population =
        Temperature.logLoss(everybody.margins(known), known, everybody.temperature());
    if (population >= mixed) return best.model();
    var rehearsal = rehearsal(plain, withShare(center, SHARES[0]), known, everybody);
    for (double share : SHARES) {
      var candidate = best(plain, withShare(center, share), everybody, rehearsal);
      if (candidate.loss() < best.loss()) best = candidate;
    }
    return best.model();
  }

  /** A center of which a share moves to one more column, that of the score for everybody. */
  private static double[] withShare(double[] center, double share) {
    double[] longer = Arrays.copyOf(center, center.length + 1);
    for (int k = 0; k < center.length; k++) longer[k] *= 1 - share;
    longer[center.length] = share;
    return longer;
  }

  /** Whatever is believed of newcomers, the margins of their answers are the same. */
  private Rehearsal rehearsal(
      Fitted plain, double[] center, Preferences known, BasisModel fallback) {
    var prior = new Prior(space(), center, 1, fallback != null);
    return new Rehearsal(
        model(plain.calibrated(prior, plain.temperature(), fallback)), train, known);
  }

  private record Candidate(Fitted model, double loss) {}

  private Candidate best(Fitted plain, double[] center, BasisModel fallback, Rehearsal rehearsal) {
    double unit = unit(plain.prior());
    var best = rehearsal.best(center, Arrays.stream(STRENGTHS).map(s -> s * unit).toArray());
    var prior = new Prior(space(), center, best.strength(), fallback != null);
    return new Candidate(plain.calibrated(prior, plain.temperature(), fallback), best.loss());
  }

  // On the simplex weights have one size; elsewhere the strengths lie around the users' tightness.
  private double unit(Prior usual) {
    return space() == Space.SIMPLEX ? 1 : usual.strength() / 16;
  }

  private static double[] mean(double[][] weights) {
    double[] mean = new double[weights[0].length];
    for (double[] w : weights) for (int k = 0; k < w.length; k++) mean[k] += w[k] / weights.length;
    return mean;
  }

  /** (K-1) / E|w - center|^2 on the simplex, K / E|w - center|^2 in a free space. */
  private double tightness(double[][] weights, double[] center) {
    double spread = space() == Space.SIMPLEX ? 1e-3 : 1e-9;
    for (double[] w : weights) {
      for (int k = 0; k < w.length; k++) spread += Math.pow(w[k] - center[k], 2) / weights.length;
    }
    return (space() == Space.FREE ? center.length : center.length - 1) / spread;
  }
}
