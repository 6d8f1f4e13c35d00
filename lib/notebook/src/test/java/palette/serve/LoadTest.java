package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.personalize.Localizer;
import palette.personalize.Person;

/**
 * Two hundred clients, some of them slow, cut off or much too long, and a kill in the middle: no
 * answer is wrong and nobody who was acknowledged is lost. Prints how fast it was; {@code
 * -Dpalette.load=SECONDS} makes it longer.
 */
@Tag("slow")
class LoadTest {
  private static final int SECONDS = Integer.getInteger("palette.load", 12);
  private static final int GOOD = 150;
  private static final int SLOW = 25; // and as many that are cut off or too long

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final LongAdder unanswered = new LongAdder();
  private final AtomicInteger next = new AtomicInteger();
  private final List<String> rankings = new ArrayList<>(); // of user u0, u1, ..
  private final List<String> placings = new ArrayList<>(); // answers of the kinds of newcomers
  private final List<String> scores = new ArrayList<>(); // what is said to each kind of item i3
  private volatile boolean down;
  private int port;

  @Test
  void nothingIsWrongAndNobodyIsLost() throws Exception {
    try (var made = new Served(folder)) {
      expect(made);
    }
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var server = start();
    long before = resident(server);
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    var clients = Executors.newCachedThreadPool();
    for (int c = 0; c < GOOD; c++) {
      int seed = c;
      clients.submit(() -> ask(seed, end));
    }
    for (int c = 0; c < SLOW; c++) {
      clients.submit(() -> half(9_000, end));
      clients.submit(() -> half(0, end));
    }
    TimeUnit.SECONDS.sleep(SECONDS / 2);
    long middle = resident(server);
    down = true;
    server.destroyForcibly().waitFor();
    server = start();
    down = false;
    clients.shutdown();
    assertThat(clients.awaitTermination(SECONDS + 60, TimeUnit.SECONDS)).isTrue();
    for (var kept : acknowledged.entrySet()) check(kept.getKey(), kept.getValue());
    report(before, middle, resident(server));
    server.destroy();
    assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong).isEmpty();
    assertThat(acknowledged).isNotEmpty();
  }

  // ------------------------------------------------------------------------------ what is right

  private void expect(Served made) throws IOException {
    for (int u = 0; u < 10; u++) {
      var ranking = Person.of(made.model, "u" + u).rank(Served.ITEMS);
      rankings.add(Service.JSON.writeValueAsString(ranking));
    }
    for (int kind = 1; kind < 6; kind++) {
      var answer = Map.of("chosen", "i" + kind, "rejected", "i0");
      placings.add(Service.JSON.writeValueAsString(List.of(answer)));
      var person =
          Localizer.of(made.model)
              .fit(Preferences.of(List.of(Comparison.of("new", "i" + kind, "i0"))));
      scores.add(Service.JSON.writeValueAsString(Map.of("reward", person.reward(null, "i3"))));
    }
  }

  private void check(String user, int kind) throws Exception {
    var reply = post("/score", "{\"user\":\"" + user + "\",\"item\":\"i3\"}");
    if (!reply.body().equals(scores.get(kind))) wrong.add("lost " + user + ": " + reply.body());
  }

  // ------------------------------------------------------------------------------------ clients

  private HttpResponse<String> post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void ask(int seed, long end) {
    var random = new SplittableRandom(seed);
    while (System.nanoTime() < end) {
      long began = System.nanoTime();
      boolean up = !down;
      try {
        if (random.nextInt(4) == 0) place(random.nextInt(5));
        else if (seed % 50 == 0 && random.nextInt(20) == 0) tooLong();
        else rank(random.nextInt(10));
        if (up && !down) nanos.add(System.nanoTime() - began);
      } catch (Exception e) {
        if (up && !down) unanswered.increment();
        Apart.pause(50);
      }
    }
  }

  private void rank(int u) throws Exception {
    var items = Service.JSON.writeValueAsString(Served.ITEMS);
    var reply = post("/rank", "{\"user\":\"u" + u + "\",\"items\":" + items + "}");
    if (!reply.body().equals(rankings.get(u))) wrong.add(reply.body());
  }

  private void place(int kind) throws Exception {
    String user = "person-" + next.incrementAndGet();
    var body = "{\"user\":\"" + user + "\",\"answers\":" + placings.get(kind) + "}";
    var reply = post("/place", body);
    if (reply.statusCode() != 200) wrong.add(reply.body());
    else acknowledged.put(user, kind);
    check(user, kind);
  }

  private void tooLong() throws Exception {
    var reply = post("/rank", "{\"user\":\"" + "x".repeat(2 << 20) + "\"}");
    if (reply.statusCode() != 413) wrong.add(reply.body());
  }

  /** Half a request, and then nothing for a while. */
  private void half(int milliseconds, long end) {
    while (System.nanoTime() < end) {
      try (var socket = new Socket("localhost", port)) {
        var half = "POST /rank HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        Apart.pause(milliseconds);
      } catch (IOException e) {
        // The service is down, or had enough of it.
      }
      Apart.pause(20);
    }
  }

  // ----------------------------------------------------------------------------------- service

  private Process start() throws Exception {
    var people = folder.resolve("people").toString();
    var dir = folder.resolve("model").toString();
    var command = List.of("serve", dir, "--port", "" + port, "--people", people);
    return Apart.start(
        folder, "256m", command, () -> post("/rank", "{\"items\":[\"i0\"]}").statusCode());
  }

  private static long resident(Process process) throws IOException {
    var status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) return 0;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .sum();
  }

  private void report(long before, long middle, long after) {
    long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    double second = sorted.length / (double) SECONDS;
    System.out.printf(
        "%,d replies (%.0f a second), median %.1f ms, p99 %.1f ms, %d persons kept, %d unanswered"
            + " while it was up, %d wrong; resident %d MB at the start, %d before the kill, %d at the end%n",
        sorted.length,
        second,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        acknowledged.size(),
        unanswered.sum(),
        wrong.size(),
        before,
        middle,
        after);
  }
}
