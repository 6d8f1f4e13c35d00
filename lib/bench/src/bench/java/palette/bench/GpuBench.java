package palette.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import palette.engine.Torch;
import palette.support.Texts;

/**
 * PAL-B on a GPU at D = hidden = d = 1024, K = 4, against the products of its shapes in single
 * precision and PyTorch on the same machine: in float32, or tf32 with {@code
 * TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1} for the whole process, and in bfloat16. Peers take the same.
 */
public final class GpuBench {
  private static final Path FOLDER = Path.of("target", "bench", "gpu");
  private static final int EPOCHS = 4;
  private final Device device;
  private final int size;
  private final int k;
  private final Optional<Python> python;
  private final String precision;

  private GpuBench(Device device, int size, int k, String precision) {
    this.device = device;
    this.size = size;
    this.k = k;
    this.precision = precision;
    this.python = Python.find();
  }

  private static List<String> precisions() {
    boolean tf32 = "1".equals(System.getenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE"));
    return List.of(tf32 ? "tf32" : "float32", "bfloat16");
  }

  /** What the benchmark runs; without a GPU it says so. */
  static void onTheGpu() throws IOException {
    if (Engine.getEngine("PyTorch").getGpuCount() == 0) {
      System.out.println(
          "gpu: no GPU at hand; run mvn -P bench,gpu test -Dbench=gpu on a machine with one.");
      return;
    }
    var device = Torch.device("gpu");
    try (var manager = Torch.manager(device)) {
      var where = manager.ones(new Shape(1)).getDevice();
      if (!where.isGpu()) throw new IllegalStateException("expected a GPU, found " + where);
    }
    for (String precision : precisions()) {
      var bench = new GpuBench(device, 1024, 4, precision);
      bench.header();
      var task = new GpuTask(131_072, 32_768, 1024, 1024, 1024, 4);
      bench.against(task, 131_072, 8192);
      bench.against(task, 131_072, 32_768);
      bench.agreement(new GpuTask(16_384, 16_384, 1024, 1024, 1024, 4), 8192);
    }
    LargeBench.on(device);
    PolicyBench.on(device);
  }

  /** Tries the same lines anywhere. Arguments: device, rows, batch, size of all layers, K. */
  public static void main(String[] arguments) {
    int[] n = Stream.of(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    for (String precision : precisions()) {
      var bench = new GpuBench(Torch.device(arguments[0]), n[2], n[3], precision);
      bench.header();
      var task = new GpuTask(n[0], n[0], n[2], n[2], n[2], n[3]);
      bench.against(task, n[0], n[1]);
      bench.agreement(task, n[1]);
    }
  }

  private void header() {
    System.out.println(
        Texts.format(
            "%nPAL-B on %s, %s, D = hidden = d = %d, K = %d, %s; medians of %d epochs",
            hardware(), Torch.version(), size, k, precision, EPOCHS - 1));
    System.out.println("| batch | what | pairs a second | ms a step | against Palette |");
    System.out.println("|---|---|---|---|---|");
  }

  private String hardware() {
    if (!device.isGpu()) return device.toString();
    return Texts.format(
        "%s, compute capability %s, %.0f GB",
        device,
        CudaUtils.getComputeCapability(device.getDeviceId()),
        CudaUtils.getGpuMemory(device).getMax() / 1e9);
  }

  // ------------------------------------------------------------------------------------- speed

  private void against(GpuTask task, int rows, int batch) {
    double steps = (double) rows / batch;
    double ours = task.train(device, precision, batch, EPOCHS).seconds();
    row(batch, "Palette", ours / steps, 1);
    var products = Products.palB(2 * batch, batch, size, size, size, k);
    double floor = products.seconds(device);
    String rate =
        Texts.format(
            "products alone: %.1f GFLOP a step at %.1f TFLOP/s, %.0f %% of Palette's time",
            products.flops() / 1e9, products.flops() / floor / 1e12, 100 * floor * steps / ours);
    row(batch, rate, floor, floor * steps / ours);
    if (python.isEmpty()) return;
    task.write(FOLDER);
    for (String style : List.of("eager", "compile")) peer(task, steps, batch, style, ours);
  }

  private void peer(GpuTask task, double steps, int batch, String style, double ours) {
    try {
      var line = peer(task, batch, style);
      double theirs = line.get("epoch_seconds").asDouble();
      String what = "PyTorch " + line.get("torch").asText() + ", " + style;
      row(batch, what + ", " + line.get("device").asText(), theirs / steps, theirs / ours);
    } catch (IllegalStateException e) {
      String why = "it did not run, see " + errors(style);
      System.out.println("| " + batch + " | PyTorch, " + style + ": " + why + " | | | |");
    }
  }

  private JsonNode peer(GpuTask task, int batch, String style) {
    var arguments = new ArrayList<Object>(List.of(FOLDER, "--style", style, "--batch", batch));
    arguments.addAll(List.of("--device", Python.name(device), "--epochs", EPOCHS));
    arguments.addAll(List.of("--precision", precision));
    arguments.addAll(Arrays.asList(task.arguments()));
    var peer = python.orElseThrow().errors(errors(style));
    return peer.json(Python.script("gpu_peer.py"), arguments.toArray());
  }

  private static Path errors(String style) {
    return FOLDER.resolve(style + ".err");
  }

  private static void row(int batch, String what, double secondsAStep, double ratio) {
    System.out.println(
        Texts.format(
            "| %,d | %s | %,.0f | %.2f | %.2f |",
            batch, what, batch / secondsAStep, 1e3 * secondsAStep, ratio));
  }

  // --------------------------------------------------------------------------------- agreement

  /** Two epochs of a smaller task from one start: on the device, on the CPU, and by the peer. */
  private void agreement(GpuTask task, int batch) {
    double[] here = task.train(device, precision, batch, 2).losses();
    double[] cpu = task.trainOnCpu(batch, 2).losses();
    double apart = Math.max(Math.abs(here[0] - cpu[0]), Math.abs(here[1] - cpu[1]));
    System.out.println(
        Texts.format(
            "%nLosses of two epochs at batch %,d: %.6f %.6f on %s, %.6f %.6f on the CPU; %s",
            batch,
            here[0],
            here[1],
            device,
            cpu[0],
            cpu[1],
            Texts.format(apart <= 1e-3 ? "%.0e apart, within 1e-3" : "%.0e APART", apart)));
    if (python.isEmpty()) return;
    task.write(FOLDER);
    var losses = peer(task, batch, "eager").get("losses");
    System.out.println(
        Texts.format("PyTorch's: %.6f %.6f", losses.get(0).asDouble(), losses.get(1).asDouble()));
  }
}
