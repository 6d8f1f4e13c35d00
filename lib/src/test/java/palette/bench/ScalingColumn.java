package palette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.reward.ScalingTask;
import palette.reward.ScalingTask.Model;

/**
 * One column of a table of {@link ScalingBench}, from small to large in a process of its own:
 * memory that is freed stays with a process, and would hide what smaller tasks need.
 */
final class ScalingColumn {
  private static final double ENOUGH = 0.8; // seconds a cell

  private ScalingColumn() {}

  record Cell(double seconds, long megabytes) {}

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
    String[] parts = line.split(" ");
    return new Cell(Double.parseDouble(parts[0]), Long.parseLong(parts[1]));
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
      ResidentMemory.reset();
      double seconds = new ScalingTask(Model.valueOf(arguments[0]), sizes).seconds(ENOUGH);
      System.out.println(seconds + " " + ResidentMemory.peakMegabytes());
    }
  }
}
