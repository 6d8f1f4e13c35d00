package palette.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Torch;
import palette.fit.ChainedSpec;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.Provenance;

/**
 * How preferences change a policy: direct preference optimisation (Rafailov et al. 2023, arXiv
 * 2305.18290) and its pluralistic kin. The loss is the mean over rows of
 *
 * <pre>alpha l(t_u) + (1 - alpha) l(t_0) + sft * (nats a token of the chosen answer)</pre>
 *
 * with t ({@link PairLoss}) by the voice of who answered and by the generic one, which is all there
 * is unless users get voices. {@code l(t) = -log sigmoid(beta t)} unless another is said. Rows
 * weigh as the preferences say. The policy before is the reference; what it says is found once.
 *
 * <pre>{@code
 * Aligned everybody = Dpo.of(base).beta(.1).train(preferences);
 * Aligned each = Dpo.of(base).clusters(2).train(preferences);       // P-DPO
 * each.policy("ann").generate("What is ice like?");
 * Aligned mixed = Dpo.of(base).gamma().train(preferences);          // MixDPO
 * }</pre>
 */
public final class Dpo extends TuneSpec<Dpo> {
  static final Option<Double> BETA = Option.of("beta", 0.1);
  static final Option<Double> SFT = Option.of("sft", 0.1);
  static final Option<Double> ALPHA = Option.of("alpha", 0.5);
  static final Option<Integer> CLUSTERS = Option.of("clusters", 0);

  final Policy base;
  final PairLoss loss;
  final Voices voices;
  private final UnaryOperator<String> groups; // null: rows weigh as they are

  private Dpo(
      Settings settings, Policy base, PairLoss loss, Voices voices, UnaryOperator<String> groups) {
    super(settings);
    this.base = base;
    this.loss = loss;
    this.voices = voices;
    this.groups = groups;
  }

  /**
   * The defaults: one voice, beta .1, SFT .1, 3 epochs of 32 pairs a step at a rate of 5e-5. Where
   * people disagree only the difference is for all to learn. The first steps go there; what is left
   * to later or larger ones is who answered what, learned by heart, which hides it again. Voices of
   * their own are to learn that, and take 6 to 8 epochs.
   */
  public static Dpo of(Policy base) {
    return saved(defaults(), Checks.present("base", base), PairLoss.of(Loss.LOGISTIC), Voices.ONE);
  }

  static Settings defaults() {
    return settings(3, 32, 5e-5, BETA, SFT, ALPHA, CLUSTERS);
  }

  /** What a file says of a spec: all but the groups that {@link #balanced} weighs by. */
  static Dpo saved(Settings settings, Policy base, PairLoss loss, Voices voices) {
    return new Dpo(settings, base, loss, voices, null);
  }

  @Override
  Dpo with(Settings other) {
    return new Dpo(other, base, loss, voices, groups);
  }

  /** How strongly the policy is held at the reference; of a random strength its mean at first. */
  public Dpo beta(double strength) {
    return with(BETA, Checks.positive("beta", strength));
  }

  /**
   * How much of the chosen answers' nats a token is added: the margin alone breaks the text. On the
   * length task voices need 2 and eight epochs, where .1 breaks it; one voice for people who
   * disagree needs less, since 1 teaches it both.
   */
  public Dpo sft(double share) {
    return with(SFT, Checks.notNegative("sft", share));
  }

  // ---------------------------------------------------------------------------------- what t costs

  private Dpo with(PairLoss other) {
    return new Dpo(settings, base, other, voices, groups);
  }

  /** Another loss of beta t, {@link Loss#HINGE} for example. */
  public Dpo loss(Loss other) {
    return with(PairLoss.of(other));
  }

  /** IPO, (t - 1 / (2 beta))^2, which does not ask for ever more where all agree. */
  public Dpo ipo() {
    return with(PairLoss.IPO);
  }

  /**
   * MixDPO (arXiv 2601.06180): people are not always equally decided, so beta is drawn anew for
   * each answer, here from a Gamma distribution, in closed form. Its mean and its coefficient of
   * variation, one half at first, are learned.
   */
  public Dpo gamma() {
    return with(PairLoss.GAMMA);
  }

  /** The same with a log-normal beta, by quadrature. */
  public Dpo logNormal() {
    return with(PairLoss.LOG_NORMAL);
  }

  /** The same by 16 draws of equal weight, as the paper has it. */
  public Dpo logNormalDraws() {
    return with(PairLoss.DRAWN);
  }

  // ------------------------------------------------------------------------------------ who speaks

  private Dpo with(Voices other) {
    int voice = base.shape.voice();
    Checks.require(voice > 0, "base", "a policy with .voice(1) or more", "voice " + voice);
    return new Dpo(settings, base, loss, other, groups);
  }

  /** P-DPO (arXiv 2402.05133): each user's voice is the generic one and an offset of its own. */
  public Dpo individual() {
    return with(Voices.INDIVIDUAL);
  }

  /** P-DPO where each user's voice is a mix of K shared ones. */
  public Dpo clusters(int count) {
    return with(CLUSTERS, Checks.atLeast(2, "clusters", count)).with(Voices.CLUSTER);
  }

  /** How much of the loss is that of the user's own voice, in (0, 1]. */
  public Dpo alpha(double share) {
    Checks.require(share > 0 && share <= 1, "alpha", "a share in (0, 1]", share);
    return with(ALPHA, share);
  }

  /** Each group of users counts alike, however many answers it gave. */
  public Dpo balanced(UnaryOperator<String> groupOfUser) {
    return new Dpo(settings, base, loss, voices, Checks.present("groups", groupOfUser));
  }

  // ----------------------------------------------------------------------------------------- train

  /** The policy that these answers ask for; prompts and items are their texts. */
  public Aligned train(Preferences answers) {
    Checks.require(answers.size() > 0, "answers", "at least one", "none");
    var users = Catalog.of(answers.answering());
    var start = new LinkedHashMap<>(base.weights);
    long seed = get(ChainedSpec.SEED);
    start.putAll(voices.start(base, users.size(), get(CLUSTERS), seed));
    var goal = new PairCost(this, answers, users, voices == Voices.ONE ? 1 : get(ALPHA), get(SFT));
    var learned = learn(name(), base.shape, voices, start, goal, false);
    var provenance =
        Provenance.now(
            Map.of(
                "model", name(),
                "spec", toString(),
                "base", base.embedder().fingerprint(),
                "data", answers.fingerprint(),
                "engine", Torch.version()));
    return new Aligned(this, learned, users, provenance);
  }

  /** "P-DPO, K=2, Gamma strength". */
  String name() {
    String who =
        switch (voices) {
          case ONE -> "DPO";
          case INDIVIDUAL -> "P-DPO";
          case CLUSTER -> "P-DPO, K=" + get(CLUSTERS);
        };
    return who + loss.name();
  }

  /** What each row weighs, 1 on average. */
  double[] weights(Preferences answers) {
    var sums = new HashMap<String, Double>();
    var group = new ArrayList<String>();
    for (int row = 0; row < answers.size(); row++) {
      var user = answers.users().id(answers.user(row));
      group.add(groups == null ? "all" : groups.apply(user));
      sums.merge(group.get(row), answers.weight(row), Double::sum);
    }
    double[] weights = new double[group.size()];
    for (int row = 0; row < weights.length; row++) {
      double share = answers.weight(row) / sums.get(group.get(row)) / sums.size();
      weights[row] = share * weights.length;
    }
    return weights;
  }
}
