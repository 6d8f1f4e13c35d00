package palette.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.bench.ScalingColumn.Cell;
import palette.evaluate.Slope;
import palette.reward.ScalingTask.Model;
import palette.support.Texts;

/**
 * How the cost of training grows with one size at a time. A cell has seconds an epoch, thousand
 * pairs a second and the peak of resident memory in MB, data and JVM included; the last row the
 * slope on logarithmic axes with Student's interval, which means little where a line is not
 * straight: an epoch has costs that do not grow.
 */
public final class ScalingBench {
  private static final Map<String, Integer> BASE =
      Map.of("K", 2, "batch", 1024, "users", 1000, "D", 384, "d", 64, "pairs", 8192, "items", 4000);

  private static final List<Kind> KINDS =
      List.of(
          new Kind("PAL-A linear", Model.PAL_A_LINEAR, 384),
          new Kind("PAL-A MLP", Model.PAL_A_MLP, 384),
          new Kind("PAL-B", Model.PAL_B, 384),
          new Kind("PAL-B, D = 1024", Model.PAL_B, 1024));

  private ScalingBench() {}

  private record Kind(String name, Model model, int inputs) {}

  private record Column(String name, double[] pairs, List<Cell> cells) {
    String cell(int row) {
      var cell = cells.get(row);
      double rate = pairs[row] / cell.seconds() / 1e3;
      return Texts.format("%.4f / %,.0f / %,d", cell.seconds(), rate, cell.megabytes());
    }

    String slope(double[] x) {
      var slope = Slope.of(x, cells.stream().mapToDouble(Cell::seconds).toArray());
      var interval = slope.interval();
      return Texts.format("%.2f (%.2f to %.2f)", slope.value(), interval.low(), interval.high());
    }
  }

  /** Prints a table for each size. */
  public static void main(String[] arguments) {
    System.out.println("\nSeconds an epoch / thousand pairs a second / peak MB. Unless said:");
    System.out.println(new TreeMap<>(BASE) + ", 256 hidden units in two layers.");
    grow("K", Map.of(), 1, 2, 4, 8);
    grow("batch", Map.of(), 64, 256, 1024, 8192);
    grow("users", Map.of("pairs", 100_000, "batch", 8192), 100, 1000, 10_000, 100_000);
    grow("D", Map.of(), 128, 384, 1024);
    grow("d", Map.of(), 16, 64, 256);
    grow("pairs", Map.of(), 2048, 8192, 32_768);
    grow("items", Map.of("pairs", 32_768, "batch", 8192), 900, 0);
  }

  private static void grow(String size, Map<String, Integer> others, int... values) {
    var columns = new ArrayList<Column>();
    for (var kind : KINDS) {
      // The one for D = 1024 would be PAL-B again.
      if (!size.equals("D") || kind.inputs == BASE.get("D")) {
        columns.add(column(kind, size, others, values));
      }
    }
    print(size, columns, values);
  }

  private static Column column(Kind kind, String size, Map<String, Integer> others, int[] values) {
    var sizes = new LinkedHashMap<>(BASE);
    sizes.put("D", kind.inputs);
    sizes.putAll(others);
    double[] pairs = new double[values.length];
    Arrays.setAll(pairs, i -> size.equals("pairs") ? values[i] : sizes.get("pairs"));
    return new Column(kind.name, pairs, ScalingColumn.measure(kind.model, sizes, size, values));
  }

  private static void print(String size, List<Column> columns, int[] values) {
    System.out.println("\n" + line(size, columns.stream().map(Column::name).toList()));
    System.out.println("|---" + "|---".repeat(columns.size()) + "|");
    for (int i = 0; i < values.length; i++) {
      int row = i;
      var cells = columns.stream().map(c -> c.cell(row)).toList();
      System.out.println(line(label(size, values[i]), cells));
    }
    double[] x = Arrays.stream(values).asDoubleStream().toArray();
    if (x.length < 3) return;
    System.out.println(line("slope", columns.stream().map(c -> c.slope(x)).toList()));
  }

  private static String line(String first, List<String> cells) {
    return "| " + first + " | " + String.join(" | ", cells) + " |";
  }

  private static String label(String size, int value) {
    if (!size.equals("items")) return Texts.format("%,d", value);
    return value == 0 ? "each seen once" : Texts.format("%,d shared by all", value);
  }
}
