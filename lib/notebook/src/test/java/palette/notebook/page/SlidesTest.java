package palette.notebook.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;

class SlidesTest {
  @TempDir Path folder;

  private String[] slides(Scratch scratch) throws IOException {
    var file = folder.resolve("slides.html");
    scratch.run("--slides", file.toString());
    return Files.readString(file).split("<section");
  }

  @Test
  void questionsAndOutputsAreShownAndTheRestIsNotes() throws IOException {
    var scratch = new Scratch(folder);
    scratch.markdown("# Tea\n\nMuch prose.\n\n*Predict:* how many?\n\n$$ a + b $$");
    scratch.code("int secretly = 2;");
    scratch.code("System.out.println(\"shown \" + 40);");
    scratch.markdown("Only prose.");
    scratch.tagged("checks", "int checked = 1;");
    var slides = slides(scratch);

    assertThat(slides).hasSize(3); // what stands before the first, and two
    String question = slides[1].substring(0, slides[1].indexOf("<aside"));
    assertThat(question).contains(">Tea</h1>", "how many?", "math display").doesNotContain("prose");
    assertThat(slides[1]).contains("Much prose.", "secretly").doesNotContain("shown 40");
    String answer = slides[2].substring(0, slides[2].indexOf("<aside"));
    assertThat(answer).contains("shown 40").doesNotContain("println", "Only prose.");
    assertThat(slides[2]).contains("println", "Only prose.").doesNotContain("checked");
  }

  @Test
  void itsOwnScriptRunsAndNoOther() throws IOException {
    var scratch = Scratch.of(folder, "System.out.println(\"<script>alert(1)</script>\");");
    assertThat(String.join("", slides(scratch)))
        .contains("script-src 'sha256-", "<title>notebook.ipynb</title>", "ArrowRight")
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert", "src=\"http");
  }

  @Test
  void slidesAreAFileOfTheirOwn() {
    var page = folder.resolve("page.html").toString();
    var both = Scratch.of(folder, "1").run("--html", page, "--slides", page);
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("--slides", "a file of its own for the page", "that of --html");
    assertThat(folder.resolve("page.html")).doesNotExist();
  }
}
