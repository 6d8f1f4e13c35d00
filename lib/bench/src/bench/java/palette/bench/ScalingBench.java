package palette.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import palette.bench.ScalingColumn.Cell;
import palette.bench.ScalingTask.Model;
import palette.evaluate.Slope;
import palette.support.Texts;

/**
 * How the cost of training grows with one size at a time: a table for each kind of model. The floor
 * are the matrix products of an epoch, of distinct items and prompts of a batch once, measured in
 * the same process at their shapes. Slopes are on logarithmic axes with Student's interval, which
 * means little where a line is not straight: an epoch has costs that do not grow.
 */
public final class ScalingBench {
  private static final Map<String, Integer> BASE =
      Map.of("K", 2, "batch", 1024, "users", 1000, "D", 384, "d", 64, "pairs", 8192, "items", 4000);

  private static final Map<String, Integer> TOY =
      Map.of("K", 3, "users", 100, "D", 16, "d", 16, "pairs", 10_000, "items", 2000);

  private static final List<Kind> KINDS =
      List.of(
          new Kind("PAL-A linear", Model.PAL_A_LINEAR, Map.of()),
          new Kind("PAL-A toy", Model.PAL_A_LINEAR, TOY),
          new Kind("PAL-A MLP", Model.PAL_A_MLP, Map.of()),
          new Kind("PAL-B", Model.PAL_B, Map.of()),
          new Kind("PAL-B, D = 1024", Model.PAL_B, Map.of("D", 1024)));

  private static final List<Growth> SIZES =
      List.of(
          new Growth("K", Map.of(), 1, 2, 4, 8),
          new Growth("batch", Map.of(), 64, 256, 1024, 8192),
          new Growth("users", Map.of("pairs", 100_000, "batch", 8192), 100, 1000, 10_000, 100_000),
          new Growth("D", Map.of(), 128, 384, 1024),
          new Growth("d", Map.of(), 16, 64, 256),
          new Growth("pairs", Map.of(), 2048, 8192, 32_768),
          new Growth("items", Map.of("pairs", 32_768, "batch", 8192), 900, 0));

  private static final List<String> COLUMNS =
      List.of(
          "s an epoch",
          "validation, every",
          "thousand pairs a second",
          "peak MB",
          "GFLOP an epoch",
          "GFLOP/s of the products",
          "epoch / products");

  private ScalingBench() {}

  /** Sizes of its own stand for those that all have. */
  private record Kind(String name, Model model, Map<String, Integer> own) {
    Map<String, Integer> sizes() {
      var sizes = new LinkedHashMap<>(BASE);
      sizes.putAll(own);
      return sizes;
    }
  }

  private record Growth(String size, Map<String, Integer> others, int... values) {

    Map<String, Integer> sizes(Kind kind) {
      var sizes = kind.sizes();
      sizes.putAll(others);
      return sizes;
    }

    /** None where vectors grow and the kind is the one for vectors of another length. */
    List<Cell> measure(Kind kind) {
      boolean fixed = Set.of("D", "d").contains(size) && kind.own.containsKey(size);
      return fixed ? List.of() : ScalingColumn.measure(kind.model, sizes(kind), size, values);
    }

    String line(Kind kind, int row, Cell cell) {
      int pairs = size.equals("pairs") ? values[row] : sizes(kind).get("pairs");
      return Texts.format(
          "| %s | %.4f | %.1f %%, %s | %,.0f | %,d | %.1f | %.0f | %.1f |",
          label(row),
          cell.seconds(),
          100 * cell.validation(),
          cell.every(),
          pairs / cell.seconds() / 1e3,
          cell.megabytes(),
          cell.flops() / 1e9,
          cell.flops() / cell.floor() / 1e9,
          cell.seconds() / cell.floor());
    }

    private String label(int row) {
      if (!size.equals("items")) return Texts.format("%s = %,d", size, values[row]);
      return values[row] == 0 ? "items seen once" : Texts.format("%,d items", values[row]);
    }

    boolean hasSlope() {
      return values.length > 2;
    }

    String slope(List<Cell> cells) {
      if (cells.isEmpty()) return "";
      double[] x = Arrays.stream(values).asDoubleStream().toArray();
      var slope = Slope.of(x, cells.stream().mapToDouble(Cell::seconds).toArray());
      var interval = slope.interval();
      return Texts.format("%.2f (%.2f to %.2f)", slope.value(), interval.low(), interval.high());
    }
  }

  /** Prints a table for each kind of model, and one of slopes. */
  public static void main(String[] arguments) {
    System.out.println("\nUnless said: " + new TreeMap<>(BASE) + ", 256 hidden units.");
    System.out.println("PAL-A toy: " + new TreeMap<>(TOY));
    var slopes = new ArrayList<String>();
    for (var kind : KINDS) slopes.add(line(kind.name, table(kind)));
    var sizes = SIZES.stream().filter(Growth::hasSlope).map(Growth::size).toList();
    System.out.println("\n" + line("seconds over", sizes));
    System.out.println("|---" + "|---".repeat(sizes.size()) + "|");
    slopes.forEach(System.out::println);
  }

  /** Prints a table and returns its slopes. */
  private static List<String> table(Kind kind) {
    System.out.println(
        "\n" + line(kind.name, COLUMNS) + "\n|---" + "|---".repeat(COLUMNS.size()) + "|");
    var slopes = new ArrayList<String>();
    for (var growth : SIZES) {
      var cells = growth.measure(kind);
      for (int i = 0; i < cells.size(); i++) System.out.println(growth.line(kind, i, cells.get(i)));
      if (growth.hasSlope()) slopes.add(growth.slope(cells));
    }
    return slopes;
  }

  private static String line(String first, List<String> cells) {
    return "| " + first + " | " + String.join(" | ", cells) + " |";
  }
}
