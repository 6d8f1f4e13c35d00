package palette.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;

/** Cases worked out elsewhere, each with a line that says what it is. */
public final class Golden {
  private Golden() {}

  public static JsonNode read(String name) {
    try (var in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Stream<Named<JsonNode>> cases(String name) {
    return StreamSupport.stream(read(name).spliterator(), false)
        .map(node -> Named.of(node.get("desc").asText(), node));
  }

  public static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) values[i] = array.get(i).asDouble();
    return values;
  }

  public static double[][] rows(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) rows[i] = numbers(array.get(i));
    return rows;
  }

  public static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) values[i] = (float) array.get(i).asDouble();
    return values;
  }

  /** A x. */
  public static double[] map(double[][] a, double[] x) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) y[i] = Similarity.DOT.at(a[i], x, null);
    return y;
  }

  public static double[] mix(double[] w, double[]... points) {
    double[] sum = new double[points[0].length];
    for (int k = 0; k < w.length; k++) {
      for (int l = 0; l < sum.length; l++) sum[l] += w[k] * points[k][l];
    }
    return sum;
  }

  public static double[] unit(double[] v) {
    double length = Math.sqrt(Similarity.DOT.at(v, v, null));
    double[] u = v.clone();
    for (int l = 0; l < u.length; l++) u[l] /= length;
    return u;
  }
}
