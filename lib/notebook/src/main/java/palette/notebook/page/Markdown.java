package palette.notebook.page;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.TextContentRenderer;
import palette.support.Html;
import palette.support.Reasons;

/**
 * Markdown as Jupyter reads it: CommonMark with tables, and formulas between dollar signs, which
 * are taken out first so that {@code _} and {@code *} in them stay what they are. Pictures beside
 * the notebook become part of the page.
 */
final class Markdown {
  // Code comes first: a dollar in it is a dollar. A formula within a line ends with its paragraph.
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?ms)(?<code>^ {0,3}(?<fence>```+|~~~+).*?(?:^"
              + " {0,3}\\k<fence>|\\z)|(?<tick>`+)(?!`).+?(?<!`)\\k<tick>(?!`))|(?<escaped>\\\\\\$)"
              + "|\\$\\$(?<display>.+?)\\$\\$"
              + "|\\$(?<inline>(?![\\s$])(?:\\\\.|(?!\\n[ \\t]*\\n)[^$\\\\])++(?<!\\s))\\$(?!\\d)");

  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';
  private static final Pattern MARK = Pattern.compile(OPEN + "(\\d+)" + CLOSE);
  // Lists and quotes inside each other; what is deeper would overflow the stack.
  private static final int DEEPEST = 200;
  private static final long LARGEST_PICTURE = 100 << 20;
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private final Path folder;
  private final UnaryOperator<String> links;
  private final List<String> formulas = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> chapters = new ArrayList<>(); // links to headings of level 2

  /** Pictures that the text names lie in the folder; {@code links} says where a link leads. */
  Markdown(Path folder, UnaryOperator<String> links) {
    this.folder = folder;
    this.links = links;
  }

  String html(String markdown) {
    var parser = Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST).build();
    var node = parser.parse(marked(markdown));
    var renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .sanitizeUrls(true)
            .urlSanitizer(new Urls())
            .attributeProviderFactory(context -> (n, tag, attributes) -> more(n, attributes))
            .build();
    return MARK.matcher(renderer.render(node))
        .replaceAll(m -> Matcher.quoteReplacement(formulas.get(Integer.parseInt(m.group(1)))));
  }

  /** Links to the chapters of all texts so far, where there are several. */
  String contents() {
    if (chapters.size() < 3) return "";
    return "<details class=\"contents\"><summary>Contents</summary>\n<ul>\n"
        + String.join("", chapters)
        + "</ul></details>\n";
  }

  boolean hasFormulas() {
    return !formulas.isEmpty();
  }

  private String marked(String markdown) {
    var match = FORMULA.matcher(markdown.replace(OPEN, '?').replace(CLOSE, '?'));
    var marked = new StringBuilder();
    while (match.find()) match.appendReplacement(marked, Matcher.quoteReplacement(mark(match)));
    return match.appendTail(marked).toString();
  }

  private String mark(Matcher match) {
    if (match.group("display") != null) return formula("math display", match.group("display"));
    if (match.group("inline") != null) return formula("math", match.group("inline"));
    return match.group();
  }

  private String formula(String kind, String tex) {
    formulas.add("<span class=\"" + kind + "\">" + Html.escape(tex.strip()) + "</span>");
    return "" + OPEN + (formulas.size() - 1) + CLOSE;
  }

  private void more(Node node, Map<String, String> attributes) {
    if (node instanceof Heading heading && heading.getLevel() == 2) chapter(heading, attributes);
    if (node instanceof Link) attributes.computeIfPresent("href", (h, link) -> links.apply(link));
    if (node instanceof Image image) inside(image, attributes);
  }

  private void chapter(Heading heading, Map<String, String> attributes) {
    String title =
        MARK.matcher(TextContentRenderer.builder().build().render(heading)).replaceAll("…");
    // As GitHub names it, so that links there and here are the same.
    String words = title.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
    String id = words.replace(' ', '-');
    for (int n = 1; !ids.add(id); n++) id = words.replace(' ', '-') + "-" + n;
    attributes.put("id", id);
    chapters.add("<li><a href=\"#" + id + "\">" + Html.escape(title.strip()) + "</a></li>\n");
  }

  private void inside(Image image, Map<String, String> attributes) {
    var type = URLConnection.guessContentTypeFromName(image.getDestination());
    var file = file(image.getDestination());
    if (file == null || type == null || !type.startsWith("image/")) return;
    byte[] bytes = Reasons.attempt("read " + file, () -> Files.readAllBytes(file));
    attributes.put("src", "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes));
  }

  // Only what lies in the notebook's folder or below, whatever links say: a page must not carry off
  // other files.
  private Path file(String destination) {
    try {
      var file = folder.resolve(destination);
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_PICTURE) return null;
      return file.toRealPath().startsWith(folder.toRealPath()) ? file : null;
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  /** Links that only lead somewhere, and pictures that are pictures: no scripts. */
  private static final class Urls implements UrlSanitizer {
    private final UrlSanitizer links = new DefaultUrlSanitizer(List.of("http", "https", "mailto"));
    private final UrlSanitizer pictures = new DefaultUrlSanitizer(List.of("http", "https", "data"));

    @Override
    public String sanitizeLinkUrl(String url) {
      return links.sanitizeLinkUrl(url);
    }

    @Override
    public String sanitizeImageUrl(String url) {
      return pictures.sanitizeImageUrl(url);
    }
  }
}
