package palette.data.check;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import palette.data.Catalog;

/**
 * Texts without what formatting may change: compatibility forms (NFKC), case, white space, and in
 * texts of three words or more punctuation. Short ones keep it: C and C++, 1 and -1 differ.
 */
final class TextForm {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern MARKS = Pattern.compile("[\\p{P}\\p{S}]+");
  private static final int WORDS = 3;

  private TextForm() {}

  static String of(String text) {
    String even = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String words = spaced(MARKS.matcher(even).replaceAll(" "));
    return words.split(" ").length >= WORDS ? words : spaced(even);
  }

  private static String spaced(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  /** The number of each entry; entries of one normalised text have one number. */
  static int[] numbers(Catalog entries, Map<String, Integer> known) {
    int[] numbers = new int[entries.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = of(entries.text(i));
      Integer number = known.putIfAbsent(text, known.size());
      numbers[i] = number == null ? known.size() - 1 : number;
    }
    return numbers;
  }
}
