package palette.notebook.page;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import palette.support.Html;

/** Java source in four calm colours: comments, strings, keywords, numbers. */
final class Highlight {
  private static final String KEYWORDS =
      "abstract|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum"
          + "|extends|final|finally|float|for|if|implements|import|instanceof|int|interface|long"
          + "|new|null|private|protected|public|record|return|short|static|super|switch"
          + "|synchronized|this|throw|throws|true|false|try|var|void|volatile|while|yield";

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<c>//[^\\n]*|/\\*(?s:.*?)\\*/)"
              + "|(?<s>\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++')"
              + "|(?<k>\\b(?:"
              + KEYWORDS
              + ")\\b)|(?<n>\\b[0-9][0-9a-zA-Z_.]*)|[\\w$]+|.|\\s");

  private Highlight() {}

  static String java(String source) {
    return TOKEN.matcher(source).replaceAll(token -> Matcher.quoteReplacement(html(token)));
  }

  private static String html(MatchResult token) {
    var text = Html.escape(token.group());
    var kinds = "cskn";
    for (int g = 1; g <= kinds.length(); g++) {
      if (token.group(g) != null)
        return "<span class=\"" + kinds.charAt(g - 1) + "\">" + text + "</span>";
    }
    return text;
  }
}
