package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.Home;

/** Users, items and texts that are pieces of HTML with a script, in every value that shows them. */
class HostileTextTest {
  private static final Path NOTEBOOK =
      Home.resolve("lib/notebook/src/test/resources/palette/notebook/hostile.ipynb");

  @TempDir static Path folder;
  private static JsonNode executed;
  private static String page;

  @BeforeAll
  static void run() throws IOException {
    var out = folder.resolve("hostile.ipynb");
    var html = folder.resolve("hostile.html");
    var ran = Scratch.palette("run", NOTEBOOK.toString(), "--out", "" + out, "--html", "" + html);
    assertThat(ran.status()).as(ran.err()).isZero();
    executed = new ObjectMapper().readTree(out.toFile());
    page = Files.readString(html);
  }

  private static List<String> html() {
    var all = new ArrayList<String>();
    executed.findValues("text/html").forEach(lines -> all.add(Scratch.text(lines)));
    return all;
  }

  @Test
  void itIsShownEscapedWhereverItStands() {
    assertThat(html()).hasSizeGreaterThan(14);
    assertThat(html()).noneMatch(text -> text.contains("<script") || text.contains("<img src=x"));
    assertThat(html()).filteredOn(text -> text.contains("&lt;script&gt;")).hasSizeGreaterThan(6);
  }

  @Test
  void noneOfItIsMarkupInThePageOfTheNotebook() {
    assertThat(page).doesNotContain("<script", "<img src=x").contains("&lt;script&gt;");
  }
}
