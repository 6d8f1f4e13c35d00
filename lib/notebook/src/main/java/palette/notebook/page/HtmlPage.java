package palette.notebook.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import palette.notebook.cells.Bundle;
import palette.support.AtomicFile;
import palette.support.Bundled;
import palette.support.Html;
import palette.support.Sha256;

/**
 * An executed notebook as one HTML page that needs nothing beside itself. Its content security
 * policy lets only its own script run (KaTeX, known by its hash) and lets nothing be fetched, so
 * that a statement or a text that smuggles in a script is shown and does nothing.
 */
public final class HtmlPage {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");
  private static final Pattern OVERWRITTEN = Pattern.compile("(?m)^.*\\r(?!$)");

  private final Notebook notebook;
  private final Markdown markdown;
  private final String body;

  /** {@code links} says where a link of the notebook leads from the page. */
  HtmlPage(Notebook notebook, UnaryOperator<String> links) {
    this.notebook = notebook;
    markdown = new Markdown(notebook.file().toAbsolutePath().getParent(), links);
    body = notebook.cells().stream().map(this::folded).collect(Collectors.joining());
  }

  /** Writes the page, whole or not at all. */
  public static void write(Notebook notebook, Path to) {
    AtomicFile.write(to, of(notebook));
  }

  static String of(Notebook notebook) {
    return new HtmlPage(notebook, link -> link).between("", "");
  }

  /** The page with more HTML above and below. */
  String between(String above, String below) {
    return document(title(notebook), markdown, above + markdown.contents() + body + below, "", "");
  }

  /** A page that needs nothing beside itself, of its main part, and of more style and script. */
  static String document(String title, Markdown text, String main, String looks, String acts) {
    var script = (text.hasFormulas() ? Katex.script() : "") + acts;
    var style = css() + (text.hasFormulas() ? Katex.css() : "") + looks;
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="%s">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    %s</main>
    %s</body>
    </html>
    """
        .formatted(
            policy(script),
            Html.escape(title),
            style,
            main,
            script.isEmpty() ? "" : "<script>" + script + "</script>\n");
  }

  private static String policy(String script) {
    var ours = script.isEmpty() ? "'none'" : "'sha256-" + Sha256.base64(script) + "'";
    return "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        + "script-src "
        + ours;
  }

  String title() {
    return title(notebook);
  }

  static String title(Notebook notebook) {
    return notebook.cells().stream()
        .filter(Cell::isMarkdown)
        .flatMap(cell -> cell.source().lines())
        .filter(line -> line.startsWith("# "))
        .map(line -> line.substring(2).strip())
        .findFirst()
        .orElse(notebook.file().getFileName().toString());
  }

  /** Its text without code. */
  String words() {
    return notebook.cells().stream()
        .filter(Cell::isMarkdown)
        .map(Cell::source)
        .collect(Collectors.joining(" "))
        .replaceAll("\\]\\([^)]*\\)|[\\s#*`|\\[\\]!]+", " ");
  }

  // What answers a prediction must not stand beside the question, nor long code in its way.
  private String folded(Cell cell) {
    for (var fold : List.of("Checks", "Set-up", "Answer")) {
      if (!cell.hasTag(fold.toLowerCase(Locale.ROOT))) continue;
      return "<details><summary>" + fold + "</summary>\n" + cell(cell) + "</details>\n";
    }
    return cell(cell);
  }

  private String cell(Cell cell) {
    if (cell.isMarkdown())
      return "<div class=\"text\">" + markdown.html(cell.source()) + "</div>\n";
    if (!cell.isCode()) return "";
    return "<div class=\"cell\">" + source(cell) + outputs(cell) + "</div>\n";
  }

  static String source(Cell cell) {
    var java = Highlight.java(cell.source().strip());
    return "<pre class=\"source\"><code>" + java + "</code></pre>";
  }

  static String outputs(Cell cell) {
    var html = new StringBuilder();
    for (var output : cell.outputs())
      html.append("<div class=\"output\">").append(output(output)).append("</div>");
    return html.toString();
  }

  private static String output(JsonNode output) {
    return switch (output.path("output_type").asText()) {
      case "stream" -> pre(output.path("name").asText(), Cell.text(output.path("text")));
      case "error" -> pre("error", error(output));
      default -> data(output);
    };
  }

  private static String error(JsonNode output) {
    var lines = new StringBuilder();
    output.path("traceback").forEach(line -> lines.append(line.asText()).append('\n'));
    return lines.toString();
  }

  private static String data(JsonNode output) {
    var data = output.path("data");
    var text = Cell.text(data.path(Bundle.TEXT));
    if (data.has(Bundle.PNG)) return image(output, text);
    return data.has(Bundle.HTML) ? Cell.text(data.path(Bundle.HTML)) : pre("value", text);
  }

  private static String image(JsonNode output, String alt) {
    int width = output.path("metadata").path(Bundle.PNG).path("width").asInt();
    return "<img alt=\""
        + Html.escape(alt)
        + (width > 0 ? "\" width=\"" + width : "")
        + "\" src=\"data:image/png;base64,"
        + Cell.text(output.path("data").path(Bundle.PNG)).strip()
        + "\">";
  }

  // As a terminal leaves it: no colour codes, and of a line that was overwritten the last state.
  private static String pre(String kind, String text) {
    var plain = COLOUR.matcher(text.replace("\r\n", "\n")).replaceAll("");
    var last = OVERWRITTEN.matcher(plain).replaceAll("").stripTrailing();
    return "<pre class=\"" + Html.escape(kind) + "\">" + Html.escape(last) + "</pre>";
  }

  static String css() {
    return Bundled.text(HtmlPage.class, "page.css");
  }
}
