package palette.notebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import palette.support.Home;

/** A front end as small as can be: starts the kernel as Jupyter does and talks to it by ZeroMQ. */
public final class KernelClient implements AutoCloseable {
  /** A message of the kernel: its type, what it answers, and what it says. */
  public record Heard(String type, String parent, JsonNode content) {}

  /** What a request brought: the reply, and what was published meanwhile. */
  public record Answer(JsonNode reply, List<Heard> published) {
    List<String> types() {
      return published.stream().map(Heard::type).toList();
    }

    /** The contents of all messages of a type. */
    public List<JsonNode> all(String type) {
      return published.stream().filter(h -> h.type().equals(type)).map(Heard::content).toList();
    }

    String printed(String name) {
      var text = new StringBuilder();
      for (var content : all("stream"))
        if (content.path("name").asText().equals(name)) text.append(content.path("text").asText());
      return text.toString();
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "a key of the test";
  private static final int PATIENCE_MS = 60_000;

  private final Path file;
  private final Path log;
  private final String session = UUID.randomUUID().toString();
  private ZContext context;
  private Process process;
  private ZMQ.Socket shell;
  private ZMQ.Socket control;
  private ZMQ.Socket iopub;
  private ZMQ.Socket stdin;

  public KernelClient(Path folder) throws IOException {
    file = folder.resolve("connection.json");
    log = folder.resolve("kernel.log");
    var names = List.of("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port");
    var json = JSON.createObjectNode().put("transport", "tcp").put("ip", "127.0.0.1");
    json.put("key", KEY).put("signature_scheme", "hmac-sha256");
    var held = new ArrayList<ServerSocket>();
    for (var name : names) {
      held.add(new ServerSocket(0));
      json.put(name, held.get(held.size() - 1).getLocalPort());
    }
    for (var socket : held) socket.close();
    Files.writeString(file, json.toString());
  }

  /** Starts the kernel with this connection file and waits until it answers. */
  public KernelClient start() throws IOException {
    launch();
    connect();
    return greet();
  }

  private void launch() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    launch(
        List.of(
            java,
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-Dpalette.home=" + Home.folder(),
            "-cp",
            System.getProperty("java.class.path"),
            "palette.notebook.Main",
            "connect",
            "{connection_file}"),
        Map.of());
  }

  /** The same for another kernel, which may not hear what comes too soon, and then ends. */
  public KernelClient start(List<String> command, Map<String, String> environment)
      throws IOException {
    launch(command, environment);
    for (int i = 0; i < 600 && process.isAlive() && !heartBeats(); i++) pause(100);
    pause(3000);
    connect();
    return greet();
  }

  private void launch(List<String> command, Map<String, String> environment) throws IOException {
    var words = command.stream().map(w -> w.replace("{connection_file}", file.toString())).toList();
    var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private boolean heartBeats() throws IOException {
    try (var heart = new Socket("127.0.0.1", port("hb_port"))) {
      return heart.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private KernelClient greet() throws IOException {
    for (int i = 0; i < 600; i++) {
      if (!process.isAlive()) throw new IllegalStateException(Files.readString(log));
      send(shell, "kernel_info_request", Map.of());
      if (poll(iopub, 100) && poll(shell, 2000)) break;
    }
    while (poll(iopub, 300)) receive(iopub);
    while (poll(shell, 100)) receive(shell);
    return this;
  }

  private void connect() throws IOException {
    context = new ZContext();
    shell = socket(SocketType.DEALER, "shell_port");
    control = socket(SocketType.DEALER, "control_port");
    // As Jupyter does: the kernel asks whoever has the identity of the shell's socket.
    stdin = socket(SocketType.DEALER, "stdin_port");
    iopub = socket(SocketType.SUB, "iopub_port");
    iopub.subscribe(new byte[0]);
  }

  private ZMQ.Socket socket(SocketType type, String port) throws IOException {
    var socket = context.createSocket(type);
    socket.setReceiveTimeOut(PATIENCE_MS);
    // What waits for the kernel shall be there as soon as the kernel is.
    socket.setReconnectIVL(1);
    socket.setIdentity(session.getBytes(StandardCharsets.UTF_8));
    socket.connect("tcp://127.0.0.1:" + port(port));
    return socket;
  }

  private int port(String name) throws IOException {
    return JSON.readTree(file.toFile()).path(name).asInt();
  }

  /** Asks and waits for everything that belongs to the answer. */
  public Answer ask(String type, Map<String, ?> content) {
    return await(send(shell, type, content));
  }

  public Answer execute(String code) {
    return await(submit(code));
  }

  /** Hands a cell over and goes on; its name for {@link #await}. */
  public String submit(String code) {
    return submit(code, false);
  }

  /** The same; with {@code stdin} the kernel may ask back. */
  public String submit(String code, boolean allowStdin) {
    return send(
        shell,
        "execute_request",
        Map.of(
            "code",
            code,
            "silent",
            false,
            "store_history",
            true,
            "user_expressions",
            Map.of(),
            "allow_stdin",
            allowStdin,
            "stop_on_error",
            true));
  }

  public Answer await(String id) {
    var published = new ArrayList<Heard>();
    while (true) {
      var heard = receive(iopub);
      if (!heard.parent().equals(id)) continue;
      published.add(heard);
      if (heard.content().path("execution_state").asText().equals("idle")) break;
    }
    while (true) {
      var reply = receive(shell);
      if (reply.parent().equals(id)) return new Answer(reply.content(), published);
    }
  }

  /** Waits for the first message of a type that answers a request. */
  public JsonNode awaitPublished(String id, String type) {
    for (var heard = receive(iopub); ; heard = receive(iopub))
      if (heard.parent().equals(id) && heard.type().equals(type)) return heard.content();
  }

  /** Waits until the kernel asks for a line, and gives it. */
  public void type(String line) {
    awaitQuestion();
    send(stdin, "input_reply", Map.of("value", line));
  }

  public void awaitQuestion() {
    var heard = receive(stdin);
    if (!heard.type().equals("input_request")) throw new IllegalStateException(heard.type());
  }

  public JsonNode interrupt() {
    send(control, "interrupt_request", Map.of());
    return receive(control).content();
  }

  /** Says goodbye; the exit status of the kernel. */
  public int shutdown(boolean restart) throws InterruptedException {
    send(control, "shutdown_request", Map.of("restart", restart));
    var reply = receive(control);
    if (reply.content().path("restart").asBoolean() != restart) return -1;
    context.close();
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -2;
  }

  /** As {@link #start}, but for garbage that has been waiting for the kernel. */
  public KernelClient startAmidGarbage() throws IOException {
    connect();
    sendGarbage();
    launch();
    return greet();
  }

  /** Sends a request over and over; the answer to the first is to be had by {@link #await}. */
  public String repeat(int times, String type, Map<String, ?> content) {
    var id = UUID.randomUUID().toString();
    for (int i = 0; i < times; i++) send(shell, id, type, content);
    return id;
  }

  /** Something that is no message of ours. */
  public void sendGarbage() {
    for (var part : List.of("<IDS|MSG>", "wrong", "{}", "{}", "{}")) shell.sendMore(part);
    shell.send("{}");
  }

  private String send(ZMQ.Socket to, String type, Map<String, ?> content) {
    return send(to, UUID.randomUUID().toString(), type, content);
  }

  private String send(ZMQ.Socket to, String id, String type, Map<String, ?> content) {
    try {
      var fields = JSON.createObjectNode().put("msg_id", id).put("msg_type", type);
      fields.put("session", session).put("username", "test").put("version", "5.3");
      var header = fields.put("date", "2026-11-21T00:00:00.000000Z").toString();
      var body = JSON.writeValueAsString(content);
      to.sendMore("<IDS|MSG>");
      to.sendMore(sign(header, "{}", "{}", body));
      to.sendMore(header);
      to.sendMore("{}");
      to.sendMore("{}");
      to.send(body);
      return id;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean poll(ZMQ.Socket socket, int milliseconds) {
    try (var poller = context.createPoller(1)) {
      poller.register(socket, ZMQ.Poller.POLLIN);
      return poller.poll(milliseconds) > 0;
    }
  }

  private Heard receive(ZMQ.Socket from) {
    try {
      for (var part = from.recvStr(); !"<IDS|MSG>".equals(part); part = from.recvStr())
        if (part == null) throw new IllegalStateException("silence; " + Files.readString(log));
      var signature = from.recvStr();
      var header = from.recvStr();
      var parent = from.recvStr();
      var metadata = from.recvStr();
      var content = from.recvStr();
      if (!sign(header, parent, metadata, content).equals(signature))
        throw new IllegalStateException("signature of " + header);
      return new Heard(
          JSON.readTree(header).path("msg_type").asText(),
          JSON.readTree(parent).path("msg_id").asText(),
          JSON.readTree(content));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(String... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      for (var part : parts) mac.update(part.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (context != null) context.close();
    if (process != null) process.destroyForcibly();
  }
}
