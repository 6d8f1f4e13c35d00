package palette.data.check;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * A number that can be read off a text's formatting, and should not tell which text won.
 *
 * @param name as findings call it, "brackets at both ends"
 * @param value of a text; the higher-valued text of a pair is tried as the winner, and as the loser
 */
record TextFeature(String name, ToDoubleFunction<String> value) {
  private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z][^>]*>|\\*\\*|^#+ |`", 8);
  private static final Pattern ESCAPES = Pattern.compile("\\\\[nrt\"'u\\\\]|&[a-z]+;|&#\\d+;");

  /** Length, brackets, quotes, escapes, mark-up, white space, capital, end, foreign characters. */
  static final List<TextFeature> ALL =
      List.of(
          new TextFeature("length", t -> t.codePointCount(0, t.length())),
          new TextFeature("brackets at both ends", t -> wrapped(t.strip(), "[({<", "])}>")),
          new TextFeature("brackets", t -> count(t, "[]{}")),
          new TextFeature("quotes at both ends", t -> wrapped(t.strip(), "\"'“‘«„", "\"'”’»“")),
          new TextFeature("double quotes", t -> count(t, "\"")),
          new TextFeature("typographic quotes", t -> count(t, "“”‘’«»„")),
          new TextFeature("escaped characters", t -> ESCAPES.matcher(t).results().count()),
          new TextFeature("mark-up", t -> MARKUP.matcher(t).results().count()),
          new TextFeature("white space at the ends", t -> t.length() - t.strip().length()),
          new TextFeature("line breaks", t -> count(t, "\n")),
          new TextFeature("capital at the start", t -> capital(t.strip())),
          new TextFeature("punctuation at the end", t -> ended(t.strip())),
          new TextFeature("characters beyond ASCII", t -> t.chars().filter(c -> c > 127).count()));

  private static double wrapped(String text, String opening, String closing) {
    if (text.length() < 2) return 0;
    int kind = opening.indexOf(text.charAt(0));
    return kind >= 0 && closing.charAt(kind) == text.charAt(text.length() - 1) ? 1 : 0;
  }

  private static double count(String text, String any) {
    return text.chars().filter(c -> any.indexOf(c) >= 0).count();
  }

  private static double capital(String text) {
    return !text.isEmpty() && Character.isUpperCase(text.codePointAt(0)) ? 1 : 0;
  }

  private static double ended(String text) {
    return !text.isEmpty() && ".!?…".indexOf(text.charAt(text.length() - 1)) >= 0 ? 1 : 0;
  }
}
