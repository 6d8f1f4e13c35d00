package palette.reward;

import palette.numeric.FreeNewton;
import palette.numeric.SimplexNewton;
import palette.numeric.WeightSolver;

/** Where a user's weights over the shared rewards may lie. */
public enum Space {
  /** Weights of at least 0 that sum to 1: a mix. */
  SIMPLEX {
    @Override
    public WeightSolver solver(int columns) {
      return new SimplexNewton(columns);
    }
  },
  /** Any numbers, with a Gaussian prior. */
  FREE {
    @Override
    public WeightSolver solver(int columns) {
      return new FreeNewton(columns);
    }
  },
  /** One weight, 1: the same reward for everybody. */
  POINT {
    @Override
    public WeightSolver solver(int columns) {
      return (loss, rows, weights, answers, strength, center, w) -> 0;
    }
  };

  /** What places somebody in this space. */
  public abstract WeightSolver solver(int columns);
}
