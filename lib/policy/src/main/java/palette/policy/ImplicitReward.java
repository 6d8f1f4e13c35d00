package palette.policy;

import java.util.List;
import palette.data.Preferences;
import palette.reward.Link;
import palette.reward.Scorer;

/**
 * What a tuned policy has come to like: beta (log pi(answer | prompt) - log ref(answer | prompt)),
 * in units of the logistic link.
 *
 * @param policy pi, who speaks as this reward likes
 * @param reference ref, the policy before
 */
public record ImplicitReward(String name, Policy policy, Policy reference, double beta, Link link)
    implements Scorer {

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
  public double temperature() {
    return link.temperature();
  }
}
