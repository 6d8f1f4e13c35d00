package palette.policy;

import java.util.List;

/** What a policy is to bring about: rows, each with a cost by the log-probabilities of scripts. */
interface Goal {

  /** How many rows there are. */
  int rows();

  /** What a row is about. */
  List<Script> scripts(int row);

  /**
   * The cost of a row.
   *
   * @param logProbs of its scripts
   * @param slopes to be filled with the cost's slopes by these
   * @param own to be added to: its slopes by the goal's own numbers
   */
  double cost(int row, double[] logProbs, double[] slopes, double[] own);

  /** Numbers of the goal's own, which are learned beside the policy; changed in place. */
  default double[] own() {
    return new double[0];
  }
}
