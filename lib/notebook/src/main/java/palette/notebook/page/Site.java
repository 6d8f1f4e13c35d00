package palette.notebook.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import palette.support.AtomicFile;
import palette.support.Bundled;
import palette.support.Html;
import palette.support.InputException;
import palette.support.Sha256;

/**
 * README and all that it leads to as pages that need no network: a notebook or a Markdown file is a
 * page, whatever else is linked is copied beside them. A link that leads nowhere ends it.
 */
public final class Site {
  private static final String START = "README.md";
  private static final String SEARCH = "search.html";
  private static final List<String> ROOMS =
      List.of("tutorials", "tutorials/solutions", "notebooks", "notebooks/papers");

  private final Path home;
  private final Path to;
  private final Map<Path, HtmlPage> pages = new TreeMap<>(inOrder()); // by source, below home
  private final Set<Path> files = new TreeSet<>();
  private final ArrayDeque<Path> found = new ArrayDeque<>();

  private record Entry(String url, String title, String text) {}

  private Site(Path home, Path to) {
    this.home = home;
    this.to = to;
  }

  // The README, then rooms as one reads them; in each its README first, and lessons by number.
  private static Comparator<Path> inOrder() {
    return Comparator.<Path, Boolean>comparing(p -> !p.equals(Path.of(START)))
        .thenComparing(p -> ROOMS.indexOf(room(p)) & Integer.MAX_VALUE)
        .thenComparing(Site::room)
        .thenComparing(p -> !p.endsWith(START))
        .thenComparing(Path::toString);
  }

  private static String room(Path page) {
    return page.getParent() == null ? "" : slashes(page.getParent());
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  /**
   * Makes the site of a checkout in a folder, and says how many pages it has.
   *
   * @throws InputException if a link leads nowhere
   */
  public static int build(Path home, Path to) {
    var site = new Site(home.toAbsolutePath().normalize(), to);
    site.read(Path.of(START));
    while (!site.found.isEmpty()) site.read(site.found.remove());
    site.write();
    return site.pages.size();
  }

  // ------------------------------------------------------------------------------------- reading

  private void read(Path source) {
    if (pages.containsKey(source)) return;
    var file = home.resolve(source);
    boolean notebook = source.toString().endsWith(".ipynb");
    var read = notebook ? Notebook.read(file) : Notebook.ofMarkdown(file);
    pages.put(source, new HtmlPage(read, link -> link(source, link)));
  }

  private String link(Path from, String link) {
    if (link.matches("(?i)[a-z][a-z0-9+.-]*:.*") || link.startsWith("#")) return link;
    String[] parts = link.split("#", 2);
    var base = home.resolve(from).resolveSibling(parts[0]).normalize();
    var target = Files.isDirectory(base) ? base.resolve(START) : base;
    if (!target.startsWith(home) || !Files.isRegularFile(target))
      throw new InputException(from.toString(), "a file that is there", link, "Mend the link.");
    var source = home.relativize(target);
    boolean page = source.toString().matches(".*\\.(md|ipynb)");
    if (page) found.add(source);
    else files.add(source);
    String url = page ? relative(from, url(source)) : relative(from, slashes(source));
    return parts.length == 1 ? url : url + "#" + parts[1];
  }

  private static String url(Path source) {
    if (source.equals(Path.of(START))) return "index.html";
    return slashes(source).replaceFirst("\\.(md|ipynb)$", ".html");
  }

  private static String relative(Path from, String url) {
    return "../".repeat(from.getNameCount() - 1) + url;
  }

  // ------------------------------------------------------------------------------------- writing

  private void write() {
    // Reading a page's text finds its links: all of them before any is written.
    var all = List.copyOf(pages.keySet());
    for (int i = 0; i < all.size(); i++) {
      var page = pages.get(all.get(i));
      var before = i == 0 ? null : all.get(i - 1);
      var after = i + 1 == all.size() ? null : all.get(i + 1);
      String html = page.between(contents(all.get(i)), turn(all.get(i), before, after));
      AtomicFile.write(to.resolve(url(all.get(i))), html);
    }
    try {
      for (var file : files) save(slashes(file), Files.readAllBytes(home.resolve(file)));
      copyApi();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not copy to " + to + ": " + e, e);
    }
    AtomicFile.write(to.resolve(SEARCH), search());
  }

  private void save(String name, byte[] bytes) {
    AtomicFile.write(to.resolve(name), out -> out.write(bytes));
  }

  private Path api() {
    return home.resolve(Path.of("target", "reports", "apidocs"));
  }

  private void copyApi() throws IOException {
    if (!Files.isDirectory(api())) return;
    try (var below = Files.walk(api())) {
      for (var file : (Iterable<Path>) below.filter(Files::isRegularFile)::iterator)
        save("api/" + slashes(api().relativize(file)), Files.readAllBytes(file));
    }
  }

  private String contents(Path here) {
    var html = new StringBuilder("<nav aria-label=\"Site\">\n<form action=\"");
    html.append(relative(here, SEARCH))
        .append("\"><label>Search <input name=\"q\"></label></form>\n");
    html.append("<details class=\"contents\"><summary>All pages</summary>\n<ul>\n");
    for (var page : pages.keySet()) {
      String current = page.equals(here) ? " aria-current=\"page\"" : "";
      html.append("<li>").append(anchor(here, page, current, "")).append("</li>\n");
    }
    if (Files.isDirectory(api()))
      html.append("<li><a href=\"" + relative(here, "api/index.html") + "\">API</a></li>\n");
    return html.append("</ul></details>\n</nav>\n").toString();
  }

  private String anchor(Path here, Path page, String attributes, String arrow) {
    String title = Html.escape(pages.get(page).title());
    String link = relative(here, url(page));
    return String.format("<a href=\"%s\"%s>%s%s</a>", link, attributes, arrow, title);
  }

  private String turn(Path here, Path before, Path after) {
    var links = new ArrayList<String>();
    if (before != null) links.add(anchor(here, before, " rel=\"prev\"", "← "));
    if (after != null) links.add(anchor(here, after, " rel=\"next\"", "→ "));
    return "<nav aria-label=\"Previous and next\"><p>" + String.join(" · ", links) + "</p></nav>\n";
  }

  /** One page that holds the words of all. */
  private String search() {
    var index = new ArrayList<Entry>();
    pages.forEach((source, page) -> index.add(new Entry(url(source), page.title(), page.words())));
    String script = Bundled.text(Site.class, "search.js").replace("@PAGES@", Notebook.json(index));
    return Bundled.text(Site.class, SEARCH)
        .replace("@STYLE@", HtmlPage.css())
        .replace("@HASH@", Sha256.base64(script))
        .replace("@SCRIPT@", script);
  }
}
