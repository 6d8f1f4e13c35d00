package palette.reward;

import palette.data.Preferences;

/** Describes a model that can be fitted; immutable, so a sweep may fit one spec many times. */
public interface RewardSpec {

  /** Learns from these answers; part of them is set aside for validation as the spec says. */
  RewardModel fit(Preferences train);

  /** Learns from the first, chooses (epoch, restart, temperature, prior) on the second. */
  RewardModel fit(Preferences train, Preferences validation);

  /** The same spec with another seed. */
  RewardSpec seed(long seed);

  /** The same as one of several fits: with a checkpoint of its own, where it has any. */
  default RewardSpec part(String name) {
    return this;
  }

  /** The same spec with so many threads a fit, where a fit uses any but its own. */
  default RewardSpec threads(int count) {
    return this;
  }
}
