package palette.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import palette.notebook.jupyter.Arguments;
import palette.notebook.jupyter.UsageException;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Reasons;

/** The command {@code palette class}: a {@link Room} behind its doors, and what opens them. */
public final class Classroom implements AutoCloseable {
  private final Doors doors;
  private final String url;
  private final String code;
  private final String key; // the teacher's

  private Classroom(List<String> arguments) throws IOException {
    var given = new Arguments(arguments, "model", "--port=VALUE --lan --room=VALUE");
    boolean lan = given.has("--lan");
    var dir = Serving.model(given);
    var map = RoomMap.of(dir);
    var folder = given.path("--room", Path.of(dir + "-room"));
    String host = lan ? ofThisNetwork().getHostAddress() : "localhost";
    var members = new Members(folder, map.items());
    try {
      var words = words(folder.resolve("words.txt"));
      code = words.get(0);
      key = words.get(1);
      var room = new Room(map, members, code, key);
      var here = InetAddress.getLoopbackAddress();
      var at = lan ? InetAddress.getByName("0.0.0.0") : here;
      doors = new Doors(room, new InetSocketAddress(at, given.number("--port", 8080)));
      url = "http://" + host + ":" + doors.port();
      room.at(link());
    } catch (IOException | RuntimeException e) {
      members.close();
      throw e;
    }
  }

  /** Opens a room until the process is told to end. */
  public static int teach(List<String> arguments, PrintStream out) {
    try (var room = open(arguments.toArray(String[]::new))) {
      out.println("palette: your screen is " + room.teacher());
      out.println("palette: students join at " + room.url + ", the code is " + room.code);
      return Serving.untilTheEnd(room.doors);
    }
  }

  /** The same as a room that the caller closes; arguments as {@code palette class} has them. */
  public static Classroom open(String... arguments) {
    return Reasons.attempt("open a room", () -> new Classroom(List.of(arguments)));
  }

  /** Code and key of a room: the old ones if it was open before, as its pages still have them. */
  private static List<String> words(Path file) throws IOException {
    if (!Files.exists(file)) {
      AtomicFile.write(file, syllables(5) + "\n" + syllables(12) + "\n");
    }
    var lines = Files.readAllLines(file);
    if (lines.size() == 2) return lines;
    throw new InputException(
        file.toString(), "code and key", lines.size() + " lines", "Delete it for new ones.");
  }

  /** Syllables that one can call across a room: 70 of them, 31 bits for the five of a code. */
  private static String syllables(int n) {
    var random = new SecureRandom();
    var text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append("bdfgklmnprstvz".charAt(random.nextInt(14)));
      text.append("aeiou".charAt(random.nextInt(5)));
    }
    return text.toString();
  }

  /** The address by which others on a school's or a home's network reach this machine. */
  private static InetAddress ofThisNetwork() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(a -> a instanceof Inet4Address && a.isSiteLocalAddress())
        .findFirst()
        .orElseThrow(() -> new UsageException("--lan: this machine is on no local network"));
  }

  /** What students open; the code is behind the {@code #}, which no browser sends. */
  String link() {
    return url + "/#" + code;
  }

  /** What the teacher opens. */
  String teacher() {
    return "http://localhost:" + doors.port() + "/teacher#" + key;
  }

  @Override
  public void close() {
    doors.close();
  }
}
