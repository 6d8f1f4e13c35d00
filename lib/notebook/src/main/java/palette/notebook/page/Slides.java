package palette.notebook.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import palette.support.AtomicFile;
import palette.support.Bundled;

/**
 * An executed notebook as slides on one page that needs nothing beside itself: a slide for each
 * cell of text with a heading, a formula, a picture, a list or a prediction, and one for each cell
 * with outputs, after the question that it answers. Other prose and the code are the slide's notes.
 * Checks are left out. Without its script, and in print, the slides stand one below the other.
 */
public final class Slides {
  // How a paragraph begins that is for everybody's eyes, or the word that it holds.
  private static final Pattern SHOWN =
      Pattern.compile("(?s)(?:#|>|!\\[|\\||\\$\\$|\\*\\*|[*-] |\\d+\\. ).*|.*\\*Predict.*");

  private record Slide(String shown, StringBuilder notes) {
    String html() {
      var more = notes.isEmpty() ? "" : "<aside class=\"text\">" + notes + "</aside>";
      return "<section tabindex=\"-1\"><div class=\"shown text\">"
          + shown
          + "</div>"
          + more
          + "</section>\n";
    }
  }

  private final List<Slide> slides = new ArrayList<>();
  private final Markdown markdown;

  private Slides(Markdown markdown) {
    this.markdown = markdown;
  }

  /** Writes the slides, whole or not at all. */
  public static void write(Notebook notebook, Path to) {
    AtomicFile.write(to, of(notebook));
  }

  static String of(Notebook notebook) {
    var folder = notebook.file().toAbsolutePath().getParent();
    var made = new Slides(new Markdown(folder, link -> link));
    for (var cell : notebook.cells()) {
      if (cell.isMarkdown()) made.text(cell.source());
      if (cell.isCode() && !cell.hasTag("checks")) made.code(cell);
    }
    var body = new StringBuilder();
    made.slides.forEach(slide -> body.append(slide.html()));
    String looks = Bundled.text(Slides.class, "slides.css");
    String acts = Bundled.text(Slides.class, "slides.js");
    String title = HtmlPage.title(notebook);
    return HtmlPage.document(title, made.markdown, body.toString(), looks, acts);
  }

  private void text(String source) {
    var shown = new StringBuilder();
    var notes = new StringBuilder();
    for (var block : source.strip().split("\n\\s*\n")) {
      (SHOWN.matcher(block).matches() ? shown : notes).append(block).append("\n\n");
    }
    add(markdown.html(shown.toString()), markdown.html(notes.toString()));
  }

  private void code(Cell cell) {
    if (!cell.source().isBlank()) add(HtmlPage.outputs(cell), HtmlPage.source(cell));
  }

  // What shows nothing by itself is a note to the slide before it.
  private void add(String shown, String notes) {
    if (slides.isEmpty() || !shown.isBlank()) slides.add(new Slide(shown, new StringBuilder()));
    slides.get(slides.size() - 1).notes.append(notes);
  }
}
