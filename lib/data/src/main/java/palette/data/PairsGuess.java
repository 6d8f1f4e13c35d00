package palette.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import palette.data.Guess.Way;
import palette.data.io.Input;
import palette.data.io.Look;
import palette.data.io.Mapping;
import palette.support.InputException;

/** Records of pairs, whose fields play roles by their names. */
final class PairsGuess {
  private static final Set<String> TIES = Set.of("tie", "tied", "equal", "both", "same", "draw");

  private final Look look;
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final List<String> unused;
  private PairsReader reader;
  private final StringBuilder call;

  private PairsGuess(Look look, String... items) {
    this.look = look;
    reader = new PairsReader(look.input());
    call = new StringBuilder(start(look.input()));
    addRoles("user", "prompt");
    addRoles(items);
    unused = new ArrayList<>(look.fields());
    unused.removeAll(roles.values());
    unused.removeAll(PairsReader.NO_USERS);
    unused.removeAll(List.of("leftId", "rightId", "userText"));
    unused.removeIf(Mapping::isIndex);
  }

  static List<Way<Preferences>> of(Look look) {
    if (has(look, "chosen", "rejected")) {
      return List.of(new PairsGuess(look, "chosen", "rejected").way());
    }
    if (!has(look, "left", "right", "label")) return List.of();
    return List.of(new PairsGuess(look, "left", "right", "label").labelled());
  }

  private static boolean has(Look look, String... names) {
    return Stream.of(names).allMatch(role -> look.role(role) != null);
  }

  private static String start(Input input) {
    if (input.separator() == Input.JSONL) return "Preferences.jsonl(path)";
    if (input.separator() == Input.PARQUET) return "Preferences.parquet(path)";
    return "Preferences.csv(path)" + Guess.separated(input);
  }

  private void addRoles(String... names) {
    for (var role : names) {
      String field = look.role(role);
      if (field == null) continue;
      roles.put(role, field);
      if (role.equals(field) && !role.equals("label")) continue;
      reader = reader.with(role, field);
      call.append("." + role + "(\"" + field + "\")");
    }
  }

  private Way<Preferences> way() {
    if (!roles.containsKey("user") && !unused.isEmpty()) throw whose();
    String rest = unused.isEmpty() ? "" : "Not used: " + Mapping.listed(unused) + ".";
    return new Way<>("pairs", call.toString(), rest, reader);
  }

  private InputException whose() {
    var users = unused.stream().limit(4).map(field -> call + ".user(\"" + field + "\")").toList();
    String found = "no field 'user' among " + Mapping.listed(look.fields());
    String choices = String.join("; ", users) + "; " + call + ".oneUser(\"everyone\")";
    return Guess.ambiguous(look.name(), "to see who answered", found, choices);
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
    String tied = ties.isEmpty() ? "" : ".tie(" + Guess.quoted(ties) + ")";
    if (!others.isEmpty()) throw whatLabels(others, tied);
    if (left.isEmpty()) left.add(roles.get("left"));
    if (right.isEmpty()) right.add(roles.get("right"));
    reader = reader.leftWins(texts(left)).rightWins(texts(right)).tie(texts(ties));
    call.append(wins(Guess.quoted(left), Guess.quoted(right)) + tied);
    return way();
  }

  private boolean names(String value, String side) {
    return value.equals(roles.get(side)) || value.equalsIgnoreCase(side);
  }

  private InputException whatLabels(List<String> others, String tied) {
    String choices = call + wins("...", "...") + ".tie(...)";
    if (others.size() == 2) {
      String one = Guess.quoted(others.subList(0, 1));
      String two = Guess.quoted(others.subList(1, 2));
      String or = ", or with " + two + " and " + one + " the other way round";
      choices = call + wins(one, two) + tied + or;
    }
    String found = "the labels " + Mapping.listed(others);
    return Guess.ambiguous(look.name(), "labels that say which item won", found, choices);
  }

  private static String wins(String left, String right) {
    return ".leftWins(" + left + ").rightWins(" + right + ")";
  }

  private static String[] texts(List<String> values) {
    return values.toArray(String[]::new);
  }
}
