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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    var options = options(arguments, "--port", "--threads", "--host", "--people", "--token");
    var dir = Path.of(options.get("MODEL"));
    var model = Families.load(dir);
    var folder = Path.of(options.getOrDefault("--people", dir + "-people"));
    String hash = ModelFolder.manifest(dir).at("weights").text("sha256");
    var people = People.in(folder, hash, model.prior().center().length);
    try {
      return open(model, people, options);
    } catch (IOException e) {
      people.close();
      throw new UncheckedIOException("Could not serve: " + Reasons.of(e), e);
    } catch (RuntimeException e) {
      people.close();
      throw e;
    }
  }

  private static Doors open(BasisModel model, People people, Map<String, String> options)
      throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, number(options, "--threads", cores));
    var host = options.get("--host");
    var file = options.get("--token");
    if (host != null && file == null)
      throw new UsageException("--host needs --token FILE: whoever reaches it may ask");
    String token = file == null ? null : Files.readString(Path.of(file)).strip();
    if (token != null && token.length() < 16)
      throw new UsageException("--token " + file + ": at least 16 letters or digits");
    var at = host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    var service = new Service(model, people, threads, token);
    return new Doors(service, new InetSocketAddress(at, number(options, "--port", 8080)));
  }

  /**
   * Scores rows of JSON, one a line: each gets its reward, its probability, or what is wrong.
   *
   * @return 1 if something was wrong with a row
   */
  public static int score(List<String> arguments, InputStream in, PrintStream out) {
    var dir = Path.of(options(arguments).get("MODEL"));
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
    var options = options(arguments, "--out");
    var dir = Path.of(options.get("MODEL"));
    var model = Families.load(dir);
    var to = Path.of(options.getOrDefault("--out", dir.toAbsolutePath().getFileName() + ".html"));
    Plots.page(model, model.items()).save(to);
    out.println("palette: wrote " + to);
  }

  static int number(Map<String, String> options, String name, int initial) {
    String given = options.getOrDefault(name, "" + initial);
    if (given.matches("\\d{1,5}") && Integer.parseInt(given) <= 65_535)
      return Integer.parseInt(given);
    throw new UsageException(name + ": expected a number up to 65535, found " + given);
  }

  static Map<String, String> options(List<String> arguments, String... known) {
    var options = new HashMap<String, String>();
    var rest = new Arguments(arguments);
    while (rest.hasNext()) {
      var argument = rest.next();
      boolean named = argument.startsWith("-");
      if (named && !Set.of(known).contains(argument))
        throw new UsageException("unknown option " + argument);
      var value = named ? rest.value(argument) : argument;
      if (options.put(named ? argument : "MODEL", value) != null)
        throw new UsageException("more than one model: " + argument);
    }
    if (!options.containsKey("MODEL")) throw new UsageException("a saved model's folder is needed");
    return options;
  }
}
