package palette.family;

import java.util.List;
import java.util.Map;
import palette.data.Embedder;
import palette.support.InputException;

/** An embedder of one's own: looks vectors up. */
public record GivenVectors(Map<String, float[]> vectors) implements Embedder {

  @Override
  public float[][] embed(List<String> texts) {
    return texts.stream().map(this::vector).toArray(float[][]::new);
  }

  private float[] vector(String text) {
    if (vectors.containsKey(text)) return vectors.get(text);
    throw new InputException("given vectors", "a known text", text, "Add it.");
  }

  @Override
  public int dimension() {
    return vectors.values().iterator().next().length;
  }

  @Override
  public String fingerprint() {
    int hash = vectors.entrySet().stream().mapToInt(GivenVectors::hash).sum();
    return "given-" + dimension() + "d-" + Integer.toHexString(hash);
  }

  private static int hash(Map.Entry<String, float[]> entry) {
    return entry.getKey().hashCode() ^ java.util.Arrays.hashCode(entry.getValue());
  }
}
