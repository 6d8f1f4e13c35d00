package palette.reward;

import palette.data.Preferences;

/**
 * A reward model that can get to know somebody by answers, whatever it makes of them: weights over
 * shared rewards ({@link PrototypeModel}), a vector that an encoder reads, or anything else.
 */
public interface PersonalModel extends RewardModel {

  /** How many numbers are found out of each person; 0 where all have one reward. */
  int numbers();

  /** What is believed of somebody who has said nothing, the same for everybody. */
  Scorer population();

  /** Somebody known by these answers, all of one user; no answers at all are allowed. */
  Scorer place(Preferences answersOfOne);
}
