package palette.embed;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.Embedder;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Sha256;

/** Looks vectors up. */
final class Precomputed implements Embedder {
  private final Map<String, float[]> vectors = new HashMap<>();
  private final int dimension;
  private final String fingerprint;

  Precomputed(Map<String, float[]> given) {
    Checks.require(given != null && !given.isEmpty(), "vectors", "at least one entry", given);
    given.forEach(
        (text, vector) -> {
          Checks.present("a text of vectors", text);
          vectors.put(
              text, Checks.present("the vector of " + VectorChecks.quote(text), vector).clone());
        });
    dimension = vectors.values().iterator().next().length;
    Checks.atLeast(1, "dimension of the vectors", dimension);
    vectors.forEach((text, v) -> VectorChecks.check("precomputed vectors", text, v, dimension));
    fingerprint = "precomputed-" + dimension + "d-" + hash();
  }

  @Override
  public float[][] embed(List<String> texts) {
    return VectorChecks.checkTexts(texts).stream().map(this::vector).toArray(float[][]::new);
  }

  private float[] vector(String text) {
    var vector = vectors.get(text);
    if (vector != null) return vector.clone();
    throw new InputException(
        "precomputed vectors",
        "a vector for the text " + VectorChecks.quote(text),
        "none among " + vectors.size(),
        "Add it, or use Embedders.miniLm().");
  }

  // Over the texts in order, so that the order of the map does not matter.
  private String hash() {
    var digest = Sha256.begin();
    new TreeMap<>(vectors)
        .forEach(
            (text, vector) -> {
              var bytes = ByteBuffer.allocate(TextKey.BYTES + Float.BYTES * dimension);
              TextKey.of(text).writeTo(bytes);
              for (float x : vector) bytes.putFloat(x);
              digest.update(bytes.array());
            });
    return TextKey.from(ByteBuffer.wrap(digest.digest())).shortHex();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return fingerprint + " (" + vectors.size() + " texts)";
  }
}
