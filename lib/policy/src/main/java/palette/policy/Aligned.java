package palette.policy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.reward.History;
import palette.reward.Link;
import palette.reward.PersonalModel;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * A policy that preferences have changed, and with it a reward model: each user's {@link
 * ImplicitReward}. Where all speak with one voice it knows everybody.
 */
public final class Aligned implements PersonalModel, Tabled {
  private static final int NEWCOMER_STEPS = 60;

  final Dpo spec;
  final Map<String, Tensor> weights;
  final double[] own; // log beta and log variation, where they are learned
  final Catalog users;
  private final History history;
  private final double beta;
  private final Link link;
  private final Provenance provenance;

  Aligned(Dpo spec, TuneSpec.Learned learned, Catalog users, Provenance provenance) {
    this.spec = spec;
    this.weights = learned.weights();
    this.history = learned.history();
    this.users = users;
    var loss = spec.loss;
    this.own = learned.own();
    this.provenance = provenance;
    this.beta = loss.learned() ? Math.exp(own[0]) : spec.get(Dpo.BETA);
    this.link = new Link(loss.kind(), loss.learned() ? Math.exp(own[1]) : Double.NaN, 0, 1);
  }

  /**
   * A saved policy with its users and its base, to the last bit.
   *
   * @throws InputException if a file is missing, damaged or of another kind
   */
  public static Aligned load(Path dir) {
    return PolicyFolder.readAligned(dir);
  }

  /** Writes a folder that {@link #load} reads, whole or not at all. */
  public void save(Path dir) {
    PolicyFolder.write(this, dir);
  }

  // ------------------------------------------------------------------------------------ policies

  /** The generic voice. */
  public Policy policy() {
    return population().policy();
  }

  /** A user's voice. */
  public Policy policy(String user) {
    return of(user).policy();
  }

  private ImplicitReward of(String user) {
    int u = users.indexOf(user);
    if (spec.voices == Voices.ONE) return population();
    if (u >= 0) return voice(name(), weights, u + 1);
    throw new InputException(
        "user '" + user + "'",
        "one of the " + users.size() + " training users",
        "somebody new",
        "Place them with place(answers), or use population().");
  }

  private ImplicitReward voice(String name, Map<String, Tensor> its, int speaker) {
    var shared = new LinkedHashMap<>(weights);
    shared.keySet().removeIf(key -> key.startsWith(Voices.ALL));
    var common = new Policy(spec.base.shape, shared, spec.base.vocabulary, history);
    boolean none = spec.voices == Voices.ONE;
    var policy = none ? common : common.speaking(spec.voices.numbers(its, speaker));
    return new ImplicitReward(name, policy, spec.base, beta, link);
  }

  /** What happened in each epoch. */
  public History history() {
    return history;
  }

  /** The mean of beta: as it was given, or as MixDPO has learned it. */
  public double strength() {
    return beta;
  }

  /** The coefficient of variation of beta: how unlike people's answers are; 0 unless MixDPO. */
  public double strengthVariation() {
    return Double.isNaN(link.shape()) ? 0 : link.shape();
  }

  // ------------------------------------------------------------------------------------- rewards

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public int numbers() {
    int voice = spec.base.shape.voice() * spec.base.shape.width();
    return spec.voices == Voices.ONE
        ? 0
        : spec.voices == Voices.CLUSTER ? spec.get(Dpo.CLUSTERS) : voice;
  }

  @Override
  public boolean knows(String user) {
    return spec.voices == Voices.ONE || users.indexOf(user) >= 0;
  }

  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    return of(user).rewards(prompt, items);
  }

  @Override
  public double[] margins(Preferences answers) {
    if (spec.voices == Voices.ONE) return population().margins(answers);
    double[] margins = new double[answers.size()];
    for (var user : answers.answering()) {
      int u = answers.users().indexOf(user);
      int[] rows = IntStream.range(0, margins.length).filter(r -> answers.user(r) == u).toArray();
      double[] its = of(user).margins(answers.select(rows));
      for (int i = 0; i < rows.length; i++) margins[rows[i]] = its[i];
    }
    return margins;
  }

  @Override
  public ImplicitReward population() {
    return voice(name() + ", generic voice", weights, 0);
  }

  /**
   * Somebody's voice by answers: an offset, or weights over the shared voices, that begins at the
   * generic one; 60 steps of Adam, while all that is shared stands still.
   */
  @Override
  public ImplicitReward place(Preferences answersOfOne) {
    if (spec.voices == Voices.ONE || answersOfOne.size() == 0) return population();
    var one = Catalog.of(answersOfOne.answering());
    var start = new LinkedHashMap<>(weights);
    start.putAll(spec.voices.newcomer(weights));
    var goal = new PairCost(spec, answersOfOne, one, 1, spec.get(Dpo.SFT));
    var found =
        spec.epochs(NEWCOMER_STEPS)
            .batch(answersOfOne.size())
            .learn("somebody new", spec.base.shape, spec.voices, start, goal, true);
    return voice(name() + ", placed", found.weights(), 1);
  }

  @Override
  public double temperature() {
    return 1;
  }

  @Override
  public Link link() {
    return link;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Sheet sheet() {
    return new Sheet(
        name(),
        List.of("", ""),
        List.of(
            List.of("users", Texts.format("%,d", users.size())),
            List.of("beta", Texts.format("%.3f", beta)),
            List.of("coefficient of variation", Texts.format("%.3f", strengthVariation())),
            List.of("settings", spec.toString())));
  }

  @Override
  public String toString() {
    return text();
  }
}
