package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.family.PalA;
import palette.support.Home;

/**
 * A class of a hundred: ninety answer twenty questions each, one in a second, and look at the room
 * every other time; four flood, three send scripts as names, three send half a request and wait. In
 * the middle the room is killed and opened again. Then a phone and the teacher's screen, in a
 * browser.
 */
@Tag("slow")
class ClassTest {
  private static final int GOOD = 90;
  private static final int QUESTIONS = 20;
  private static final int FLOODS = 4;
  private static final String ANSWER = "{\"key\":\"%s\",\"chosen\":%d,\"rejected\":%d}";
  private static final String SCRIPT = ",\"name\":\"<script>document.title='ran'</script>\"}";

  /** That no weights of any sign, summing to 1, fit better than those that were found. */
  private static final String BEYOND =
      """
      [...Array(50).keys()].every(i => {
        const rows = Array.from({length: 12}, (_, j) => [Math.sin(i * 7 + j), Math.cos(i * 3 + j * 5), Math.sin(i + j * j)]);
        const prior = {center: [0.2, 0.3, 0.5], strength: 0.7};
        const g = gradientAt(rows, prior, beyond(rows, prior, place(rows, prior)));
        return Math.max(...g) - Math.min(...g) < 1e-5;
      })
      """;

  /** Somebody who wants what neither prototype wants, and somebody who is the second one. */
  private static final String OUTSIDE =
      """
      (() => {
        const model = {rewards: [[5, 1], [0, 0], [6, 1], [0, 0.5]], prior: {center: [0.5, 0.5], strength: 0.1}};
        const pairs = [[1, 0], [1, 2], [3, 0], [3, 2]];
        const often = [...pairs, ...pairs, ...pairs];
        const other = often.map(([a, b]) => [b, a]);
        return [often, other].map(answers => lookAt(model, answers).outside).join(' ');
      })()
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> cold = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Map<String, String>> told = new ConcurrentHashMap<>(); // by name
  private final Map<String, Integer> rude = new ConcurrentHashMap<>(); // replies, by what was sent
  private final List<Process> started = new ArrayList<>();
  private PalA model;
  private volatile boolean down;
  private volatile long warm; // when the room was open for five seconds
  private volatile boolean over;
  private int port;
  private String code;
  private String key;

  @AfterEach
  void nobodyStays() {
    over = true;
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void nothingIsLostAndTheRoomStaysQuick() throws Exception {
    var votes = Judgements.polis(Home.resolve("data/conversation")).withoutRejected().read();
    model = PalA.spec().prototypes(3).dimension(2).seed(7).device("cpu").fit(votes.pairs(200, 7));
    model.save(folder.resolve("model"));
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var server = start();
    var words = Files.readAllLines(folder.resolve("model-room").resolve("words.txt"));
    code = words.get(0);
    key = words.get(1);
    long began = System.nanoTime();
    var pool = Executors.newCachedThreadPool();
    var students = new ArrayList<Future<?>>();
    for (int s = 0; s < GOOD; s++) {
      int student = s;
      students.add(pool.submit(() -> study(student)));
    }
    for (int r = 0; r < 10; r++) {
      int one = r;
      pool.submit(() -> beRude(one));
    }
    TimeUnit.SECONDS.sleep(10);
    down = true;
    server.destroyForcibly().waitFor();
    server = start();
    down = false;
    for (var student : students) student.get(120, TimeUnit.SECONDS);
    over = true;
    report((System.nanoTime() - began) / 1e9);
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    nothingIsLost();
    lookAtThem();
    server.destroy();
    assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
    var kept = Preferences.read(folder.resolve("model-room").resolve("answers.jsonl"));
    assertThat(kept.size()).isGreaterThanOrEqualTo(GOOD * QUESTIONS);
    assertThat(wrong).isEmpty();
    assertThat(rude.keySet()).containsOnly("flood 200", "flood 429", "script 400");
    int each = rude.get("flood 200") / FLOODS;
    assertThat(each).as("answers taken of each who floods").isLessThan(20 + 4 * 60);
  }

  // ---------------------------------------------------------------------------------- students

  private void study(int student) {
    var random = new SplittableRandom(student);
    int n = model.items().size();
    double[] tastes = tastes(student, random);
    var answered = new LinkedHashMap<String, String>();
    while (answered.size() < QUESTIONS) {
      int a = random.nextInt(n);
      int b = (a + 1 + random.nextInt(n - 1)) % n;
      if (answered.containsKey(Math.min(a, b) + " " + Math.max(a, b))) continue;
      boolean first = random.nextDouble() < 1 / (1 + Math.exp(tastes[b] - tastes[a]));
      int chosen = first ? a : b;
      int rejected = first ? b : a;
      answered.put(Math.min(a, b) + " " + Math.max(a, b), "[" + chosen + "," + rejected + "]");
      Apart.pause(500 + random.nextInt(1000));
      String name = answer(student, chosen, rejected);
      told.computeIfAbsent(name, k -> new ConcurrentHashMap<>()).putAll(answered);
      if (answered.size() % 2 == 0) look();
    }
  }

  /** As a training user's; every tenth wants the opposite, which no mix does. */
  private double[] tastes(int student, SplittableRandom random) {
    var users = model.users();
    double[] w = model.weights(users.get(random.nextInt(users.size())));
    w = Arrays.copyOf(w, model.prior().center().length);
    double[] rewards = model.rewards(w, null, model.items().ids());
    double scale = (student % 10 == 0 ? -1 : 1) / model.temperature();
    return Arrays.stream(rewards).map(r -> r * scale).toArray();
  }

  private String answer(int student, int chosen, int rejected) {
    String body = String.format(ANSWER, keyOf(student), chosen, rejected);
    while (true) {
      boolean up = !down;
      long began = System.nanoTime();
      try {
        var reply = send("answer", code, body);
        if (up && !down) (began > warm ? nanos : cold).add(System.nanoTime() - began);
        if (reply.statusCode() == 200)
          return Service.JSON.readTree(reply.body()).path("name").asText();
        if (reply.statusCode() != 429) wrong.add(reply.body());
      } catch (IOException e) {
        if (up && !down) wrong.add("" + e);
      }
      Apart.pause(500);
    }
  }

  private void look() {
    boolean up = !down;
    try {
      if (send("room", code, null).statusCode() != 200) wrong.add("room");
    } catch (IOException e) {
      if (up && !down) wrong.add("" + e);
    }
  }

  private static String keyOf(int student) {
    return String.format("astudentofthisroom%04d", student);
  }

  private HttpResponse<String> send(String path, String word, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
            .header("Authorization", "Bearer " + word)
            .timeout(Duration.ofSeconds(30));
    if (body != null) request.POST(HttpRequest.BodyPublishers.ofString(body));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  // -------------------------------------------------------------------------------------- the rude

  /** Each from an address of its own, as in a room. */
  private void beRude(int one) {
    while (!over) {
      try (var socket = new Socket()) {
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (10 + one)), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        socket.setSoTimeout(5000);
        String flood = String.format(ANSWER, keyOf(1000 + one), 0, 1 + one);
        if (one < FLOODS) while (!over) shout(socket, "flood", flood);
        else if (one < 7) shout(socket, "script", flood.replace("}", SCRIPT));
        else {
          socket
              .getOutputStream()
              .write(
                  "POST /answer HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{"
                      .getBytes(StandardCharsets.US_ASCII));
          Apart.pause(3000);
        }
      } catch (IOException e) {
        Apart.pause(50); // The room is closed, or had enough of it.
      }
      Apart.pause(one < 4 ? 0 : 100);
    }
  }

  private void shout(Socket socket, String what, String body) throws IOException {
    var request =
        "POST /answer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + code
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var reply = new StringBuilder();
    byte[] part = new byte[4096];
    while (reply.indexOf("}") < 0) {
      int n = socket.getInputStream().read(part);
      if (n < 0) throw new IOException("no reply");
      reply.append(new String(part, 0, n, StandardCharsets.US_ASCII));
    }
    rude.merge(what + reply.substring(8, 12), 1, Integer::sum);
    Apart.pause(10);
  }

  // ---------------------------------------------------------------------------------- afterwards

  private void nothingIsLost() throws Exception {
    var kept = new LinkedHashMap<String, String>();
    for (JsonNode one : Service.JSON.readTree(send("all", key, null).body()).path("people"))
      kept.put(one.path("name").asText(), one.path("answers").toString());
    assertThat(kept.keySet()).containsAll(told.keySet()).hasSize(GOOD + FLOODS);
    told.forEach(
        (name, answers) -> {
          assertThat(answers).hasSize(QUESTIONS);
          assertThat(kept.get(name)).as(name).contains(answers.values());
        });
  }

  private void report(double seconds) {
    System.out.printf(
        "%d students and %d rude ones, %.0f s; the rude got %s%n", GOOD, 10, seconds, rude);
    System.out.println("five seconds after a start: " + said(cold) + "; later: " + said(nanos));
  }

  private static String said(ConcurrentLinkedQueue<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    int n = sorted.length;
    return String.format(
        "%,d answers, median %.1f ms, p99 %.1f ms, longest %.1f ms",
        n, sorted[n / 2] / 1e6, sorted[n * 99 / 100] / 1e6, sorted[n - 1] / 1e6);
  }

  private void lookAtThem() throws Exception {
    String at = "http://localhost:" + port;
    try (var phone = new Browser(folder.resolve("phone"));
        var screen = new Browser(folder.resolve("screen"))) {
      phone.size(360, 740).open(at + "/#" + code);
      PageTest.keep(phone, "class-consent.png");
      assertThat(phone.say("getComputedStyle(document.querySelector('main')).display"))
          .isEqualTo("none");
      assertThat(phone.say("performance.getEntriesByType('resource').length"))
          .as("before they agree")
          .isEqualTo("0");
      phone.press("Tab").press("Tab").press("Enter");
      phone.until("document.querySelectorAll('.mate').length === " + (GOOD + FLOODS));
      for (int i = 0; i < 6; i++) phone.say("document.getElementById('left').click()");
      phone.until(
          "document.getElementById('status').textContent.includes('The room has your 6 answers')");
      PageTest.keep(phone, "class-phone.png");
      assertThat(phone.say("document.documentElement.scrollWidth <= 360")).isEqualTo("true");
      assertThat(Double.parseDouble(phone.say(PageTest.CONTRAST).split(" ")[0])).isGreaterThan(4.5);
      screen.size(1200, 900).open(at + "/teacher#" + key);
      screen.until(
          "document.getElementById('status').textContent.startsWith('"
              + (GOOD + FLOODS + 1)
              + " people')");
      PageTest.keep(screen, "class-teacher.png");
      assertThat(Double.parseDouble(screen.say(PageTest.CONTRAST).split(" ")[0]))
          .isGreaterThan(4.5);
      assertThat(screen.say("document.title")).isEqualTo("The room");
      assertThat(screen.say("document.querySelectorAll('#qr path').length")).isEqualTo("1");
      assertThat(screen.say(BEYOND)).as("found beyond the hull").isEqualTo("true");
      assertThat(screen.say(OUTSIDE)).as("who is outside").isEqualTo("true false");
      screen.say("document.getElementById('refit').click()");
      screen.until("document.getElementById('status').textContent.includes('The map is of')");
      screen.until("document.querySelectorAll('#map .mate').length === " + (GOOD + FLOODS + 1));
      PageTest.keep(screen, "class-refit.png");
      phone.until("document.querySelectorAll('.mate').length === " + (GOOD + FLOODS + 1));
      phone.say("(window.reloading = true, location.reload())");
      phone.until("!window.reloading && document.querySelectorAll('#said li').length === 6");
      phone.say("document.getElementById('forget').click()");
      screen.until(
          "document.getElementById('status').textContent.startsWith('"
              + (GOOD + FLOODS)
              + " people')");
    }
  }

  // ------------------------------------------------------------------------------------ the room

  private Process start() throws Exception {
    var command = List.of("class", folder.resolve("model").toString(), "--port", "" + port);
    var process = Apart.start(folder, "512m", command, () -> send("health", "", null).statusCode());
    started.add(process);
    warm = System.nanoTime() + 5_000_000_000L;
    return process;
  }
}
