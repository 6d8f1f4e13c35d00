package palette.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a power cut would leave of a folder, after each operation that strace saw a process do in
 * it. A file has the content, and a folder the names, of its last fsync. Between two of those a
 * disk may keep names or lose them, so there are two states: names as they were brought there, and
 * names as the process saw them; content that was not brought there is lost in both.
 */
final class TracedDisk {
  private static final String CALLS =
      "openat,write,pwrite64,rename,renameat,renameat2,fsync,fdatasync,unlink,unlinkat,mkdir,mkdirat,rmdir,ftruncate";
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*");
  private static final Pattern TEXT = Pattern.compile("(\\d*)<((?:\\\\x..)*)>|\"((?:\\\\x..)*)\"");

  private final Path root;
  private final Node disk = new Node(true);
  private final Map<String, String> begun = new HashMap<>(); // by thread

  TracedDisk(Path root) {
    this.root = root;
  }

  private static final class Node {
    final boolean folder;
    byte[] content = {};
    byte[] kept = {};
    Map<String, Node> names = new TreeMap<>();
    Map<String, Node> keptNames = new TreeMap<>();

    Node(boolean folder) {
      this.folder = folder;
    }
  }

  /** The command that writes what another does into a file. */
  static List<String> command(Path trace, List<String> command) {
    var all = new ArrayList<>(List.of("strace", "-f", "-qq", "-y", "-xx", "-s", "10000000"));
    all.addAll(List.of("--seccomp-bpf", "-e", "trace=" + CALLS, "-o", "" + trace));
    all.addAll(command);
    return all;
  }

  /** Told after each operation. */
  interface Listener {
    /**
     * @param what such as "rename a b"
     * @param states files by their path below the folder, one state a map
     */
    void after(String what, List<Map<String, byte[]>> states);
  }

  /** Does again what a trace says. */
  void replay(Path trace, Listener listener) throws IOException {
    for (var line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      int blank = line.indexOf(' ');
      String thread = line.substring(0, blank);
      String call = line.substring(blank).strip();
      if (call.endsWith("<unfinished ...>")) {
        begun.put(thread, call.substring(0, call.length() - "<unfinished ...>".length()).strip());
        continue;
      }
      if (call.startsWith("<... "))
        call = begun.remove(thread) + call.replaceFirst(".*? resumed>", "");
      var matcher = CALL.matcher(call);
      if (!matcher.matches() || Long.parseLong(matcher.group(3)) < 0) continue;
      String what = take(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3)));
      if (what == null) continue;
      listener.after(what, List.of(state(true), state(false)));
    }
  }

  /** What a file held in the eyes of the process. */
  String seen(String path) {
    return new String(node(path).content, StandardCharsets.UTF_8);
  }

  // --------------------------------------------------------------------------------- operations

  private String take(String call, String arguments, long result) {
    var texts = new ArrayList<byte[]>();
    for (var m = TEXT.matcher(arguments); m.find(); ) {
      boolean here = m.group(3) == null && m.group(1).isEmpty() && m.start() > 0; // AT_FDCWD<..>
      if (!here) texts.add(bytes(m, m.group(3) == null ? 2 : 3));
    }
    if (texts.isEmpty()) return null;
    String path = below(texts.get(0));
    if (path == null) return null;
    switch (call) {
      case "openat" -> {
        if (!arguments.contains("O_CREAT") && !arguments.contains("O_TRUNC")) return null;
        var file = folder(path).names.computeIfAbsent(name(path), any -> new Node(false));
        if (arguments.contains("O_TRUNC")) file.content = new byte[0];
      }
      case "mkdir", "mkdirat" -> folder(path).names.put(name(path), new Node(true));
      case "write" -> write(path, texts.get(1), node(path).content.length);
      case "pwrite64" -> write(path, texts.get(1), Integer.parseInt(last(arguments)));
      case "ftruncate" -> {
        var file = node(path);
        file.content = Arrays.copyOf(file.content, Integer.parseInt(last(arguments)));
      }
      case "rename", "renameat", "renameat2" -> {
        String to = below(texts.get(1));
        folder(to).names.put(name(to), folder(path).names.remove(name(path)));
        path += " " + to;
      }
      case "unlink", "unlinkat", "rmdir" -> folder(path).names.remove(name(path));
      default -> {
        var synced = node(path);
        synced.kept = synced.content;
        synced.keptNames = new TreeMap<>(synced.names);
      }
    }
    return call + " " + path;
  }

  private void write(String path, byte[] bytes, int at) {
    var file = node(path);
    byte[] all = Arrays.copyOf(file.content, Math.max(file.content.length, at + bytes.length));
    System.arraycopy(bytes, 0, all, at, bytes.length);
    file.content = all;
  }

  private static String last(String arguments) {
    return arguments.substring(arguments.lastIndexOf(' ') + 1);
  }

  private static byte[] bytes(Matcher m, int group) {
    var out = new ByteArrayOutputStream();
    String hex = m.group(group);
    for (int i = 2; i < hex.length(); i += 4) out.write(Integer.parseInt(hex, i, i + 2, 16));
    return out.toByteArray();
  }

  /** The path below the folder; null for others and for files that have lost their names. */
  private String below(byte[] written) {
    String path = new String(written, StandardCharsets.UTF_8);
    if (path.endsWith(" (deleted)") || !path.startsWith(root + "")) return null;
    return root.relativize(Path.of(path)).toString();
  }

  private Node node(String path) {
    var node = disk;
    for (var part : Path.of(path)) if (!part.toString().isEmpty()) node = node.names.get("" + part);
    return node;
  }

  private Node folder(String path) {
    var above = Path.of(path).getParent();
    return above == null ? disk : node("" + above);
  }

  private static String name(String path) {
    return Path.of(path).getFileName().toString();
  }

  // --------------------------------------------------------------------------------- what is left

  private Map<String, byte[]> state(boolean namesToo) {
    var files = new TreeMap<String, byte[]>();
    collect(disk, "", namesToo, files);
    return files;
  }

  private static void collect(Node node, String at, boolean kept, Map<String, byte[]> into) {
    for (var entry : (kept ? node.keptNames : node.names).entrySet()) {
      String path = at + entry.getKey();
      if (entry.getValue().folder) collect(entry.getValue(), path + "/", kept, into);
      else into.put(path, entry.getValue().kept);
    }
  }
}
