package palette.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import palette.engine.Torch;

/** The matrix products of a training step: what no implementation of it can leave out. */
record Products(List<Product> all) {
  private static final int FEWEST = 5; // repeats of a product
  private static final double ENOUGH = 0.03; // seconds of a product

  /** {@code count} products [m][k] by [k][n] in one operation. */
  record Product(int count, int m, int k, int n) {
    double flops() {
      return 2.0 * count * m * k * n;
    }
  }

  /** PAL-A with a linear f: the map of so many items, and what K prototypes make of them. */
  static Products palA(int items, int inputs, int latent, int k) {
    var all = new ArrayList<Product>();
    layer(all, 1, items, inputs, latent, false);
    layer(all, 1, items, latent, k, true);
    return new Products(all);
  }

  /** PAL-A with two layers. */
  static Products palA(int items, int inputs, int hidden, int latent, int k) {
    var all = new ArrayList<Product>();
    layer(all, 1, items, inputs, hidden, false);
    layer(all, 1, items, hidden, latent, true);
    layer(all, 1, items, latent, k, true);
    return new Products(all);
  }

  /**
   * PAL-B with two layers, forward and backward, for so many rows that pass through f and g. Each
   * layer has its output, the slope of its weights and, unless its input is data, the slope of it.
   */
  static Products palB(int items, int prompts, int inputs, int hidden, int latent, int k) {
    var all = new ArrayList<Product>();
    layer(all, 1, items, inputs, hidden, false);
    layer(all, 1, items, hidden, latent, true);
    layer(all, 1, prompts, inputs, k * hidden, false);
    layer(all, k, prompts, hidden, latent, true);
    return new Products(all);
  }

  private static void layer(
      List<Product> all, int count, int rows, int in, int out, boolean inputLearns) {
    all.add(new Product(count, rows, in, out));
    all.add(new Product(count, in, rows, out));
    if (inputLearns) all.add(new Product(count, rows, out, in));
  }

  /** Operations of a step; a multiplication and an addition are two. */
  double flops() {
    return all.stream().mapToDouble(Product::flops).sum();
  }

  /** Seconds of a step, each product again and again, the median; on all threads that torch has. */
  double seconds(Device device) {
    double sum = 0;
    boolean outer = Torch.recording();
    Torch.recording(false);
    try (var manager = Torch.manager(device)) {
      for (var product : all) sum += seconds(product, manager);
    } finally {
      Torch.recording(outer);
    }
    return sum;
  }

  private static double seconds(Product p, NDManager manager) {
    var seconds = new ArrayList<Double>();
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray a = manager.randomNormal(new Shape(p.count, p.m, p.k));
      NDArray b = manager.randomNormal(new Shape(p.count, p.k, p.n));
      once(a, b);
      for (double sum = 0; seconds.size() < FEWEST || sum < ENOUGH; ) {
        double took = once(a, b);
        seconds.add(took);
        sum += took;
      }
    }
    return Peers.median(seconds);
  }

  // Reading one number waits for the device, and from a GPU takes as long as a small product.
  private static double once(NDArray a, NDArray b) {
    int times = a.getDevice().isGpu() ? 10 : 1;
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long began = System.nanoTime();
      for (int i = 1; i < times; i++) Torch.bmm(a, b).close();
      Torch.bmm(a, b).getFloat(0, 0, 0);
      return (System.nanoTime() - began) / 1e9 / times;
    }
  }
}
