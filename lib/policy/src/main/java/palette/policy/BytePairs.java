package palette.policy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import palette.support.InputException;

/**
 * Byte pairs (Sennrich et al. 2016, arXiv 1508.07909) as GPT-2 has them, with tokens and merges of
 * one's own. A text falls into words, numbers and signs; in each of them the two neighbours that
 * stand first among the merges become one, again and again. Tokens are written as GPT-2 writes
 * them: a letter a byte, the byte's own where it prints.
 */
final class BytePairs {
  private static final int BYTES = 256;
  private static final Pattern PART =
      Pattern.compile(
          "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Map<Character, Integer> BYTE_OF = new LinkedHashMap<>();

  static {
    char next = BYTES;
    for (int b = 0; b < BYTES; b++) {
      boolean prints = b >= '!' && b <= '~' || b >= 0xa1 && b != 0xad;
      BYTE_OF.put(prints ? (char) b : next++, b);
    }
  }

  private BytePairs() {}

  /** Tokens by number, "" where a number has none; merges as "left right", the first one first. */
  static Vocabulary of(String where, List<String> tokens, List<String> merges, int start, int end) {
    var parts = new LinkedHashMap<String, Integer>(); // and their ranks: jtokkit joins by these
    BYTE_OF.keySet().forEach(letter -> parts.put("" + letter, parts.size()));
    for (var merge : merges) parts.putIfAbsent(merge.replaceFirst(" ", ""), parts.size());
    var numbers = new HashMap<String, Integer>();
    for (int i = 0; i < tokens.size(); i++) numbers.put(tokens.get(i), i);
    int[] token = parts.keySet().stream().mapToInt(p -> number(where, numbers, p)).toArray();
    var ranks = new HashMap<byte[], Integer>();
    parts.forEach((part, rank) -> ranks.put(bytes(part), rank));
    var pairs = new GptBytePairEncodingParams("own", PART, ranks, Map.of());
    var registry = Encodings.newLazyEncodingRegistry().registerGptBytePairEncoding(pairs);
    var encoding = registry.getEncoding("own").orElseThrow();
    return new Vocabulary(
        "byte pairs",
        tokens.size(),
        start,
        end,
        tokens,
        merges,
        text -> Arrays.stream(encoding.encodeOrdinary(text).toArray()).map(r -> token[r]).toArray(),
        some -> text(tokens, some));
  }

  private static int number(String where, Map<String, Integer> numbers, String part) {
    Integer number = numbers.get(part);
    if (number != null) return number;
    String next = "Take the vocabulary and the merges of one tokenizer.";
    throw new InputException(where, "a token '" + part + "', a byte's or a merge's", "none", next);
  }

  private static byte[] bytes(String letters) {
    var bytes = new ByteArrayOutputStream();
    for (char letter : letters.toCharArray()) {
      Integer its = BYTE_OF.get(letter);
      if (its != null) bytes.write(its);
      else bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String text(List<String> tokens, int[] some) {
    var letters = new StringBuilder();
    for (int token : some) letters.append(tokens.get(token));
    return new String(bytes(letters.toString()), StandardCharsets.UTF_8);
  }
}
