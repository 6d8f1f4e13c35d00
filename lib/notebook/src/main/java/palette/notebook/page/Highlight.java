package palette.notebook.page;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import palette.support.Html;

/** Java source in four calm colours: comments, strings, keywords, numbers. */
final class Highlight {
  private static final List<String> IN_PLACES = List.of("record", "var", "yield");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<c>//[^\\n]*|/\\*(?s:.*?)\\*/)"
              + "|(?<s>\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++')"
              + "|(?<n>\\b[0-9][0-9a-zA-Z_.]*)|(?<k>[\\w$]+)|.|\\s");

  private Highlight() {}

  static String java(String source) {
    return TOKEN.matcher(source).replaceAll(token -> Matcher.quoteReplacement(html(token)));
  }

  private static String html(MatchResult token) {
    var text = Html.escape(token.group());
    var kinds = "csnk";
    int g = 1;
    while (g <= kinds.length() && token.group(g) == null) g++;
    if (g > kinds.length() || g == kinds.length() && !isKeyword(token.group())) return text;
    return "<span class=\"" + kinds.charAt(g - 1) + "\">" + text + "</span>";
  }

  private static boolean isKeyword(String word) {
    return SourceVersion.isKeyword(word) || IN_PLACES.contains(word);
  }
}
