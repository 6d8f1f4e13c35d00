package palette.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.engine.Torch;
import palette.reward.LongFit;
import palette.reward.PeerTask;
import palette.reward.PolisTask;
import palette.support.Texts;

/**
 * The benchmark: {@code mvn -P bench test}, or only some of its parts, {@code -Dbench="pal-a pal-b
 * polis sweep localize memory"}. Training is timed against the optimised PyTorch peers on the same
 * data, start and batches, in turns: Palette, peer, Palette, peer. Ratios are taken turn by turn,
 * so that what else runs on the machine weighs on both alike; the median counts, and the range says
 * how quiet it was.
 */
public final class Bench {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int TURNS = Integer.getInteger("bench.turns", 5);
  private static final String LINE = "| %-34s | %9.2f | %12.2f | %5.2f (%.2f-%.2f) | %s | %s |";

  private Bench() {}

  /** Runs the named parts, all of them where none is named. */
  public static void main(String[] parts) throws Exception {
    var wanted =
        parts.length > 0
            ? List.of(parts)
            : List.of("pal-a", "pal-b", "polis", "sweep", "localize", "memory");
    System.out.println(versions());
    var peers = Peers.find();
    if (peers.isPresent()) training(peers.get(), wanted);
    else System.out.println("Training: no ../shared/bench, or no python3 with torch on the path.");
    if (wanted.contains("sweep")) SweepBench.main(new String[0]);
    if (wanted.contains("localize")) LocalizationBench.main(new String[0]);
    if (wanted.contains("memory")) System.out.println(LongFit.report(30_000));
  }

  private static String versions() {
    var runtime = Runtime.version() + ", " + System.getProperty("os.arch") + ", " + CORES;
    return Texts.format(
        "Java %s cores, %s, %.0f GFLOP/s (1024^3, all cores)",
        runtime, Torch.version() + " with " + Torch.features(), gflops());
  }

  private static double gflops() {
    Torch.threads(CORES);
    double best = Double.POSITIVE_INFINITY;
    try (var manager = Torch.manager(Device.cpu())) {
      var a = manager.randomNormal(new Shape(1024, 1024));
      for (int i = 0; i < 20; i++) {
        long began = System.nanoTime();
        try (var scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          a.matMul(a).getFloat(0, 0);
        }
        best = Math.min(best, (System.nanoTime() - began) / 1e9);
      }
    }
    return 2 * Math.pow(1024, 3) / best / 1e9;
  }

  // ---------------------------------------------------------------------------------- training

  private static void training(Peers peers, List<String> wanted) {
    var first = peers.train("pal-a-toy", 0, 2, CORES);
    System.out.println(Texts.format("Peer: %s, %.0f GFLOP/s", first.versions(), first.gflops()));
    System.out.println("Medians of " + TURNS + " turns; times are ms an epoch.");
    System.out.println(
        "| training                           | Palette   | peer         | ratio (range)    | final"
            + " losses     | test accuracy |");
    if (wanted.contains("pal-a")) {
      var task = PeerTask.palA(peers.data());
      compare("PAL-A toy, full batch", peers, task, "pal-a-toy", 0, 400, 1);
      compare("PAL-A toy, batch 1024", peers, task, "pal-a-toy", 1024, 100, 1);
    }
    if (wanted.contains("pal-b")) {
      var task = PeerTask.palB(peers.data());
      compare("PAL-B-Tiny K=2, batch 2048", peers, task, "pal-b-tiny", 2048, 4, CORES);
      compare("PAL-B-Tiny K=2, batch 256", peers, task, "pal-b-tiny", 256, 3, CORES);
    }
    if (wanted.contains("polis")) {
      var task = PolisTask.of(peers.polisData());
      comparePolis("Polis-like, PyTorch by distances", peers, task, "distances");
      comparePolis("Polis-like, PyTorch by views", peers, task, "views");
    }
  }

  private static void comparePolis(String name, Peers peers, PolisTask task, String style) {
    var ours = new ArrayList<PeerTask.Run>();
    var theirs = new ArrayList<Peers.Run>();
    task.train(2, CORES);
    for (int turn = 0; turn < TURNS; turn++) {
      ours.add(task.train(3, CORES));
      theirs.add(peers.trainPolis(style, 3, CORES));
    }
    print(name, ours, theirs, CORES);
  }

  /** The peer runs with all cores and with one; the better of the two counts. */
  private static void compare(
      String name, Peers peers, PeerTask task, String peer, int batch, int epochs, int threads) {
    int[] peerThreads = CORES > 1 ? new int[] {CORES, 1} : new int[] {1};
    var ours = new ArrayList<PeerTask.Run>();
    var theirs = new ArrayList<List<Peers.Run>>();
    for (int ignored : peerThreads) theirs.add(new ArrayList<>());
    task.train(epochs, batch, threads); // the JVM compiles its loops
    for (int turn = 0; turn < TURNS; turn++) {
      ours.add(task.train(epochs, batch, threads));
      for (int i = 0; i < peerThreads.length; i++) {
        theirs.get(i).add(peers.train(peer, batch, epochs, peerThreads[i]));
      }
    }
    int best = median(theirs.get(0)) <= median(theirs.get(theirs.size() - 1)) ? 0 : 1;
    print(name, ours, theirs.get(best), peerThreads[best]);
  }

  private static double median(List<Peers.Run> runs) {
    return Peers.median(runs.stream().mapToDouble(Peers.Run::seconds).toArray());
  }

  private static void print(
      String name, List<PeerTask.Run> ours, List<Peers.Run> theirs, int peerThreads) {
    double[] mine = ours.stream().mapToDouble(PeerTask.Run::seconds).toArray();
    double[] ratios = new double[mine.length];
    for (int i = 0; i < mine.length; i++) ratios[i] = theirs.get(i).seconds() / mine[i];
    var a = ours.get(0);
    var b = theirs.get(0);
    System.out.println(
        Texts.format(
            LINE,
            name,
            1e3 * Peers.median(mine),
            1e3 * median(theirs),
            Peers.median(ratios),
            Arrays.stream(ratios).min().orElseThrow(),
            Arrays.stream(ratios).max().orElseThrow(),
            Texts.format("%.6f %.6f", a.loss(), b.loss()),
            Texts.format("%.4f %.4f", a.accuracy(), b.accuracy())
                + ", peer on "
                + Texts.count(peerThreads, "thread")));
  }
}
