package palette.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import palette.reward.Ranking;
import palette.support.Checks;

/**
 * Answers picked by a reward without training anything: the best of n that were drawn, or answers
 * that are drawn until one is accepted. Both leave what they draw from by a known distance.
 */
public final class BestOfN {
  private BestOfN() {}

  /** The candidate that the judge likes best; the first of equals. */
  public static String pick(Judge judge, String prompt, List<String> candidates) {
    Checks.notEmpty("candidates", candidates);
    return Ranking.of(candidates, judge.rewards(prompt, candidates)).get(0).item();
  }

  /**
   * KL(best of n || one draw) = log n - (n - 1) / n in nats, where no two answers are equally good;
   * else it is less (Beirami et al., arXiv 2401.01879).
   */
  public static double divergence(double n) {
    Checks.require(n >= 1, "n", "at least 1", n);
    return Math.log(n) - (n - 1) / n;
  }

  /**
   * How often each of N candidates is the best of n draws with replacement: {@code ((i + e)^n -
   * i^n) / (e N^n)} where i are worse and e, itself among them, as good.
   */
  public static double[] chances(double[] rewards, double n) {
    Checks.require(n >= 1, "n", "at least 1", n);
    double all = rewards.length;
    double[] chances = new double[rewards.length];
    for (int x = 0; x < chances.length; x++) {
      double reward = rewards[x];
      double worse = Arrays.stream(rewards).filter(r -> r < reward).count();
      double equal = Arrays.stream(rewards).filter(r -> r == reward).count();
      chances[x] = (Math.pow((worse + equal) / all, n) - Math.pow(worse / all, n)) / equal;
    }
    return chances;
  }

  /**
   * Rejection sampling: draws candidates until one is accepted, with the chance {@code exp((reward
   * - best) / beta)}. So each comes with the share exp(reward / beta) / Z: the policy of the
   * highest mean reward less beta KL(policy || one draw).
   */
  public static String sample(
      Judge judge, String prompt, List<String> candidates, double beta, RandomGenerator random) {
    Checks.notEmpty("candidates", candidates);
    Checks.positive("beta", beta);
    double[] rewards = judge.rewards(prompt, candidates);
    double best = Arrays.stream(rewards).max().getAsDouble();
    while (true) {
      int drawn = random.nextInt(rewards.length);
      double chance = Math.exp((rewards[drawn] - best) / beta);
      if (random.nextDouble() < chance) return candidates.get(drawn);
    }
  }
}
