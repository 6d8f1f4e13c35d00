package palette.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Catalog;
import palette.evaluate.FakePal;
import palette.numeric.Newton;
import palette.support.InputException;
import palette.support.Seeds;

/** The page of one person, opened in a browser where there is one. */
class PersonPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static String page(String... texts) {
    var model = Scenes.learned(Scenes.world(2, 3));
    var items = Catalog.builder();
    for (int i = 0; i < texts.length; i++) items.add("item-" + i, texts[i]);
    return Plots.page(model, items.build()).html();
  }

  @Test
  void itHoldsTheTextsAndNoIdOfAnybodyAndEndsNoScriptEarly() {
    String html = page("tea", "</script><script>alert(1)</script>", "milk & <b>sugar</b>");
    assertThat(html).contains("\"tea\"").doesNotContain("user-0").doesNotContainPattern("@[A-Z]+@");
    assertThat(html.split("<script>", -1)).as("one script").hasSize(2);
    assertThat(html.split("</script>", -1)).as("one end of a script").hasSize(2);
    assertThat(html)
        .as("nothing is fetched")
        .doesNotContain("src=")
        .doesNotContain("href=")
        .doesNotContain("fetch(");
  }

  @Test
  void peopleWhoAreNoMixHaveNoPage() {
    var one = new FakePal("K=1", new double[][] {{1}}, Map.of("ann", new double[] {1}), Map.of());
    var items = Catalog.of(List.of("a", "b", "c"));
    assertThatThrownBy(() -> Plots.page(one, items))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("K=1: expected a mix of two prototypes or more, found SIMPLEX, K=1");
    var model = Scenes.learned(Scenes.world(2, 3));
    assertThatThrownBy(() -> Plots.page(model, Catalog.of(List.of("a", "b"))))
        .hasMessageContaining("items: expected three or more, found 2");
  }

  /** One problem a person, and the weights that Java finds. */
  private static Map<String, Object> people(int n) {
    var random = Seeds.stream(3, "people");
    var all = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < n; i++) {
      int columns = 2 + i % 5;
      int answers = i % 41;
      double scale = Math.pow(10, random.nextDouble() * 2 - 1);
      double[][] rows = new double[answers][columns];
      for (double[] r : rows)
        for (int k = 0; k < columns; k++) r[k] = scale * random.nextGaussian();
      double[] center = random.doubles(columns, 0.1, 1).toArray();
      double sum = Arrays.stream(center).sum();
      for (int k = 0; k < columns; k++) center[k] /= sum;
      double strength = 0.3 + 3 * random.nextDouble();
      double[] ones = new double[answers];
      Arrays.fill(ones, 1);
      double[] w = center.clone();
      double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      Newton.simplex(columns).solve(flat, ones, answers, strength, center, w);
      all.add(Map.of("rows", rows, "center", center, "strength", strength, "weights", w));
    }
    return Map.of("people", all);
  }

  @Test
  void aThousandPeopleArePlacedInTheBrowserAsInJava() throws Exception {
    String check =
        """
        let most = 0;
        let loss = 0;
        for (const p of PEOPLE.people) {
          const prior = {center: p.center, strength: p.strength};
          const w = place(p.rows, prior);
          most = Math.max(most, ...w.map((x, k) => Math.abs(x - p.weights[k])));
          loss = Math.max(loss, Math.abs(lossAt(p.rows, prior, w) - lossAt(p.rows, prior, p.weights)));
        }
        document.title = [PEOPLE.people.length, most, loss].join(' ');
        """;
    String script = PersonPage.resource("person.js");
    String json = JSON.writeValueAsString(people(1000));
    String title =
        opened(
            "<title>no</title><script>"
                + script
                + "const PEOPLE="
                + json
                + ";"
                + check
                + "</script>");
    var found = title.split(" ");
    assertThat(found[0]).isEqualTo("1000");
    assertThat(Double.parseDouble(found[2])).as("loss").isLessThan(1e-9);
    assertThat(Double.parseDouble(found[1])).as("weights").isLessThan(1e-9);
  }

  @Test
  void somebodyAnswersCorrectsAndIsForgotten() throws Exception {
    String play =
        """
        const at = id => document.getElementById(id);
        const star = at('map').querySelector('.you');
        const first = star.style.transform;
        const seen = new Set();
        for (let i = 0; i < 10; i++) {
          seen.add([at('left').textContent, at('right').textContent].sort().join('|'));
          at('left').click();
        }
        const moved = star.style.transform !== first;
        const said = at('said').children.length;
        const before = at('weights').textContent;
        at('said').querySelector('button').click();
        const corrected = at('weights').textContent !== before;
        at('forget').click();
        const back = star.style.transform === first && at('said').children.length === 0;
        document.title = [seen.size, said, moved, corrected, back].join(' ');
        """;
    String[] texts = {"tea", "coffee", "milk", "water", "juice", "cocoa"};
    String html = page(texts).replaceAll("<meta http-equiv[^>]*>", "");
    int end = html.lastIndexOf("</script>");
    String title = opened(html.substring(0, end) + play + html.substring(end));
    assertThat(title).isEqualTo("10 10 true true true");
  }

  /** The title of the page once its scripts have run. */
  private String opened(String html) throws Exception {
    var browser = browser();
    var page = Files.writeString(folder.resolve("page.html"), html);
    // Not in the test's folder: a browser's helpers may still write when that is deleted.
    var target = Files.createDirectories(Path.of("target"));
    var profile = Files.createTempDirectory(target, "browser");
    var dom = folder.resolve("dom.html");
    var process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile,
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new InputException(browser, "a page within two minutes", "none", "Try it by hand.");
    }
    var title = Pattern.compile("<title>(.*?)</title>").matcher(Files.readString(dom));
    assertThat(title.find()).as("a page with a title").isTrue();
    return title.group(1);
  }

  private static String browser() {
    for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
      var file = Path.of(folder, "chromium");
      if (Files.isExecutable(file)) return file.toString();
    }
    assumeTrue(false, "no program 'chromium' on the path");
    return null;
  }
}
