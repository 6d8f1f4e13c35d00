package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.CellError;
import palette.notebook.cells.CellRunner;
import palette.notebook.cells.Outputs;
import palette.support.Home;

/**
 * The front page's Java runs as it stands, and what the page says of it is so. The page's figures
 * are written anew by {@code mvn test -Dtest=StoriesTest -Dpalette.figures=write}.
 */
class StoriesTest {
  private static final Path FIGURES = Home.resolve("tutorials/figures");
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^`([^`\\n]+)`\\n\\n)?^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path folder;

  /** A fenced block: its language, what is in it, and the file it shows, if it is one. */
  private record Block(String language, String text, String file) {}

  /** What the cells of the page come to. */
  private static final class Shown implements Outputs {
    final List<Bundle> results = new ArrayList<>();

    @Override
    public void stream(String name, String text) {}

    @Override
    public void display(String id, Bundle bundle) {}

    @Override
    public void update(String id, Bundle bundle) {}

    @Override
    public void result(Bundle bundle) {
      results.add(bundle);
    }

    @Override
    public void error(CellError error) {
      throw new AssertionError(error.text());
    }

    String last() {
      return results.get(results.size() - 1).plain();
    }
  }

  private static List<Block> stories() throws Exception {
    var page = Files.readString(Home.resolve("README.md"));
    int from = page.indexOf("\n## Six stories\n");
    assertThat(from).isPositive();
    return blocks(page.substring(from, page.indexOf("\n## ", from + 4)));
  }

  private static List<Block> blocks(String page) {
    return BLOCK
        .matcher(page)
        .results()
        .map(m -> new Block(m.group(2), m.group(3), m.group(1)))
        .toList();
  }

  private String here(String source) {
    return source
        .replace("Path.of(\"data/", "Path.of(\"" + Home.resolve("data") + "/")
        .replaceAll("Path\\.of\\(\"(?=[^/])", "Path.of(\"" + folder + "/");
  }

  private static double number(CellRunner runner, Shown shown, String expression) {
    runner.run(0, "(double) (" + expression + ")");
    return Double.parseDouble(shown.last());
  }

  private static void near(double expected, double found) {
    assertThat(found).isBetween(expected - .015, expected + .015);
  }

  @Test
  void theSixStoriesRunAndSayTheTruth() throws Exception {
    var shown = new Shown();
    try (var runner = new CellRunner(shown)) {
      int number = 0;
      for (var block : stories()) runner.run(++number, here(block.text));
      assertThat(number).isEqualTo(10);

      near(.79, number(runner, shown, "oneReward.macroAccuracy()"));
      runner.run(0, "boolean few(String u) { return town.weights(u)[1] == 1; }");
      near(
          30 / 200.,
          number(runner, shown, "town.users().stream().filter(u -> few(u)).count() / 200."));
      var of =
          "%s.byUser().entrySet().stream().filter(e -> %sfew(e.getKey()))"
              + ".mapToDouble(e -> e.getValue()).average().getAsDouble()";
      near(.39, number(runner, shown, of.formatted("oneReward", "")));
      near(.89, number(runner, shown, of.formatted("twoPrototypes", "!")));
      near(.96, number(runner, shown, of.formatted("twoPrototypes", "")));
      near(.93, number(runner, shown, "Evaluation.of(model, split.test()).macroAccuracy()"));
      near(.94, number(runner, shown, "world.bestAccuracy()"));
      var mean = "sweep.spread(%d, e -> e.macroAccuracy()).mean()";
      near(.81, number(runner, shown, mean.formatted(1)));
      near(.90, number(runner, shown, mean.formatted(2)));
      near(.92, number(runner, shown, mean.formatted(3)));
      near(.93, number(runner, shown, "Evaluation.of(person, heldOut).macroAccuracy()"));
      near(
          .72,
          number(
              runner,
              shown,
              "Evaluation.of(localizer.fit(asked.first(0)), heldOut).macroAccuracy()"));
    }
    figure("cliff.png", shown.results.get(0));
    figure("map.png", shown.results.get(2));
    assertThat(folder.resolve("models/summaries/manifest.json")).exists();
  }

  /** A figure is its story's; pixels differ from machine to machine, words do not. */
  private static void figure(String name, Bundle figure) throws Exception {
    var file = FIGURES.resolve(name);
    byte[] png = Base64.getDecoder().decode(figure.data().get(Bundle.PNG));
    if ("write".equals(System.getProperty("palette.figures"))) {
      Files.write(file, png);
    }
    assertThat(Files.readString(Home.resolve("README.md")))
        .contains("![" + figure.plain() + "](tutorials/figures/" + name + ")");
    assertThat(Files.size(file)).isBetween(png.length / 2L, png.length * 2L);
  }

  @Test
  void theRowsOfTheDataContractAreReadAsItSays() throws Exception {
    var shown = new Shown();
    try (var runner = new CellRunner(shown)) {
      runner.run(1, stories().get(0).text);
      for (var block : blocks(Files.readString(Home.resolve("lib/DATA.md")))) {
        if (block.file != null) write(block);
        else check(runner, shown, block);
      }
    }
  }

  private void write(Block block) throws Exception {
    var file = folder.resolve(block.file);
    Files.createDirectories(file.getParent());
    Files.writeString(file, block.text);
  }

  /** Code whose last expression is followed by {@code // what it comes to}. */
  private void check(CellRunner runner, Shown shown, Block block) {
    int at = block.text.lastIndexOf("   // ");
    int last = block.text.lastIndexOf(";\n", at) + 1;
    var claim = block.text.substring(at).strip().substring(3);
    runner.run(2, here(block.text.substring(0, last)));
    runner.run(3, "(" + here(block.text.substring(last, at)) + ").toString()");
    assertThat(shown.last()).contains(claim);
  }
}
