package palette.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.fit.BasisModel;

/** A small model behind its doors. */
final class Served implements AutoCloseable {
  static final List<String> ITEMS = List.of("i0", "i1", "i2", "i3", "i4", "i5");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final BasisModel model;
  final Doors doors;

  Served(Path folder, String... options) {
    var dir = folder.resolve("model");
    model = PalA.spec().prototypes(2).dimension(2).epochs(5).device("cpu").fit(answers());
    model.save(dir);
    var people = folder.resolve("people").toString();
    var arguments = Stream.of(dir.toString(), "--people", people, "--port", "0");
    doors = Serving.open(Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
  }

  static Preferences answers() {
    var random = new SplittableRandom(1);
    var builder = Preferences.builder();
    float[][] x = new float[ITEMS.size()][3];
    for (float[] row : x) for (int c = 0; c < 3; c++) row[c] = (float) random.nextDouble();
    for (var item : ITEMS) builder.item(item, null);
    for (int n = 0; n < 300; n++) {
      int i = random.nextInt(6);
      int j = (i + 1 + random.nextInt(5)) % 6;
      boolean first = x[i][n % 2] > x[j][n % 2];
      builder.add(Comparison.of("u" + n % 10, "i" + (first ? i : j), "i" + (first ? j : i)));
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(x));
  }

  HttpResponse<String> send(HttpRequest.Builder request, String path) {
    try {
      var whole = request.uri(URI.create(doors.url() + path)).build();
      return CLIENT.send(whole, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), path);
  }

  JsonNode ask(String path, Object request) throws IOException {
    return Service.JSON.readTree(post(path, Service.JSON.writeValueAsString(request)).body());
  }

  @Override
  public void close() {
    doors.close();
  }
}
