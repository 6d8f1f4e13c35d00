package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.notebook.page.Cell;
import palette.support.Home;

/**
 * A figure in a lesson's prose is one that its cells print or set: so it cannot drift from them.
 */
class ProseFiguresTest {
  private static final Pattern FIGURE = Pattern.compile("(?<![\\w.\\-/])\\d*\\.\\d+(?![\\w.])");
  private static final Pattern PRINTED = Pattern.compile("(?<![\\w.])(\\d+\\.?\\d*|\\.\\d+)");
  private static final Pattern NO_PROSE =
      Pattern.compile("(?s)\\$\\$.*?\\$\\$|\\$[^$]*\\$|`[^`]*`|\\]\\([^)]*\\)|arXiv [\\d.]+");

  /** Sources' figures, a book's section, the real data of lesson 5, numbers of exercises. */
  private static final Set<String> ELSEWHERE =
      Set.of("2.8", "7.10", ".605", ".765", ".844", ".870", "0.95", "0.001");

  static List<Path> lessons() throws IOException {
    try (var files = Files.list(Home.resolve("tutorials"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void figuresInProseArePrintedOrSet(Path lesson) throws IOException {
    var prose = new StringBuilder();
    var printed = new StringBuilder();
    for (var cell : new ObjectMapper().readTree(lesson.toFile()).path("cells")) {
      boolean code = cell.path("cell_type").asText().equals("code");
      (code ? printed : prose).append(Cell.text(cell.path("source"))).append('\n');
      for (var output : cell.path("outputs")) {
        printed.append(Cell.text(output.path("text"))).append('\n');
        printed.append(Cell.text(output.path("data").path("text/plain"))).append('\n');
      }
    }
    var known = numbers(PRINTED, "" + printed).map(BigDecimal::new).distinct().toList();
    assertThat(numbers(FIGURE, NO_PROSE.matcher(prose).replaceAll(" ")))
        .filteredOn(figure -> !ELSEWHERE.contains(figure))
        .allMatch(figure -> known.stream().anyMatch(number -> says(figure, number)));
  }

  private static Stream<String> numbers(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group());
  }

  /** Whether a figure is this number, rounded to its digits, or what this share leaves. */
  private static boolean says(String figure, BigDecimal number) {
    var said = new BigDecimal(figure);
    var rest = BigDecimal.ONE.subtract(number);
    return Stream.of(number, rest)
        .anyMatch(n -> n.setScale(said.scale(), RoundingMode.HALF_EVEN).compareTo(said) == 0);
  }
}
