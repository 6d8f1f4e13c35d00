package palette.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import palette.support.InputException;

/** A text as the token ids that the encoder reads, in pieces that fit into it. */
final class Tokens {
  private static final int USUAL = 512;
  private static final Pattern BYTE_OR_UNKNOWN = Pattern.compile("<0x..>|\\[UNK\\]|<unk>");

  private final HuggingFaceTokenizer tokenizer;
  private final String prefix;
  private final int prefixed; // tokens
  private final int longest;

  /** {@code prefix}: what stands before each piece of a text; may be empty. */
  Tokens(String where, byte[] json, String prefix) {
    tokenizer = load(where, json);
    this.prefix = prefix;
    prefixed = tokenizer.encode(prefix, false, false).getIds().length;
    // What the file itself cuts texts to, which is what its encoder was made for; else 512.
    longest = tokenizer.getMaxLength() > 0 ? tokenizer.getMaxLength() : USUAL;
  }

  /** How many tokens of a piece are the text's own. */
  int content(long[] piece) {
    return Math.max(1, piece.length - 2 - prefixed);
  }

  /** The most tokens in a piece, special ones included. */
  int longest() {
    return longest;
  }

  private static HuggingFaceTokenizer load(String where, byte[] json) {
    // The tokenizers run on the CPU; without this DJL looks for a GPU and warns that there is none.
    if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
      System.setProperty("RUST_FLAVOR", "cpu");
    }
    try {
      var asIs = Map.of("padding", "false", "truncation", "false");
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), asIs);
    } catch (LinkageError e) {
      throw InputException.natives("tokenizers", "-DDJL_CACHE_DIR=FOLDER", e);
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          where,
          "a tokenizer.json of Hugging Face's tokenizers",
          e.getMessage(),
          "Export it beside the model.",
          e);
    }
  }

  /**
   * The pieces of a text, each between the tokenizer's special tokens. Cut where a word begins,
   * unless one word is longer than a piece.
   */
  List<long[]> pieces(String text) {
    return pieces(encoding(text));
  }

  /** A text behind the prefix, between the tokenizer's special tokens, as long as it may be. */
  Encoding encoding(String text) {
    return tokenizer.encode(prefix + wellFormed(text), true, false);
  }

  /** The same of a text that is tokenized. */
  List<long[]> pieces(Encoding encoding) {
    long[] ids = encoding.getIds();
    if (ids.length <= longest) return List.of(ids);
    int first = leadingSpecials(encoding) + prefixed;
    int last = ids.length - trailingSpecials(encoding);
    int most = Math.max(1, longest - (ids.length - (last - first)));
    var pieces = new ArrayList<long[]>();
    for (int from = first; from < last; ) {
      int to = cut(encoding.getWordIds(), from, last, most);
      pieces.add(framed(ids, first, from, to, last));
      from = to;
    }
    return pieces;
  }

  /** The first piece of a text, of at most so many tokens; the rest is left out. */
  long[] cut(String text, int most) {
    var encoding = encoding(text);
    long[] ids = encoding.getIds();
    if (ids.length <= most) return ids;
    int first = leadingSpecials(encoding) + prefixed;
    int last = ids.length - trailingSpecials(encoding);
    return framed(ids, first, first, last - (ids.length - most), last);
  }

  /**
   * Whether more than a third of a text of five tokens or more is no word that the tokenizer knows:
   * the later parts of words ("##s"), bytes, and what it has no sign for. To MiniLM's that holds of
   * 6 of 1,529 English statements (seven Polis conversations), of 43 of 43 in ten other languages,
   * and of four French ones of five.
   */
  static boolean isStrange(Encoding encoding) {
    var tokens = encoding.getTokens();
    long[] special = encoding.getSpecialTokenMask();
    int content = 0;
    int broken = 0;
    for (int t = 0; t < tokens.length; t++) {
      if (special[t] == 1) continue;
      content++;
      if (tokens[t].startsWith("##") || BYTE_OR_UNKNOWN.matcher(tokens[t]).matches()) broken++;
    }
    return content >= 5 && 3 * broken > content;
  }

  private static int cut(long[] words, int from, int last, int most) {
    if (last - from <= most) return last;
    int to = from + most;
    while (to > from && words[to] == words[to - 1]) to--;
    return to > from ? to : from + most;
  }

  private static long[] framed(long[] ids, int first, int from, int to, int last) {
    var before = LongStream.of(ids).limit(first);
    var content = LongStream.of(ids).skip(from).limit(to - from);
    var after = LongStream.of(ids).skip(last);
    return LongStream.concat(LongStream.concat(before, content), after).toArray();
  }

  private static int leadingSpecials(Encoding encoding) {
    long[] special = encoding.getSpecialTokenMask();
    int n = 0;
    while (n < special.length && special[n] == 1) n++;
    return n;
  }

  private static int trailingSpecials(Encoding encoding) {
    long[] special = encoding.getSpecialTokenMask();
    int n = 0;
    while (n < special.length && special[special.length - 1 - n] == 1) n++;
    return n;
  }

  // Half a surrogate pair is no character: the tokenizer's native code refuses it.
  private static String wellFormed(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return out.toString();
  }
}
