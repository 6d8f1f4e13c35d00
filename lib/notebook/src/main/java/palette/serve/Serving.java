package palette.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import palette.evaluate.Families;
import palette.fit.BasisModel;
import palette.notebook.jupyter.Arguments;
import palette.notebook.jupyter.UsageException;
import palette.plot.Plots;
import palette.serve.Service.Refused;
import palette.store.ModelFolder;
import palette.support.Reasons;

/** The commands {@code palette serve}, {@code palette score} and {@code palette page}. */
public final class Serving {
  private Serving() {}

  /** Serves a model until the process is told to end. */
  public static int serve(List<String> arguments, PrintStream out) {
    try (var doors = open(arguments)) {
      out.println("palette: serving at " + doors.url());
      return untilTheEnd(doors);
    }
  }

  /** Waits until the process is told to end, and lets requests under way come to theirs. */
  static int untilTheEnd(Doors doors) {
    Runtime.getRuntime().addShutdownHook(new Thread(doors::close));
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** The same as a service that the caller closes; arguments as {@code palette serve} has them. */
  public static Doors open(String... arguments) {
    return open(List.of(arguments));
  }

  private static Doors open(List<String> arguments) {
    String known = "--port=VALUE --threads=VALUE --host=VALUE --people=VALUE --token=VALUE";
    var given = new Arguments(arguments, "model", known);
    var dir = model(given);
    var model = Families.load(dir);
    var folder = given.path("--people", Path.of(dir + "-people"));
    String hash = ModelFolder.manifest(dir).at("weights").text("sha256");
    var people = new People(folder, hash, model.prior().center().length);
    try {
      return Reasons.attempt("serve", () -> open(model, people, given));
    } catch (RuntimeException e) {
      people.close();
      throw e;
    }
  }

  private static Doors open(BasisModel model, People people, Arguments given) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, given.number("--threads", cores));
    var host = given.value("--host");
    var file = given.path("--token", null);
    if (host != null && file == null)
      throw new UsageException("--host needs --token FILE: whoever reaches it may ask");
    String token = file == null ? null : Files.readString(file).strip();
    if (token != null && token.length() < 16)
      throw new UsageException("--token " + file + ": at least 16 letters or digits");
    var at = host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    var service = new Service(model, people, threads, token);
    return new Doors(service, new InetSocketAddress(at, given.number("--port", 8080)));
  }

  /**
   * Scores rows of JSON, one a line: each gets its reward, its probability, or what is wrong.
   *
   * @return 1 if something was wrong with a row
   */
  public static int score(List<String> arguments, InputStream in, PrintStream out) {
    var dir = model(new Arguments(arguments, "model", ""));
    var service = new Service(Families.load(dir), null, 1, null);
    int status = 0;
    try (var rows = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        if (row.isBlank()) continue;
        Object reply;
        try {
          reply = service.reply("score", row.getBytes(StandardCharsets.UTF_8));
        } catch (Refused e) {
          reply = Map.of("error", e.getMessage());
          status = 1;
        }
        out.println(Service.JSON.writeValueAsString(reply));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not score: " + Reasons.of(e), e);
    }
    return status;
  }

  /** Writes the page on which somebody answers a model's questions. */
  public static void page(List<String> arguments, PrintStream out) {
    var given = new Arguments(arguments, "model", "--out=VALUE");
    var dir = model(given);
    var model = Families.load(dir);
    var to = given.path("--out", Path.of(dir.toAbsolutePath().getFileName() + ".html"));
    Plots.page(model, model.items()).save(to);
    out.println("palette: wrote " + to);
  }

  static Path model(Arguments given) {
    return Path.of(given.subject("a saved model's folder is needed"));
  }
}
