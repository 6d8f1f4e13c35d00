package palette.data;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import palette.support.InputException;

/** Turns texts into vectors, the same text always into the same vector. */
public interface Embedder {
  /** What to do about an embedder that does not do what it says. */
  String MEND = "Mend embed(...) or dimension(): what was learned would fit no other vectors.";

  /** One row a text, in order; shape [n][dimension], finite. */
  float[][] embed(List<String> texts);

  /** The length of every vector. */
  int dimension();

  /**
   * The same, and nothing else: one row a text, each as long as {@link #dimension} says.
   *
   * @throws InputException if the embedder keeps to neither
   */
  default float[][] checked(List<String> texts) {
    float[][] rows = embed(texts);
    String who = "embedder " + fingerprint();
    int n = rows == null ? 0 : rows.length;
    if (n != texts.size()) {
      throw new InputException(who, texts.size() + " vectors, one a text", "" + n, MEND);
    }
    for (var row : rows) {
      if (row != null && row.length == dimension()) continue;
      String said = "vectors of " + dimension() + " numbers, as its dimension() says";
      throw new InputException(who, said, row == null ? "null" : "one of " + row.length, MEND);
    }
    return rows;
  }

  /** Names the encoder and its weights; two embedders with one fingerprint give one result. */
  String fingerprint();

  /**
   * Finds an embedder by the fingerprint that a saved model names. A module that brings encoders
   * has one ({@link ServiceLoader}), so that a model trained with them is whole again by itself.
   */
  interface Source {

    /** The embedder of this fingerprint; empty if it is none of these. */
    Optional<Embedder> find(String fingerprint);

    /** The first that any module on the class path has. */
    static Optional<Embedder> anywhere(String fingerprint) {
      return ServiceLoader.load(Source.class).stream()
          .flatMap(source -> source.get().find(fingerprint).stream())
          .findFirst();
    }
  }
}
