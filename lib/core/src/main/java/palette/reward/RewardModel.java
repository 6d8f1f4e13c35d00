package palette.reward;

import java.util.List;
import palette.support.Provenance;
import palette.support.Rendered;

/**
 * A learned reward: how much a user likes an item, given a prompt. Higher is better. Items and
 * prompts are named by id or, when the model has an embedder, by their text; a known id wins. The
 * prompt may be null. An unknown user is an error that says what to do.
 */
public interface RewardModel extends Scorer, Rendered {

  /** Whether the user took part in the training. */
  boolean knows(String user);

  /** The rewards of several items for one user, in order. */
  double[] rewards(String user, String prompt, List<String> items);

  /** Where the model comes from. */
  Provenance provenance();

  /** The reward of one item. */
  default double reward(String user, String prompt, String item) {
    return rewards(user, prompt, List.of(item))[0];
  }

  /**
   * P(the user prefers left to right), by {@link #link}: sigmoid((reward(left) - reward(right)) /
   * temperature) unless another was learned.
   */
  default double probability(String user, String prompt, String left, String right) {
    double[] both = rewards(user, prompt, List.of(left, right));
    return link().probability(both[0] - both[1]);
  }

  /** P(the user sees no difference); 0 unless ties were learned. */
  default double tieProbability(String user, String prompt, String left, String right) {
    double[] both = rewards(user, prompt, List.of(left, right));
    return link().tie(both[0] - both[1], 0);
  }

  /** The items by falling reward. */
  default Ranking rank(String user, String prompt, List<String> items) {
    return Ranking.of(items, rewards(user, prompt, items));
  }

  /** An item with its reward. */
  record Ranked(String item, double reward) {}
}
