package palette.reward;

import java.util.List;
import palette.data.Preferences;

/**
 * A reward model whose users are weights on the simplex over K prototypes. This is all that placing
 * a new user needs to know of PAL-A and PAL-B.
 */
public interface PrototypeModel extends RewardModel {

  /** K. */
  int prototypes();

  /** The ids of the training users, in order. */
  List<String> users();

  /** A training user's weights, K numbers of at least 0 that sum to 1. */
  double[] weights(String user);

  /** What is believed of somebody who has said nothing yet. */
  Prior prior();

  /** The margins of these answers as functions of the weights. The answers' users play no role. */
  WeightMargins byWeight(Preferences answers);

  /** The rewards of items for somebody with these weights (as many as {@link Prior#center} has). */
  double[] rewards(double[] weights, String prompt, List<String> items);

  /** PAL at the population's weights, the same for everybody. */
  Scorer population();

  /**
   * The belief about a new user: {@code strength / 2 * |w - center|^2} is added to the loss (in
   * nats, one answer weighing 1). With {@code populationColumn} there is one weight more than
   * prototypes, the last: the share of the {@link Population} score, which PAL falls back to where
   * a mix of prototypes knows less.
   */
  record Prior(double[] center, double strength, boolean populationColumn) {}
}
