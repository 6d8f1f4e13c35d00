package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.evaluate.Families;
import palette.family.LoRe;
import palette.family.PalA;
import palette.family.UserTokens;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.personalize.Questions;

/** The service says what the library says, to whoever may ask, and to nobody else. */
class ServiceTest {
  @TempDir static Path folder;
  private static Served served;

  @BeforeAll
  static void start() {
    served = new Served(folder);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static final List<Map<String, String>> ANSWERS =
      List.of(
          Map.of("chosen", "i1", "rejected", "i0"),
          Map.of("chosen", "i2", "rejected", "i4"),
          Map.of("chosen", "i1", "rejected", "i5"));

  private static Person placed() {
    return Localizer.of(served.model)
        .fit(
            Preferences.of(
                ANSWERS.stream()
                    .map(a -> Comparison.of("new", a.get("chosen"), a.get("rejected")))
                    .toList()));
  }

  // -------------------------------------------------------------------------------- what it says

  @Test
  void ranksForATrainingUserAsTheLibraryDoes() throws IOException {
    var reply = served.ask("/rank", Map.of("user", "u1", "items", Served.ITEMS));
    var ranking = Person.of(served.model, "u1").rank(Served.ITEMS);
    for (int i = 0; i < ranking.size(); i++) {
      assertThat(reply.at("/" + i + "/item").asText()).isEqualTo(ranking.get(i).item());
      assertThat(reply.at("/" + i + "/reward").asDouble()).isEqualTo(ranking.get(i).reward());
    }
  }

  @Test
  void whoIsPlacedIsKeptUntilForgotten() throws IOException {
    var reply = served.ask("/place", Map.of("user", "ann", "answers", ANSWERS));
    var person = placed();
    assertThat(reply.at("/weights/0").asDouble()).isEqualTo(person.weights()[0]);
    assertThat(reply.at("/certificate").asText()).startsWith("convex");
    var score = Map.of("user", "ann", "item", "i3");
    assertThat(served.ask("/score", score).at("/reward").asDouble())
        .isEqualTo(person.reward(null, "i3"));
    assertThat(served.ask("/forget", Map.of("user", "ann")).at("/forgotten").asBoolean()).isTrue();
    assertThat(served.ask("/score", score).at("/error").asText()).contains("'ann'", "place");
    assertThat(Files.readString(folder.resolve("people/people.log"))).doesNotContain("ann");
  }

  @Test
  void answersPlaceForOneRequestAlone() throws IOException {
    var pair = Map.of("answers", ANSWERS, "left", "i1", "right", "i3");
    var explained = served.ask("/explain", pair);
    assertThat(explained.at("/probability").asDouble())
        .isCloseTo(placed().compare(null, "i1", "i3"), within(1e-12));
    assertThat(explained.at("/voices")).isNotEmpty();
    var mean = served.ask("/score", Map.of("chosen", "i1", "rejected", "i3"));
    assertThat(mean.at("/probability").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void theNextQuestionIsTheLibrarys() throws IOException {
    var pairs = new ArrayList<Map<String, String>>();
    var candidates = new ArrayList<Comparison>();
    for (int i = 1; i < 6; i++) {
      pairs.add(Map.of("left", "i0", "right", "i" + i));
      candidates.add(Comparison.of("new", "i0", "i" + i));
    }
    var reply = served.ask("/next", Map.of("answers", ANSWERS, "pairs", pairs));
    var best = Questions.of(served.model).rank(placed(), Preferences.of(candidates)).get(0);
    assertThat(reply.at("/0/pair/rejected").asText()).isEqualTo(best.pair().rejected());
    assertThat(reply.at("/0/reference").asDouble()).isEqualTo(best.reference());
  }

  @Test
  void anArrayIsAnsweredOneByOne() throws IOException {
    var batch = List.of(Map.of("user", "u1", "item", "i0"), Map.of("user", "nobody", "item", "i0"));
    var reply = served.ask("/score", batch);
    assertThat(reply.at("/0/reward").asDouble())
        .isEqualTo(Person.of(served.model, "u1").reward(null, "i0"));
    assertThat(reply.at("/1/status").asInt()).isEqualTo(404);
  }

  @Test
  void aModelOfAnyFamilyIsFound() {
    for (var spec : List.of(LoRe.spec().prototypes(2), UserTokens.clustered().prototypes(2))) {
      var dir = folder.resolve(spec.basis().name());
      var model = spec.epochs(2).device("cpu").fit(Served.answers());
      model.save(dir);
      assertThat(Families.load(dir).name()).isEqualTo(model.name());
    }
  }

  @Test
  void rowsAreScoredWithoutDoors() {
    var rows = "{\"user\":\"u1\",\"item\":\"i0\"}\n\n{\"user\":\"u1\"}\n";
    var out = new ByteArrayOutputStream();
    int status =
        Serving.score(
            List.of(folder.resolve("model").toString()),
            new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true));
    assertThat(status).isEqualTo(1);
    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .isEqualTo("{\"reward\":" + Person.of(served.model, "u1").reward(null, "i0") + "}");
  }

  // ------------------------------------------------------------------------- what it cannot answer

  @Test
  void whatIsWrongIsSaid() {
    assertThat(served.post("/rank", "{").statusCode()).isEqualTo(400);
    assertThat(served.post("/rank", "null").statusCode()).isEqualTo(400);
    assertThat(served.post("/rank", "{} {}").statusCode()).isEqualTo(400);
    assertThat(served.post("/rank", "{\"user\":\"u1\"}").body()).contains("items");
    assertThat(served.post("/rank", "{\"itmes\":[]}").body()).contains("itmes");
    assertThat(served.post("/score", "{\"user\":\"u1\",\"item\":\"new\"}").body())
        .contains("'new'");
    assertThat(served.post("/rank", "{\"items\":[null]}").statusCode()).isEqualTo(400);
    assertThat(served.post("/explain", "{\"left\":\"i0\"}").statusCode()).isEqualTo(400);
    assertThat(served.post("/score", "[7]").body()).contains("error");
    assertThat(served.post("/fly", "{}").statusCode()).isEqualTo(404);
    assertThat(served.send(HttpRequest.newBuilder().DELETE(), "/rank").statusCode()).isEqualTo(405);
    assertThat(served.post("/place", "{\"user\":\" \",\"answers\":[]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void twoMegabytesAreRefused() {
    var long2 = "{\"user\":\"" + "x".repeat(2 << 20) + "\"}";
    assertThat(served.post("/rank", long2).statusCode()).isEqualTo(413);
  }

  @Test
  void halfARequestHoldsUpNobody() throws IOException {
    var slow = new ArrayList<Socket>();
    var at = URI.create(served.doors.url());
    for (int i = 0; i < 40; i++) {
      var socket = new Socket(at.getHost(), at.getPort());
      var half = "POST /rank HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }
    assertThat(served.post("/rank", "{\"items\":[\"i0\"]}").statusCode()).isEqualTo(200);
    for (var socket : slow) socket.close();
  }

  /** Turns no text into a vector before it may. */
  private record Waiting(CountDownLatch may) implements Embedder {
    @Override
    public float[][] embed(List<String> texts) {
      try {
        if (texts.contains("new")) may.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return texts.stream().map(t -> new float[] {t.hashCode() % 7, 1}).toArray(float[][]::new);
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public String fingerprint() {
      return "waiting";
    }
  }

  @Test
  @Timeout(60)
  void whoComesWhenManyWaitForTheEncoderIsSentAway() throws Exception {
    var may = new CountDownLatch(1);
    var texts = Preferences.of(Served.answers().comparisons());
    var spec = PalA.spec().embedder(new Waiting(may)).prototypes(2).dimension(2).epochs(2);
    var service = new Service(spec.fit(texts), null, 1, null);
    byte[] unknown = "{\"item\":\"new\"}".getBytes(StandardCharsets.UTF_8);
    var pool = Executors.newCachedThreadPool();
    var replies = new ArrayList<Future<Object>>();
    while (service.waiting() < Service.WAITING)
      replies.add(pool.submit(() -> service.reply("score", unknown)));
    assertThatThrownBy(() -> service.reply("score", unknown))
        .satisfies(e -> assertThat(((Service.Refused) e).status).isEqualTo(429));
    byte[] known = "{\"item\":\"i0\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(service.reply("score", known)).asString().contains("reward");
    may.countDown();
    var said = new ArrayList<String>();
    for (var reply : replies) said.add(outcome(reply));
    assertThat(said.stream().filter(r -> r.contains("reward"))).hasSizeGreaterThan(64);
    pool.shutdown();
  }

  private static String outcome(Future<Object> reply) throws InterruptedException {
    try {
      return "" + reply.get();
    } catch (ExecutionException e) {
      return "" + e.getCause();
    }
  }

  // ---------------------------------------------------------------------------------- who may ask

  @Test
  void anotherAddressNeedsATokenThatIsNone() throws IOException {
    var dir = folder.resolve("model").toString();
    var own = folder.resolve("other-people").toString();
    assertThatThrownBy(() -> Serving.open(dir, "--people", own, "--host", "0.0.0.0"))
        .hasMessageContaining("--token");
    var brief = Files.writeString(folder.resolve("brief"), "secret").toString();
    assertThatThrownBy(() -> Serving.open(dir, "--people", own, "--token", brief))
        .hasMessageContaining("16");
    assertThatThrownBy(() -> Serving.open(dir, "--people", folder.resolve("people").toString()))
        .hasMessageContaining("one in use");
  }

  @Test
  void noPageOfABrowserIsHeard() {
    var page = HttpRequest.newBuilder().header("Origin", "https://example.org");
    assertThat(served.send(page, "/metrics").statusCode()).isEqualTo(403);
  }

  @Test
  void theTokenIsAskedFor() throws IOException {
    var own = Files.createDirectory(folder.resolve("token"));
    var file = Files.writeString(own.resolve("token"), "abcdefghijklmnopqrst\n").toString();
    try (var closed = new Served(own, "--token", file)) {
      assertThat(closed.post("/rank", "{}").statusCode()).isEqualTo(401);
      var wrong = HttpRequest.newBuilder().header("Authorization", "Bearer abcdefghijklmnopqrsx");
      assertThat(closed.send(wrong, "/metrics").statusCode()).isEqualTo(401);
      var right = HttpRequest.newBuilder().header("Authorization", "Bearer abcdefghijklmnopqrst");
      assertThat(closed.send(right, "/metrics").statusCode()).isEqualTo(200);
      assertThat(closed.send(HttpRequest.newBuilder(), "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void healthMetricsAndThePageOfTheInterfaceAreThere() throws IOException {
    served.post("/rank", "{\"items\":[\"i0\"]}");
    assertThat(served.send(HttpRequest.newBuilder(), "/health").body())
        .isEqualTo("{\"status\":\"ok\"}");
    assertThat(served.send(HttpRequest.newBuilder(), "/metrics").body())
        .containsPattern("palette_requests_total\\{status=\"200\"} \\d+")
        .containsPattern("palette_people \\d+");
    var api = Service.JSON.readTree(served.send(HttpRequest.newBuilder(), "/openapi.json").body());
    assertThat(api.at("/paths").properties()).hasSize(8);
  }
}
