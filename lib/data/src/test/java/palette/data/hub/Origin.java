package palette.data.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A server on this machine that serves bytes whole, in parts, badly, or not at all. */
public final class Origin implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final HttpServer server;
  private final Map<String, byte[]> files = new HashMap<>();
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  volatile boolean ranges = true;
  volatile int breakAfter = Integer.MAX_VALUE; // bytes of one answer
  volatile int breaks = Integer.MAX_VALUE; // answers that are broken off
  volatile boolean silent;
  volatile int slow; // milliseconds before every 64 KB

  public Origin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Origin::daemon));
    server.createContext("/", this::answer);
    server.start();
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void serve(String path, byte[] content) {
    files.put(path, content);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(path + (range == null ? "" : " " + range));
    if (path.startsWith("/moved/")) redirect(exchange, path.substring("/moved".length()));
    else if (!files.containsKey(path)) exchange.sendResponseHeaders(404, -1);
    else send(exchange, files.get(path), ranges ? range : null);
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private void send(HttpExchange exchange, byte[] content, String range) throws IOException {
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length && range != null) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    String said = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
    if (range != null) exchange.getResponseHeaders().set("Content-Range", said);
    exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
    write(exchange, content, from);
  }

  private void write(HttpExchange exchange, byte[] content, int from) throws IOException {
    var body = exchange.getResponseBody();
    boolean breaks = this.breaks-- > 0 && content.length - from > breakAfter;
    int end = breaks ? from + breakAfter : content.length;
    for (int at = from; at < end; at += CHUNK) {
      if (slow > 0) pause(slow);
      body.write(content, at, Math.min(CHUNK, end - at));
      body.flush();
    }
    if (breaks && silent) pause(60_000);
    if (!breaks) body.close();
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
