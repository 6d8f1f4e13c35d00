package palette.embed;

import java.util.List;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/** What every embedder checks of the texts that go in and the vectors that come out. */
final class VectorChecks {
  private static final int QUOTED = 63; // with three dots

  private VectorChecks() {}

  static List<String> checkTexts(List<String> texts) {
    Checks.present("texts", texts);
    int i = 0;
    for (var text : texts) Checks.present("text " + i++, text);
    return texts;
  }

  static void check(String embedder, String text, float[] vector, int dimension) {
    if (vector == null || vector.length != dimension) {
      throw bad(embedder, text, dimension, vector == null ? "null" : vector.length + " numbers");
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw bad(embedder, text, dimension, vector[i] + " at index " + i);
      }
    }
  }

  private static InputException bad(String embedder, String text, int dimension, String found) {
    return new InputException(
        embedder + ", text " + quote(text),
        dimension + " finite numbers",
        found,
        "Remove the text or mend the embedder.");
  }

  /** The text in quotes, cut where it is long. */
  static String quote(String text) {
    return '"' + Texts.shortened(text, QUOTED) + '"';
  }
}
