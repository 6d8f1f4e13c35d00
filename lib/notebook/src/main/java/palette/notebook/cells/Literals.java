package palette.notebook.cells;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Texts in Java source that no class file can hold. They are looked for before JShell sees them:
 * the class of one that waits for a later declaration would take that one down too.
 */
final class Literals {
  private static final int MOST_BYTES = 65_535;

  // Possessive throughout: otherwise a long text would overflow the stack.
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*+|/\\*(?s:.*?)\\*/|'(?:[^'\\\\\\n]|\\\\.)*+'"
              + "|\"\"\"(?<block>(?:[^\"\\\\]|\\\\(?s:.)|\"(?!\"\"))*+)\"\"\""
              + "|\"(?<line>(?:[^\"\\\\\\n]|\\\\.)*+)\"");

  private static final Pattern UNICODE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

  private Literals() {}

  /** Where the first text begins that is longer than a class file's longest. */
  static OptionalInt tooLong(String source) {
    if (source.length() <= MOST_BYTES / 3) return OptionalInt.empty();
    var tokens = TOKEN.matcher(source);
    while (tokens.find()) {
      if (isTooLong(tokens.group("line")) || isTooLong(block(tokens.group("block"))))
        return OptionalInt.of(tokens.start());
    }
    return OptionalInt.empty();
  }

  private static String block(String written) {
    if (written == null) return null;
    return written.substring(written.indexOf('\n') + 1).stripIndent();
  }

  private static boolean isTooLong(String written) {
    if (written == null || written.length() <= MOST_BYTES / 3) return false;
    return meaning(written).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }

  private static String meaning(String written) {
    try {
      return UNICODE
          .matcher(written)
          .replaceAll(found -> "" + (char) Integer.parseInt(found.group(1), 16))
          .translateEscapes();
    } catch (IllegalArgumentException e) {
      // An escape that is none, which the compiler will say.
      return "";
    }
  }
}
