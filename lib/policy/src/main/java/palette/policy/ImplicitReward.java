package palette.policy;

import java.util.List;
import palette.data.Preferences;
import palette.reward.Link;
import palette.reward.Scorer;

/**
 * What a tuned policy has come to like: beta (log pi(answer | prompt) - log ref(answer | prompt)),
 * in units of the logistic link.
 */
public final class ImplicitReward implements Scorer {
  private final String name;
  private final Policy policy;
  private final Policy reference;
  private final double beta;
  private final Link link;

  ImplicitReward(String name, Policy policy, Policy reference, double beta, Link link) {
    this.name = name;
    this.policy = policy;
    this.reference = reference;
    this.beta = beta;
    this.link = link;
  }

  /** Who speaks as this reward likes. */
  public Policy policy() {
    return policy;
  }

  /** The rewards of some answers, in order; the prompt may be null. */
  public double[] rewards(String prompt, List<String> answers) {
    return rewards(answers.stream().map(answer -> policy.script(prompt, answer)).toList());
  }

  private double[] rewards(List<Script> scripts) {
    double[] rewards = policy.logProbabilities(scripts);
    double[] before = reference.logProbabilities(scripts);
    for (int i = 0; i < rewards.length; i++) rewards[i] = beta * (rewards[i] - before[i]);
    return rewards;
  }

  @Override
  public double[] margins(Preferences answers) {
    double[] margins = rewards(PairCost.scripts(policy, answers, true));
    double[] rejected = rewards(PairCost.scripts(policy, answers, false));
    for (int row = 0; row < margins.length; row++) margins[row] -= rejected[row];
    return margins;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double temperature() {
    return link.temperature();
  }

  @Override
  public Link link() {
    return link;
  }
}
