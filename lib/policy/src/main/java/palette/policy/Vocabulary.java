package palette.policy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Texts as tokens and back; tokens are numbered from 0 on.
 *
 * @param name "words", "bytes", "gpt2" or "byte pairs"
 * @param start the token that every text begins with; it has no text, as {@code end} has none
 * @param all its tokens by number; empty where the name says all
 * @param merges of byte pairs, "left right"; empty elsewhere
 */
public record Vocabulary(
    String name,
    int size,
    int start,
    int end,
    List<String> all,
    List<String> merges,
    Function<String, int[]> encode,
    Function<int[], String> decode) {
  private static final List<String> SPECIAL = List.of("<start>", "<end>", "<unknown>");
  private static final Pattern PART = Pattern.compile("\n|[\\p{L}\\p{N}'-]+|[^\\s]");
  private static final String CLOSING = "[.,;:!?)\n]";
  private static final int GPT2_END = 50_256; // and start

  /**
   * Every word, sign and line break of some texts. What is none of them reads {@code <unknown>};
   * decoded words stand a blank apart, signs such as "." directly behind a word.
   */
  public static Vocabulary words(List<String> texts) {
    var all = new LinkedHashSet<>(SPECIAL);
    for (var text : texts) all.addAll(parts(text));
    return ofWords(List.copyOf(all));
  }

  static Vocabulary ofWords(List<String> all) {
    var places = new HashMap<String, Integer>();
    for (int i = 0; i < all.size(); i++) places.put(all.get(i), i);
    return new Vocabulary(
        "words",
        all.size(),
        0,
        1,
        all,
        List.of(),
        text -> parts(text).stream().mapToInt(part -> places.getOrDefault(part, 2)).toArray(),
        tokens -> joined(all, tokens));
  }

  private static List<String> parts(String text) {
    return PART.matcher(text).results().map(MatchResult::group).toList();
  }

  private static String joined(List<String> all, int[] tokens) {
    var text = new StringBuilder();
    for (int token : tokens) {
      var part = all.get(token);
      boolean first = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      if (!first && !part.matches(CLOSING)) text.append(' ');
      text.append(part);
    }
    return text.toString();
  }

  /** The 256 bytes of UTF-8. */
  public static Vocabulary bytes() {
    return new Vocabulary(
        "bytes", 258, 256, 257, List.of(), List.of(), Vocabulary::ofBytes, Vocabulary::fromBytes);
  }

  private static int[] ofBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
  }

  private static String fromBytes(int[] tokens) {
    byte[] bytes = new byte[tokens.length];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) tokens[i];
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** GPT-2's 50,257 tokens (jtokkit's r50k_base). */
  public static Vocabulary gpt2() {
    var base = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
    return new Vocabulary(
        "gpt2",
        GPT2_END + 1,
        GPT2_END,
        GPT2_END,
        List.of(),
        List.of(),
        text -> base.encodeOrdinary(text).toArray(),
        tokens -> {
          var some = new IntArrayList(tokens.length);
          for (int token : tokens) some.add(token);
          return base.decode(some);
        });
  }

  /** The tokens of a text, without start and end. */
  int[] encode(String text) {
    return encode.apply(text);
  }

  /** The text of some tokens. */
  String decode(int[] tokens) {
    return decode.apply(IntStream.of(tokens).filter(t -> t != start && t != end).toArray());
  }
}
