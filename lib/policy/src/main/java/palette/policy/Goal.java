package palette.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import palette.support.Sha256;

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

  /** Names it by its scripts, and by what each row costs where all of them are certain. */
  default String fingerprint() {
    var digest = Sha256.begin();
    for (int row = 0; row < rows(); row++) {
      var said = new StringBuilder();
      for (var script : scripts(row)) {
        said.append(script.speaker()).append(' ').append(script.from());
        said.append(Arrays.toString(script.tokens()));
      }
      double[] slopes = new double[scripts(row).size()];
      said.append(cost(row, new double[slopes.length], slopes, new double[own().length]));
      digest.update(said.append(Arrays.toString(slopes)).toString().getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
