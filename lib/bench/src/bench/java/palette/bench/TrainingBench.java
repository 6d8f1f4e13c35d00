package palette.bench;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import palette.engine.Torch;
import palette.support.Texts;

/** Training against PyTorch on the same data, start and batches. */
final class TrainingBench {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private final Peers peers;

  TrainingBench(Peers peers) {
    this.peers = peers;
  }

  void versions() {
    var run = peers.train("pal-a-toy", "optimised", 0, 2, CORES);
    System.out.println(Texts.format("Peer: %s, %.0f GFLOP/s", run.versions(), run.gflops()));
  }

  // -------------------------------------------------------------------------------------- PAL-A

  void palA() {
    var task = PeerTask.palA(peers.data());
    palA("PAL-A toy, full batch", task, 0, 400);
    palA("PAL-A toy, batch 1024", task, 1024, 100);
  }

  /** The products are small: the peer runs with all cores and with one, and its better counts. */
  private void palA(String name, PeerTask task, int batch, int epochs) {
    var turns =
        Turns.of(
            () -> task.train(epochs, batch, 1),
            () -> peers.train("pal-a-toy", "optimised", batch, epochs, 1),
            () -> peers.train("pal-a-toy", "optimised", batch, epochs, CORES));
    int best = turns.best();
    turns.print(name, best, "on " + Texts.count(best == 0 ? 1 : CORES, "thread"));
  }

  /** As the papers' code trains: a sample at a time out of a loader, a parameter a user. */
  void reference() {
    var task = PeerTask.palA(peers.data());
    task.train(30, 4, 1); // three epochs are too few for the JVM
    Turns.of(() -> task.train(3, 4, 1), () -> peers.train("pal-a-toy", "reference", 4, 3, 1))
        .print("PAL-A toy, batch 4, 3 epochs", 0, "reference style, on 1 thread");
  }

  // -------------------------------------------------------------------------------------- PAL-B

  /** The products are large: all cores, with OpenBLAS at its best and as it is installed. */
  void palB() {
    var task = PeerTask.palB(peers.data());
    String floors = palB(task, 2048, 4) + palB(task, 256, 3);
    System.out.println(
        "\nMatrix products of an epoch at the rate of these shapes, same run:\n\n" + floors);
  }

  private String palB(PeerTask task, int batch, int epochs) {
    var all = Products.palB(2 * batch, batch, 384, 512, 512, 2);
    double[] distinct = task.distinct(batch);
    var shared = Products.palB((int) distinct[0], (int) distinct[1], 384, 512, 512, 2);
    List<Double> allSeconds = new ArrayList<>();
    List<Double> sharedSeconds = new ArrayList<>();
    Supplier<PeerTask.Run> palette =
        () -> {
          Torch.threads(CORES);
          allSeconds.add(all.seconds(Device.cpu()));
          sharedSeconds.add(shared.seconds(Device.cpu()));
          return task.train(epochs, batch, CORES);
        };
    var turns =
        Turns.of(palette, palB(peers, batch, epochs), palB(peers.installed(), batch, epochs));
    String name = "PAL-B-Tiny K=2, batch " + batch;
    turns.print(name, 0, peers.kernels());
    turns.print(name, 1, peers.installed().kernels());
    double steps = (double) task.pairs() / batch;
    return floor(name + ", all rows", all, allSeconds, steps, turns.seconds())
        + floor(name + ", distinct rows once", shared, sharedSeconds, steps, turns.seconds());
  }

  private static Supplier<Peers.Run> palB(Peers peers, int batch, int epochs) {
    return () -> peers.train("pal-b-tiny", "optimised", batch, epochs, CORES);
  }

  private static String floor(
      String rows, Products step, List<Double> seconds, double steps, double epoch) {
    double floor = Peers.median(seconds);
    return Texts.format(
        "- %s: %.0f GFLOP, %.0f ms at %.0f GFLOP/s; Palette's epoch takes %.2f times that\n",
        rows,
        steps * step.flops() / 1e9,
        1e3 * steps * floor,
        step.flops() / floor / 1e9,
        epoch / steps / floor);
  }

  // -------------------------------------------------------------------------------------- Polis

  void polis() {
    var task = PolisTask.of(peers.polisData());
    polis("Polis-like, PyTorch by distances", task, "distances");
    polis("Polis-like, PyTorch by views", task, "views");
  }

  private void polis(String name, PolisTask task, String style) {
    Turns.of(() -> task.train(3, CORES), () -> peers.trainPolis(style, 3, CORES))
        .print(name, 0, "on " + Texts.count(CORES, "thread"));
  }
}
