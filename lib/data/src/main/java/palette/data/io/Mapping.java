package palette.data.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Which field of a record plays which role. A role that was not named is played by the field of its
 * own name, and an error names the method that would name it: they are called as the roles are.
 */
public record Mapping(Map<String, String> named) {
  private static final Map<String, List<String>> OFTEN =
      Map.ofEntries(
          Map.entry(
              "user",
              List.of("worker", "annotator", "participant", "voter", "rater", "respondent")),
          Map.entry("prompt", List.of("post", "question", "context", "instruction")),
          Map.entry("chosen", List.of("winner", "preferred", "better", "best", "accepted")),
          Map.entry("rejected", List.of("loser", "worse", "worst", "other")),
          Map.entry("left", List.of("item1", "a1", "arg1", "a", "first", "response_a")),
          Map.entry("right", List.of("item2", "a2", "arg2", "b", "second", "response_b")),
          Map.entry("label", List.of("pref", "preference", "choice", "answer")),
          Map.entry("item", List.of("movie", "product", "joke", "statement")),
          Map.entry("value", List.of("rating", "vote", "score", "stars")));

  /** Names that fields of a role often have, its own among them. */
  static List<String> often(String role) {
    var names = new ArrayList<>(OFTEN.getOrDefault(role, List.of()));
    names.add(role);
    return names;
  }

  /** Whether a column is the index that pandas writes beside what one asked it to write. */
  public static boolean isIndex(String field) {
    return field.isBlank() || field.startsWith("Unnamed: ") || field.startsWith("__index_level_");
  }

  public static final Mapping NONE = new Mapping(Map.of());

  public Mapping with(String role, String field) {
    Checks.require(field != null && !field.isEmpty(), role, "the name of a field", field);
    var more = new HashMap<>(named);
    more.put(role, field);
    return new Mapping(Map.copyOf(more));
  }

  public boolean names(String role) {
    return named.containsKey(role);
  }

  public String field(String role) {
    return named.getOrDefault(role, role);
  }

  /** The value of a role, which has to be there and not blank. */
  public String required(Row row, String role) {
    return required(row, role, "");
  }

  /** The same with what else may be done where there is no such field. */
  public String required(Row row, String role, String otherwise) {
    if (row.text(field(role)) == null && !row.fields().contains(field(role))) {
      throw missing(row, role, otherwise);
    }
    return row.required(field(role));
  }

  /** The value of a role that may be empty, or missing where it was not named; else null. */
  public String optional(Row row, String role) {
    String value = row.text(field(role));
    if (value == null && names(role) && !row.fields().contains(field(role))) {
      throw missing(row, role, "");
    }
    return value == null || value.isBlank() ? null : value;
  }

  private InputException missing(Row row, String role, String otherwise) {
    var others = new ArrayList<>(row.fields());
    others.removeAll(named.values());
    String guess = "...";
    for (var often : OFTEN.getOrDefault(role, List.of())) {
      if (guess.equals("...") && others.contains(often)) guess = often;
    }
    String next = "Name it with ." + role + "(\"" + guess + "\")." + otherwise;
    if (row.fields().size() == 1) next = parted(others, next);
    return row.refuse("a field '" + field(role) + "'", listed(others), next);
  }

  // One field only: the separator is another one, as Excel's is in half of Europe.
  private static String parted(List<String> only, String otherwise) {
    String header = String.join("", only);
    for (var one : List.of(";", "\t", "|", ",")) {
      String written = one.equals("\t") ? "\\t" : one;
      if (header.contains(one))
        return "Name what parts the fields with .separator('" + written + "').";
    }
    return otherwise;
  }

  /** Names of fields as messages show them: a dozen at most, the long ones shortened. */
  public static String listed(Collection<String> fields) {
    var all = List.copyOf(fields);
    return "[" + Texts.some(all.size(), 12, i -> Texts.shortened(all.get(i), 36)) + "]";
  }
}
