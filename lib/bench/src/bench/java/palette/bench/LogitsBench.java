package palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.personalize.Localizer;
import palette.reward.PrototypeModel.Prior;
import palette.reward.WeightMargins;
import palette.support.Texts;

/**
 * Newcomers placed one by one, by {@link Localizer#fit} and by PyTorch's gradient descent on
 * logits, on the same margins (K=3, 20 answers, no prior), in turns. More steps come nearer to the
 * optimum, which often lies on the edge of the simplex, where logits would have to be infinite.
 */
final class LogitsBench {
  private static final int USERS = 2000;
  private static final int ALONE = 30; // that the peer places one by one
  private static final int[] STEPS = {200, 1000};
  private static final Path FILE = Path.of("target", "bench", "newcomers.f64");
  private final List<Localizer> localizers = new ArrayList<>();
  private final Preferences answers = LocalizationBench.answers(1);

  private LogitsBench(double[][] rows) {
    int k = rows[0].length;
    double[] center = new double[k];
    Arrays.fill(center, 1.0 / k);
    for (int from = 0; from < rows.length; from += answers.size()) {
      double[][] own = Arrays.copyOfRange(rows, from, from + answers.size());
      var margins = WeightMargins.linear(own, null, k);
      localizers.add(Localizer.of(new GivenMargins(margins, new Prior(center, 0, false))));
    }
  }

  static void against(Python python) throws IOException {
    double[][] rows = LocalizationBench.rows(USERS, 3);
    write(rows);
    var bench = new LogitsBench(rows);
    for (int i = 0; i < 20; i++) bench.place();
    System.out.println("\nGradient descent on logits, users one by one, one thread");
    for (int steps : STEPS) bench.against(python, steps);
  }

  private static void write(double[][] rows) throws IOException {
    var bytes = ByteBuffer.allocate(rows.length * rows[0].length * Double.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : rows) for (double value : row) bytes.putDouble(value);
    Files.createDirectories(FILE.getParent());
    Files.write(FILE, bytes.array());
  }

  /** Places everybody, one after another; the largest gap. */
  private double place() {
    double largest = 0;
    for (var localizer : localizers) {
      largest = Math.max(largest, localizer.fit(answers).certificate().gap());
    }
    return largest;
  }

  private double seconds() {
    long began = System.nanoTime();
    place();
    return (System.nanoTime() - began) / 1e9 / localizers.size();
  }

  private void against(Python python, int steps) {
    double[] ours = new double[Turns.COUNT];
    double[] ratios = new double[Turns.COUNT];
    double[] theirs = new double[Turns.COUNT];
    JsonNode last = null;
    for (int turn = 0; turn < ours.length; turn++) {
      ours[turn] = seconds();
      last =
          python.json(Python.script("localize_peer.py"), FILE, "--steps", steps, "--users", ALONE);
      theirs[turn] = last.get("seconds").asDouble();
      ratios[turn] = theirs[turn] / ours[turn];
    }
    print(steps, ours, theirs, ratios, last);
  }

  private void print(int steps, double[] ours, double[] theirs, double[] ratios, JsonNode peer) {
    System.out.println(
        Texts.format(
            "%,d steps of Adam: %.2f ms a user, gap %.0e (median), %.0e (largest)."
                + " Palette: %.2f us, largest gap %.0e. Ratio %,.0f (%,.0f-%,.0f)."
                + " All %,d users in one tensor: %.1f us a user.",
            steps,
            1e3 * Peers.median(theirs),
            peer.get("gap_median").asDouble(),
            peer.get("gap_max").asDouble(),
            1e6 * Peers.median(ours),
            place(),
            Peers.median(ratios),
            Arrays.stream(ratios).min().orElseThrow(),
            Arrays.stream(ratios).max().orElseThrow(),
            USERS,
            1e6 * peer.get("batched_seconds").asDouble()));
  }
}
