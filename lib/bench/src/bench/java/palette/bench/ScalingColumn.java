package palette.bench;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.bench.ScalingTask.Model;
import palette.engine.Torch;

/**
 * One column of a table of {@link ScalingBench}, from small to large in a process of its own:
 * memory that is freed stays with a process, and would hide what smaller tasks need.
 */
final class ScalingColumn {
  private static final double ENOUGH = 0.8; // seconds a cell

  private ScalingColumn() {}

  /**
   * One size.
   *
   * @param seconds of an epoch's steps
   * @param look seconds of a look at validation answers, a tenth of all
   * @param every how many epochs share a look
   * @param megabytes resident memory at its peak, data and JVM included
   * @param flops of an epoch's matrix products, each distinct item and prompt of a batch once
   * @param floor seconds of these products in the same process
   */
  record Cell(double seconds, double look, int every, long megabytes, double flops, double floor) {
    /** The share of looks in the time of the steps. */
    double validation() {
      return look / every / seconds;
    }
  }

  /** Measures a column in another process. */
  static List<Cell> measure(Model model, Map<String, Integer> sizes, String size, int... values) {
    var command = new ArrayList<>(List.of(java(), "-Xmx4g", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ScalingColumn.class.getName(), model.name(), size));
    command.add(String.join(",", Arrays.stream(values).mapToObj(String::valueOf).toList()));
    sizes.forEach((name, value) -> command.add(name + "=" + value));
    return lines(command).stream().map(ScalingColumn::cell).toList();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> lines(List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      var process = builder.start();
      var lines = new String(process.getInputStream().readAllBytes()).lines().toList();
      if (process.waitFor() != 0) throw new IllegalStateException("failed: " + command);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cell cell(String line) {
    double[] parts = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Cell(parts[0], parts[1], (int) parts[2], (long) parts[3], parts[4], parts[5]);
  }

  /** Arguments: model, the size that grows, its values, all sizes as name=value. */
  public static void main(String[] arguments) {
    var sizes = new LinkedHashMap<String, Integer>();
    for (String size : Arrays.asList(arguments).subList(3, arguments.length)) {
      String[] parts = size.split("=");
      sizes.put(parts[0], Integer.valueOf(parts[1]));
    }
    for (String value : arguments[2].split(",")) {
      sizes.put(arguments[1], Integer.valueOf(value));
      System.out.println(cell(Model.valueOf(arguments[0]), sizes));
    }
  }

  private static String cell(Model model, Map<String, Integer> sizes) {
    ResidentMemory.reset();
    var task = new ScalingTask(model, sizes);
    var epoch = task.epoch(ENOUGH);
    long megabytes = ResidentMemory.peakMegabytes();
    var step = products(model, sizes, task.distinct());
    double steps = (double) sizes.get("pairs") / sizes.get("batch");
    Torch.threads(Runtime.getRuntime().availableProcessors());
    String rest = steps * step.flops() + " " + steps * step.seconds(Device.cpu());
    String shown = epoch.steps() + " " + epoch.look() + " " + epoch.every();
    return shown + " " + megabytes + " " + rest;
  }

  private static Products products(Model model, Map<String, Integer> sizes, double[] distinct) {
    int inputs = sizes.get("D");
    int latent = sizes.get("d");
    int k = sizes.get("K");
    int items = (int) distinct[0];
    return switch (model) {
      case PAL_A_LINEAR -> Products.palA(items, inputs, latent, k);
      case PAL_A_MLP -> Products.palA(items, inputs, ScalingTask.HIDDEN, latent, k);
      case PAL_B -> Products.palB(items, (int) distinct[1], inputs, ScalingTask.HIDDEN, latent, k);
    };
  }
}
