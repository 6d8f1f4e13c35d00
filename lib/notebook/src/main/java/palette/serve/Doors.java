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
import palette.serve.Desk.Head;
import palette.serve.Desk.Page;
import palette.serve.Service.Refused;
import palette.support.Texts;

/**
 * The doors of a service: HTTP by the server of the JDK. A request has seconds to come and a body
 * of as many bytes as its {@link Desk} takes; one who is slow holds a thread of many, and no core.
 */
public final class Doors implements AutoCloseable {
  private static final String BEARER = "Bearer ";
  private static final int THREADS = 256; // that read and write; few of them compute at a time
  private static final int GRACE = 10; // seconds

  private final Desk desk;
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

  Doors(Desk desk, InetSocketAddress address) throws IOException {
    this.desk = desk;
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

  int port() {
    return server.getAddress().getPort();
  }

  /** Lets requests under way come to their end. */
  @Override
  public void close() {
    server.stop(threads.getActiveCount() == 0 ? 0 : GRACE);
    threads.shutdown();
    desk.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long began = System.nanoTime();
    int status = 200;
    Page reply;
    try {
      reply = reply(exchange);
    } catch (Refused e) {
      status = e.status;
      reply = json(Map.of("error", "" + e.getMessage()));
    } catch (IOException e) {
      // The request never came whole.
      count("cut", began);
      exchange.close();
      throw e;
    } catch (RuntimeException e) {
      status = 500;
      reply = json(Map.of("error", "" + e));
    }
    count(status + "", began);
    try (exchange) {
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", reply.type());
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Content-Security-Policy", "frame-ancestors 'none'");
      if (status == 429 || status == 503) headers.set("Retry-After", "1");
      exchange.sendResponseHeaders(status, reply.bytes().length);
      exchange.getResponseBody().write(reply.bytes());
    }
  }

  private Page reply(HttpExchange exchange) throws IOException {
    var head = head(exchange);
    String method = exchange.getRequestMethod();
    if (method.equals("GET") && head.path().equals("health")) return json(Map.of("status", "ok"));
    desk.admit(head);
    if (method.equals("POST")) return json(desk.reply(head, body(exchange)));
    if (!method.equals("GET")) throw new Refused(405, method + ": expected POST or GET");
    if (head.path().equals("metrics")) return metrics();
    var page = desk.page(head);
    if (page != null) return page;
    throw new Refused(404, "/" + head.path() + ": no such page; / says what there is");
  }

  private static Head head(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    String given = headers.getFirst("Authorization");
    return new Head(
        exchange.getRequestURI().getPath().replaceFirst("^/", ""),
        given == null || !given.startsWith(BEARER) ? null : given.substring(BEARER.length()),
        headers.getFirst("Host"),
        headers.getFirst("Origin"),
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  static Page json(Object value) throws IOException {
    return new Page("application/json", Service.JSON.writeValueAsBytes(value));
  }

  /** Whether somebody has the token; how long that takes says nothing about it. */
  static boolean isToken(String token, String given) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private void count(String status, long began) {
    counts
        .computeIfAbsent("requests_total{status=\"" + status + "\"}", s -> new LongAdder())
        .increment();
    counts
        .computeIfAbsent("request_microseconds_total", s -> new LongAdder())
        .add((System.nanoTime() - began) / 1000);
  }

  // What is too long is read on for a while, since whoever is still writing hears nothing.
  private byte[] body(HttpExchange exchange) throws IOException {
    var in = exchange.getRequestBody();
    int most = desk.most();
    byte[] body = in.readNBytes(most + 1);
    if (body.length <= most) return body;
    for (int more = 0; more < 8 && in.readNBytes(most).length > 0; more++) continue;
    throw new Refused(413, "request: expected at most " + most + " bytes");
  }

  private Page metrics() {
    var text = new StringBuilder();
    counts.forEach((name, n) -> text.append(Texts.format("palette_%s %d\n", name, n.sum())));
    desk.gauges().forEach((name, n) -> text.append(Texts.format("palette_%s %d\n", name, n)));
    var memory = Runtime.getRuntime();
    long used = memory.totalMemory() - memory.freeMemory();
    text.append(Texts.format("palette_heap_bytes %d\n", used));
    return new Page("text/plain; version=0.0.4", text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
