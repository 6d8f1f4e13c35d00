package palette.notebook.page;

import java.io.StringReader;
import java.util.Base64;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palette.support.Bundled;
import palette.support.Reasons;

/** KaTeX from its webjar, in a form that a page can carry inside itself. */
final class Katex {
  private static final String DIST = "/META-INF/resources/webjars/katex/" + version() + "/dist/";

  /** Sets every formula when the page has loaded. */
  private static final String RENDER =
      """

      for (const e of document.querySelectorAll('.math'))
        katex.render(e.textContent, e,
          {displayMode: e.classList.contains('display'), throwOnError: false});
      """;

  private static final Pattern FONT =
      Pattern.compile("src:url\\(fonts/([\\w-]+\\.woff2)\\) format\\(\"woff2\"\\)[^;}]*");

  private Katex() {}

  static String script() {
    return Bundled.text(Katex.class, DIST + "katex.min.js") + RENDER;
  }

  /** The style sheet with its fonts inside. */
  static String css() {
    var css = Bundled.text(Katex.class, DIST + "katex.min.css");
    return FONT.matcher(css).replaceAll(font -> Matcher.quoteReplacement(inside(font.group(1))));
  }

  private static String inside(String font) {
    var base64 =
        Base64.getEncoder().encodeToString(Bundled.bytes(Katex.class, DIST + "fonts/" + font));
    return "src:url(data:font/woff2;base64," + base64 + ") format(\"woff2\")";
  }

  private static String version() {
    var properties = new Properties();
    var text = Bundled.text(Katex.class, "/META-INF/maven/org.webjars.npm/katex/pom.properties");
    return Reasons.attempt(
        "read KaTeX's version",
        () -> {
          properties.load(new StringReader(text));
          return properties.getProperty("version");
        });
  }
}
