package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import palette.data.io.Input;
import palette.data.io.Look;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.data.io.Way;
import palette.support.InputException;

/**
 * What {@link Preferences#read} takes a file or folder for: by names of files, fields and labels.
 */
final class PairsLook {
  private static final Set<String> TIES = Set.of("tie", "tied", "equal", "both", "same", "draw");

  private PairsLook() {}

  static Preferences read(Path path) {
    var ways = ways(path);
    if (ways.isEmpty()) throw none(path);
    var way = Way.only(Place.name(path), ways);
    var read = way.read();
    var notes = new ArrayList<>(List.of(way.note()));
    notes.addAll(read.notes());
    return read.withNotes(notes);
  }

  private static InputException none(Path path) {
    var others = JudgementsLook.unlessNone(path);
    String next =
        "Name its fields: Preferences.csv(path) or .jsonl(path) with .user(...), and so on.";
    if (!others.isEmpty()) next = "Judgements.read(path) reads it.";
    String found = others.isEmpty() ? seen(path) : others.get(0).what();
    return new InputException(Place.name(path), "pairs, who preferred what to what", found, next);
  }

  static String seen(Path path) {
    if (Files.isDirectory(path)) return "a folder of other files";
    return "the fields " + Mapping.listed(Look.at(path).fields());
  }

  /** Files whose names say that they hold pairs. */
  static boolean isPairs(Path path) {
    return Place.ends(path, "_preference.csv", "_preference.csv.gz");
  }

  static List<Way<Preferences>> ways(Path path) {
    if (Files.isDirectory(path)) return folder(path);
    if (isPairs(path)) return List.of(remesh(path));
    if (JudgementsLook.isOne(path)) return List.of();
    return file(path, Look.at(path));
  }

  private static List<Way<Preferences>> folder(Path path) {
    var ways = new ArrayList<Way<Preferences>>();
    if (!JudgementsLook.in(path, "_preference.csv").isEmpty()) ways.add(remesh(path));
    boolean prism = !JudgementsLook.in(path, "conversations.jsonl", "utterances.jsonl").isEmpty();
    if (prism) ways.add(prism(path));
    return ways;
  }

  private static Way<Preferences> remesh(Path path) {
    return way("a dialogue of Remesh", "remesh", () -> Preferences.remesh(path).read());
  }

  private static Way<Preferences> prism(Path path) {
    return way("PRISM's conversations", "prism", () -> Preferences.prism(path).read());
  }

  private static Way<Preferences> way(String what, String call, Supplier<Preferences> reading) {
    return new Way<>(what, "Preferences." + call + "(path)", "", reading);
  }

  private static List<Way<Preferences>> file(Path path, Look look) {
    if (look.has("info", "summaries", "choice")) {
      var reader = Preferences.summarizeFromFeedback(path);
      return List.of(way("summarize-from-feedback", "summarizeFromFeedback", reader::read));
    }
    if (look.has("image_0_uid", "image_1_uid", "label_0")) {
      return List.of(way("Pick-a-Pic", "pickAPic", () -> Preferences.pickAPic(path).read()));
    }
    boolean talk = look.has("conversation_id", "user_id");
    if (talk && (look.has("conversation_history") || look.has("user_prompt", "model_response"))) {
      return List.of(prism(path));
    }
    if (isDialogues(look)) {
      return List.of(way("dialogues of HH-RLHF", "hhRlhf", () -> Preferences.hhRlhf(path).read()));
    }
    return pairs(look);
  }

  private static boolean isDialogues(Look look) {
    if (!Set.copyOf(look.fields()).equals(Set.of("chosen", "rejected"))) return false;
    var chosen = look.values("chosen");
    return !chosen.isEmpty() && chosen.get(0).contains("\n\nAssistant:");
  }

  private static List<Way<Preferences>> pairs(Look look) {
    var roles = roles(look, "chosen", "rejected");
    if (roles.size() == 2) return List.of(new Mapped(look, roles).way(""));
    var labelled = roles(look, "left", "right", "label");
    return labelled.size() == 3 ? List.of(new Mapped(look, labelled).labelled()) : List.of();
  }

  private static Map<String, String> roles(Look look, String... names) {
    var roles = new LinkedHashMap<String, String>();
    for (var name : names) if (look.role(name) != null) roles.put(name, look.role(name));
    return roles;
  }

  /** Records of pairs whose fields play these roles. */
  private static final class Mapped {
    private final Look look;
    private final Map<String, String> roles = new LinkedHashMap<>();
    private final List<String> unused;
    private PairsReader reader;

    private Mapped(Look look, Map<String, String> items) {
      this.look = look;
      for (var role : List.of("user", "prompt")) {
        if (look.role(role) != null) roles.put(role, look.role(role));
      }
      roles.putAll(items);
      reader = new PairsReader(look.input());
      for (var role : roles.entrySet()) {
        if (isNamed(role)) reader = reader.with(role.getKey(), role.getValue());
      }
      unused = new ArrayList<>(look.fields());
      unused.removeAll(roles.values());
      unused.removeAll(PairsReading.NO_USERS);
      unused.removeAll(List.of("leftId", "rightId"));
      unused.removeIf(Mapping::isIndex);
    }

    private static boolean isNamed(Map.Entry<String, String> role) {
      return !role.getKey().equals(role.getValue()) || role.getKey().equals("label");
    }

    private Way<Preferences> way(String more) {
      if (!roles.containsKey("user") && !unused.isEmpty()) throw whose(more);
      String rest = unused.isEmpty() ? "" : "Not used: " + Mapping.listed(unused) + ".";
      return new Way<>("pairs", call() + more, rest, reader::read);
    }

    private String call() {
      String named =
          roles.entrySet().stream()
              .filter(Mapped::isNamed)
              .map(role -> "." + role.getKey() + "(\"" + role.getValue() + "\")")
              .collect(Collectors.joining());
      return start(look.input()) + named;
    }

    private InputException whose(String more) {
      String users =
          unused.stream()
              .limit(4)
              .map(field -> call() + more + ".user(\"" + field + "\")")
              .collect(Collectors.joining("; "));
      String found = "no field 'user' among " + Mapping.listed(look.fields());
      String nobody = call() + more + ".oneUser(\"everyone\")";
      return Way.ambiguous(look.name(), "to see who answered", found, users + "; " + nobody);
    }

    private Way<Preferences> labelled() {
      var left = new ArrayList<String>();
      var right = new ArrayList<String>();
      var ties = new ArrayList<String>();
      var others = new ArrayList<String>();
      for (var value : look.values(roles.get("label"))) {
        if (names(value, "left")) left.add(value);
        else if (names(value, "right")) right.add(value);
        else if (TIES.contains(value.toLowerCase(Locale.ROOT))) ties.add(value);
        else others.add(value);
      }
      if (!others.isEmpty()) throw whatLabels(others, ties);
      if (left.isEmpty()) left.add(roles.get("left"));
      if (right.isEmpty()) right.add(roles.get("right"));
      reader = reader.leftWins(texts(left)).rightWins(texts(right)).tie(texts(ties));
      String tied = ties.isEmpty() ? "" : ".tie(" + quoted(ties) + ")";
      return way(".leftWins(" + quoted(left) + ").rightWins(" + quoted(right) + ")" + tied);
    }

    private boolean names(String value, String side) {
      return value.equals(roles.get(side)) || value.equalsIgnoreCase(side);
    }

    private InputException whatLabels(List<String> others, List<String> ties) {
      String tied = ties.isEmpty() ? "" : ".tie(" + quoted(ties) + ")";
      String choices = call() + ".leftWins(...).rightWins(...).tie(...)";
      if (others.size() == 2) {
        String one = quoted(others.subList(0, 1));
        String two = quoted(others.subList(1, 2));
        choices =
            call()
                + ".leftWins("
                + one
                + ").rightWins("
                + two
                + ")"
                + tied
                + ", or with "
                + two
                + " and "
                + one
                + " the other way round";
      }
      String found = "the labels " + Mapping.listed(others);
      return Way.ambiguous(look.name(), "labels that say which item won", found, choices);
    }
  }

  private static String[] texts(List<String> values) {
    return values.toArray(String[]::new);
  }

  private static String quoted(List<String> values) {
    return values.stream().map(v -> '"' + v + '"').collect(Collectors.joining(", "));
  }

  private static String start(Input input) {
    if (input.separator() == Input.JSONL) return "Preferences.jsonl(path)";
    if (input.separator() == Input.PARQUET) return "Preferences.parquet(path)";
    return "Preferences.csv(path)" + separated(input);
  }

  /** The option that names what parts the fields, where the file's name does not say it. */
  static String separated(Input input) {
    if (Input.of(input.path()).separator() == input.separator()) return "";
    return ".separator('" + (input.separator() == '\t' ? "\\t" : input.separator()) + "')";
  }
}
