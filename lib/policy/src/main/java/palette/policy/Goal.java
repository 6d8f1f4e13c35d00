package palette.policy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
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
    try (var out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (int row = 0; row < rows(); row++) {
        var scripts = scripts(row);
        for (var script : scripts) {
          out.writeInt(script.speaker());
          out.writeInt(script.from());
          out.writeInt(script.tokens().length);
          for (int token : script.tokens()) out.writeInt(token);
        }
        double[] slopes = new double[scripts.size()];
        out.writeDouble(cost(row, new double[slopes.length], slopes, new double[own().length]));
        for (double slope : slopes) out.writeDouble(slope);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
