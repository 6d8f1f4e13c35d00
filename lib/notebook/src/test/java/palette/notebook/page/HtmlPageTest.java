package palette.notebook.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;

class HtmlPageTest {
  @TempDir Path folder;

  private String page(Scratch scratch) {
    var file = folder.resolve("page.html");
    scratch.run("--html", file.toString());
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String markdown(String text) {
    return new Markdown(folder, link -> link).html(text);
  }

  @Test
  void everythingIsInsideAndNothingIsFetched() {
    var page = page(new Scratch(folder).markdown("# Ideal points\n\nWith $x^2$."));

    assertThat(page)
        .contains("<title>Ideal points</title>", "<span class=\"math\">x^2</span>")
        .contains("katex.render(", "url(data:font/woff2;base64,", "prefers-color-scheme: dark")
        .doesNotContain("url(fonts/", "src=\"http", "<link");
  }

  @Test
  void checksAreFoldedAndChaptersAreListed() {
    var scratch =
        new Scratch(folder)
            .markdown("# T\n\n## One $x$\n\n## Two\n\n### Not this\n\n## <b>Three</b>");
    scratch.code("int plainly = 1;");
    scratch.tagged("checks", "int secretly = 2;");
    scratch.tagged("set-up", "int lengthily = 3;");
    scratch.tagged("answer", "int eventually = 4;");
    var page = page(scratch);
    assertThat(page)
        .contains("<li><a href=\"#two\">Two</a></li>", "<h2 id=\"two\">Two</h2>")
        .contains("<li><a href=\"#one-\">One …</a></li>")
        .doesNotContain(">Not this</a>", "<li><a href=\"#three\"><b>");
    int fold = page.indexOf("<details><summary>Checks</summary>");
    assertThat(page.indexOf("plainly")).isLessThan(fold);
    assertThat(page.indexOf("secretly")).isBetween(fold, page.indexOf("</details>", fold));
    assertThat(page.indexOf("<summary>Set-up</summary>")).isBetween(1, page.indexOf("lengthily"));
    assertThat(page.indexOf("<summary>Answer</summary>")).isBetween(1, page.indexOf("eventually"));
    assertThat(page(new Scratch(folder).markdown("## One\n\n## Two"))).doesNotContain("<details");
  }

  @Test
  void onlyOurScriptMayRun() {
    var plain = page(Scratch.of(folder, "1"));
    assertThat(plain).contains("default-src 'none'", "script-src 'none'").doesNotContain("<script");
    assertThat(page(new Scratch(folder).markdown("$x$"))).contains("script-src 'sha256-");
  }

  @Test
  void whatCodeAndTextSayIsShownAndNotRun() {
    var page =
        page(
            Scratch.of(
                folder, "String s = \"<script>alert(1)</script>\";\nSystem.out.println(s);\ns"));

    assertThat(page)
        .contains("<pre class=\"stdout\">&lt;script&gt;alert(1)&lt;/script&gt;</pre>")
        .contains("<pre class=\"value\">&lt;script&gt;alert(1)&lt;/script&gt;</pre>")
        .contains("<span class=\"s\">&quot;&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void htmlComesBeforeTextAndPicturesCarryTheirWords() {
    var scratch =
        Scratch.of(
            folder,
            "tech.tablesaw.api.Table.create(\"t\", tech.tablesaw.api.IntColumn.create(\"n\", 1))",
            """
            new palette.support.Pictured() {
              public byte[] png() { return new byte[] {1, 2, 3}; }
              public String alt() { return "users & \\"items\\""; }
              public int width() { return 640; }
            }\
            """);

    assertThat(page(scratch))
        .contains("<table><caption>t: 1 row</caption>")
        .contains(
            "<img alt=\"users &amp; &quot;items&quot;\" width=\"640\""
                + " src=\"data:image/png;base64,AQID\">");
  }

  @Test
  void aFailedNotebookHasAPageWithItsError() {
    assertThat(page(Scratch.of(folder, "int x = 1 / 0;")))
        .contains(
            "<pre class=\"error\">java.lang.ArithmeticException: / by zero\n"
                + "    at cell 1, line 1</pre>");
  }

  @Test
  void ofALineThatWasOverwrittenTheLastStateStays() {
    assertThat(page(Scratch.of(folder, "System.out.print(\"1 %\\r50 %\\r100 %\\nend\\n\");")))
        .contains("<pre class=\"stdout\">100 %\nend</pre>");
  }

  @Test
  void formulasAreTakenBeforeMarkdownSeesThem() {
    assertThat(markdown("$a_1 * b_1 * c$")).contains("<span class=\"math\">a_1 * b_1 * c</span>");
    assertThat(markdown("$$\na\n= b < c\n$$"))
        .contains("<span class=\"math display\">a\n= b &lt; c</span>");
    assertThat(markdown("| a |\n|---|\n| $x$ |"))
        .contains("<td><span class=\"math\">x</span></td>");
  }

  @Test
  void aDollarThatIsMoneyOrCodeStaysOne() {
    assertThat(markdown("costs $5 or \\$6, not $20,000")).doesNotContain("math");
    assertThat(markdown("`$x$` and $y$"))
        .contains("<code>$x$</code>", "<span class=\"math\">y</span>");
    assertThat(markdown("```java\nvar a = \"$x$\";\n```\n")).contains("$x$").doesNotContain("math");
  }

  @Test
  void aDollarWithoutAPartnerEndsWithItsParagraph() {
    var lone = "It costs $5. " + "Long is the text. ".repeat(10_000);

    assertThat(markdown(lone)).doesNotContain("math");
    assertThat(markdown("It costs $5.\n \nNot 6$ or more.")).doesNotContain("math");
    assertThat(markdown("$a\n+ b$")).contains("<span class=\"math\">a\n+ b</span>");
    var formula = "x + ".repeat(10_000) + "\\$ y";
    assertThat(markdown("$" + formula + "$"))
        .contains("<span class=\"math\">" + formula + "</span>");
  }

  @Test
  void textsOfAnyLengthAndDepthHaveAPage() {
    assertThat(markdown("> ".repeat(5_000) + "deep")).contains("deep");
    assertThat(markdown("- ".repeat(5_000) + "deep")).contains("deep");
    var text = "\"" + "long \\n".repeat(10_000) + "\"";
    assertThat(Highlight.java("var s = " + text)).contains("<span class=\"s\">&quot;long \\n");
  }

  @Test
  void linksLeadSomewhereAndRunNothing() {
    assertThat(
            markdown(
                "[a](javascript:alert(1)) [b](vbscript:x) [c](data:text/html,x)"
                    + " ![d](javascript:x)"))
        .doesNotContain("script:", "data:");
    assertThat(
            markdown("[a](https://a.b) [b](#part) [c](other.ipynb) ![d](data:image/png;base64,A)"))
        .contains("href=\"https://a.b\"", "href=\"#part\"", "href=\"other.ipynb\"")
        .contains("src=\"data:image/png;base64,A\"");
  }

  @Test
  void picturesBesideTheNotebookComeAlongAndOthersDoNot() throws Exception {
    var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve("map.png").toFile());
    Files.createDirectory(folder.resolve("sub"));

    assertThat(markdown("![A map](map.png)"))
        .contains("src=\"data:image/png;base64,", "alt=\"A map\"");
    assertThat(new Markdown(folder.resolve("sub"), link -> link).html("![A map](../map.png)"))
        .contains("src=\"../map.png\"");
    Files.createSymbolicLink(folder.resolve("sub/link.png"), folder.resolve("map.png"));
    assertThat(new Markdown(folder.resolve("sub"), link -> link).html("![A map](link.png)"))
        .contains("src=\"link.png\"");
  }

  @Test
  void sourceIsColouredAndUnchanged() {
    var html = Highlight.java("// say <hi>\nint n = 42; var s = \"a \\\" // b\"; return_();");

    assertThat(html)
        .contains("<span class=\"c\">// say &lt;hi&gt;</span>", "<span class=\"k\">int</span>")
        .contains(
            "<span class=\"n\">42</span>", "<span class=\"s\">&quot;a \\&quot; // b&quot;</span>")
        .endsWith("return_();");
  }
}
