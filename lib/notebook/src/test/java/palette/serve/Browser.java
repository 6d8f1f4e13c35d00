package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A Chromium without a window, told by its own protocol what to open, press and show. */
final class Browser implements AutoCloseable, WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path folder;
  private final WebSocket socket;
  private final StringBuilder heard = new StringBuilder();
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();

  Browser(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    process =
        new ProcessBuilder(
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile"),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    var page = page(port());
    socket =
        CLIENT
            .newWebSocketBuilder()
            .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), this)
            .get(20, TimeUnit.SECONDS);
  }

  private static String program() {
    for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
      var file = Path.of(folder, "chromium");
      if (Files.isExecutable(file)) return file.toString();
    }
    assumeTrue(false, "no program 'chromium' on the path");
    return null;
  }

  private String port() throws Exception {
    var file = folder.resolve("profile").resolve("DevToolsActivePort");
    for (int tries = 0; tries < 300; tries++) {
      if (Files.exists(file) && Files.size(file) > 0) return Files.readAllLines(file).get(0);
      Thread.sleep(100);
    }
    throw new IOException(Files.readString(folder.resolve("browser.log")));
  }

  private static JsonNode page(String port) throws Exception {
    var list =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/json/list")).build();
    for (int tries = 0; tries < 100; tries++) {
      var targets = CLIENT.send(list, HttpResponse.BodyHandlers.ofString()).body();
      for (var target : Service.JSON.readTree(targets))
        if (target.path("type").asText().equals("page")) return target;
      Thread.sleep(100);
    }
    throw new IOException("the browser has no page");
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    heard.append(text);
    from.request(1);
    if (!last) return null;
    try {
      var message = Service.JSON.readTree(heard.toString());
      heard.setLength(0);
      if (message.has("id")) replies.get(message.path("id").asInt()).complete(message);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return null;
  }

  private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
    int id = asked.incrementAndGet();
    var reply = new CompletableFuture<JsonNode>();
    replies.put(id, reply);
    var call = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(Service.JSON.writeValueAsString(call), true);
    var message = reply.get(60, TimeUnit.SECONDS);
    assertThat(message.has("error")).as("%s", message).isFalse();
    return message.path("result");
  }

  /** Opens a page and waits until it is there. */
  Browser open(String url) throws Exception {
    send("Page.navigate", Map.of("url", url));
    return until("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  Browser size(int width, int height) throws Exception {
    var size =
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600);
    send("Emulation.setDeviceMetricsOverride", size);
    return this;
  }

  Browser dark(boolean dark) throws Exception {
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    send("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    return this;
  }

  /** What a script says, as text. */
  String say(String script) throws Exception {
    var asked = Map.of("expression", "String(" + script + ")", "awaitPromise", true);
    var reply = send("Runtime.evaluate", asked);
    assertThat(reply.has("exceptionDetails")).as("%s: %s", script, reply).isFalse();
    return reply.path("result").path("value").asText();
  }

  Browser until(String script) throws Exception {
    for (int tries = 0; tries < 300; tries++) {
      if (say(script).equals("true")) return this;
      Thread.sleep(100);
    }
    throw new AssertionError("never true: " + script + "; " + say("document.body.innerText"));
  }

  /** Presses a key, such as Tab, Enter or 1. */
  Browser press(String key) throws Exception {
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    int code = key.equals("Enter") ? 13 : key.equals("Tab") ? 9 : key.charAt(0);
    for (var type : List.of("keyDown", "keyUp")) {
      var press = Map.of("type", type, "key", key, "text", text, "windowsVirtualKeyCode", code);
      send("Input.dispatchKeyEvent", press);
    }
    return this;
  }

  /** Keeps a picture of the whole page. */
  void picture(Path to) throws Exception {
    var reply = send("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.write(to, Base64.getDecoder().decode(reply.path("data").asText()));
  }

  /** The browser's helpers outlive it and still write, so all are waited for: the folder can go. */
  @Override
  public void close() {
    socket.abort();
    var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    for (var one : all) {
      one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join().destroyForcibly();
      one.onExit().join();
    }
  }
}
