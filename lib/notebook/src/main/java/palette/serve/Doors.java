package palette.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import palette.serve.Service.Refused;
import palette.support.Bundled;
import palette.support.Texts;

/**
 * The doors of a service: HTTP by the server of the JDK. A request has seconds to come and a body
 * of at most a megabyte; one who is slow holds a thread of many, and no core. Without a token only
 * this machine is heard, and no page of a browser.
 */
public final class Doors implements AutoCloseable {
  private static final int MOST = 1 << 20; // bytes of a body
  private static final int THREADS = 256; // that read and write; few of them compute at a time
  private static final int GRACE = 10; // seconds

  private final Service service;
  private final String token; // null: none
  private final HttpServer server;
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

  static {
    // Seconds for a request to be there, and for its reply to be taken. The JDK's server knows no
    // other way to say so, and reads them once.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or a reply waits for an ack
  }

  Doors(Service service, InetSocketAddress address, String token) throws IOException {
    this.service = service;
    this.token = token;
    server = HttpServer.create(address, 1024);
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it is heard. */
  public String url() {
    var at = server.getAddress();
    String host = at.getAddress().isLoopbackAddress() ? "localhost" : at.getHostString();
    return "http://" + host + ":" + at.getPort();
  }

  /** Lets requests under way come to their end. */
  @Override
  public void close() {
    server.stop(threads.getActiveCount() == 0 ? 0 : GRACE);
    threads.shutdown();
    service.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long began = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    int status = 200;
    String type = "application/json";
    byte[] reply;
    try {
      requireAllowed(exchange, path);
      if (exchange.getRequestMethod().equals("POST")) {
        reply = Service.JSON.writeValueAsBytes(service.reply(path.substring(1), body(exchange)));
      } else {
        type = path.equals("/metrics") ? "text/plain; version=0.0.4" : type;
        reply = page(exchange.getRequestMethod(), path);
      }
    } catch (Refused e) {
      status = e.status;
      reply = Service.JSON.writeValueAsBytes(Map.of("error", "" + e.getMessage()));
    } catch (IOException e) {
      // The request never came whole.
      count("cut", began);
      exchange.close();
      throw e;
    } catch (RuntimeException e) {
      status = 500;
      reply = Service.JSON.writeValueAsBytes(Map.of("error", "" + e));
    }
    count(status + "", began);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      if (status == 429 || status == 503) exchange.getResponseHeaders().set("Retry-After", "1");
      exchange.sendResponseHeaders(status, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private void count(String status, long began) {
    counts
        .computeIfAbsent("requests_total{status=\"" + status + "\"}", s -> new LongAdder())
        .increment();
    counts
        .computeIfAbsent("request_microseconds_total", s -> new LongAdder())
        .add((System.nanoTime() - began) / 1000);
  }

  private void requireAllowed(HttpExchange exchange, String path) {
    if (token == null) {
      // A page in a browser may ask this machine too, by a name that leads here.
      String host = exchange.getRequestHeaders().getFirst("Host");
      boolean here = host != null && host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
      if (here && exchange.getRequestHeaders().getFirst("Origin") == null) return;
      throw new Refused(403, "only programs of this machine are heard without a token");
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] wanted = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    if (path.equals("/health")
        || given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted))
      return;
    throw new Refused(401, "expected the token, as Authorization: Bearer ...");
  }

  // What is too long is read on for a while, since whoever is still writing hears nothing.
  private static byte[] body(HttpExchange exchange) throws IOException {
    var in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MOST + 1);
    if (body.length <= MOST) return body;
    for (int more = 0; more < 8 && in.readNBytes(MOST).length > 0; more++) continue;
    throw new Refused(413, "request: expected at most " + MOST + " bytes");
  }

  private byte[] page(String method, String path) {
    if (!method.equals("GET")) throw new Refused(405, method + ": expected POST or GET");
    switch (path) {
      case "/health":
        return "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
      case "/metrics":
        return metrics().getBytes(StandardCharsets.UTF_8);
      case "/", "/openapi.json":
        return Bundled.bytes(Doors.class, "openapi.json");
      default:
        throw new Refused(404, path + ": expected /health, /metrics, /openapi.json or a POST");
    }
  }

  private String metrics() {
    var text = new StringBuilder();
    counts.forEach((name, n) -> text.append(Texts.format("palette_%s %d\n", name, n.sum())));
    var memory = Runtime.getRuntime();
    long used = memory.totalMemory() - memory.freeMemory();
    return text
        + Texts.format(
            "palette_people %d\npalette_waiting_for_encoder %d\npalette_heap_bytes %d\n",
            service.persons(), service.waiting(), used);
  }
}
