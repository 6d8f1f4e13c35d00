package palette.notebook.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.Home;
import palette.support.InputException;

class SiteTest {
  private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]*)\"");

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    var file = folder.resolve("home").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String built(String page) throws IOException {
    Site.build(folder.resolve("home"), folder.resolve("site"));
    return Files.readString(folder.resolve("site").resolve(page));
  }

  @Test
  void noLinkOfTheCheckoutIsDead() throws IOException {
    int pages = Site.build(Home.resolve("."), folder);
    List<Path> all;
    try (var below = Files.walk(folder)) {
      all =
          below
              .filter(p -> p.toString().endsWith(".html") && !p.startsWith(folder.resolve("api")))
              .toList();
    }
    assertThat(all)
        .as("README, lessons, recipes, results, search")
        .hasSize(pages + 1)
        .hasSizeGreaterThan(30);
    int links = 0;
    for (var page : all) {
      var found = LINK.matcher(Files.readString(page));
      while (found.find()) {
        String link = found.group(1).replace("&amp;", "&");
        if (link.matches("(https?|mailto):.*")) continue;
        String[] parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(target).as("%s in %s", link, page).isRegularFile();
        if (parts.length == 2)
          assertThat(Files.readString(target))
              .as("%s in %s", link, page)
              .contains("id=\"" + parts[1] + "\"");
        links++;
      }
    }
    System.out.printf("%d pages, %d links%n", pages, links);
    assertThat(links).isGreaterThan(pages * pages);
  }

  @Test
  void pagesStandAsOneReadsThemAndOthersFilesBesideThem() throws IOException {
    write(
        "README.md",
        "# Home\n\n[b](lessons/02-b.md) [x](lessons/x.txt) [out](https://example.org)");
    write("lessons/02-b.md", "# B & b\n\n[a](01-a.md#two) [up](..)");
    write("lessons/01-a.md", "# A\n\n## Two\n\nneedle</script>");
    write("lessons/x.txt", "x");
    write("lessons/secret.txt", "y");
    String a = built("lessons/01-a.html");
    assertThat(a)
        .contains("<a href=\"../index.html\" rel=\"prev\">← Home</a>")
        .contains("<a href=\"../lessons/02-b.html\" rel=\"next\">→ B &amp; b</a>")
        .contains("<a href=\"../lessons/01-a.html\" aria-current=\"page\">A</a>");
    assertThat(built("lessons/02-b.html"))
        .contains("href=\"../lessons/01-a.html#two\">a", "href=\"../index.html\">up");
    assertThat(folder.resolve("site/lessons/x.txt")).hasContent("x");
    assertThat(folder.resolve("site/lessons/secret.txt")).doesNotExist();
    String search = built("search.html");
    assertThat(search).contains("needle\\u003c/script>");
    assertThat(search.split("</script>", -1)).as("one end of a script").hasSize(2);
  }

  @Test
  void aLinkThatLeadsNowhereIsSaid() throws IOException {
    for (var link : new String[] {"none.md", "../outside.txt", "lessons"}) {
      write("README.md", "# Home\n\n[b](" + link + ")");
      Files.createDirectories(folder.resolve("home/lessons"));
      Files.writeString(folder.resolve("outside.txt"), "");
      assertThatThrownBy(() -> built("index.html"))
          .isInstanceOf(InputException.class)
          .hasMessageContainingAll("README.md: expected a file that is there, found " + link);
    }
  }
}
