package palette.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import palette.data.Guess.Way;
import palette.data.io.Look;
import palette.data.io.Mapping;
import palette.support.InputException;
import palette.support.Texts;

/** A table of judgements, long or wide, whose values say whether they are votes. */
final class TableGuess {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d+)?");
  private static final Set<Double> VOTES = Set.of(-1.0, 0.0, 1.0);

  private final Look look;
  private String call = ""; // what is said of the fields
  private TableReader reader; // of ratings

  private TableGuess(Look look) {
    this.look = look;
    reader = new TableReader(look.input());
  }

  static List<Way<Judgements>> of(Look look) {
    if (look.role("chosen") != null && look.role("rejected") != null) return List.of();
    String item = look.role("item");
    String value = look.role("value");
    String user = look.role("user");
    if (user == null || look.fields().size() < 2) return List.of();
    var table = new TableGuess(look);
    table.named("user", user);
    return item != null && value != null ? table.tall(user, item, value) : table.wide(user);
  }

  private void named(String role, String field) {
    if (role.equals(field)) return;
    call += "." + role + "(\"" + field + "\")";
    reader = reader.with(role, field);
  }

  private List<Way<Judgements>> tall(String user, String item, String value) {
    named("item", item);
    named("value", value);
    var others = new ArrayList<>(look.fields());
    others.removeAll(List.of(user, item, value));
    String rest = others.isEmpty() ? "" : "Not used: " + Mapping.listed(others) + ".";
    return ways(look.values(value), "one row a judgement", rest);
  }

  private List<Way<Judgements>> wide(String user) {
    var items = new ArrayList<>(look.fields());
    items.remove(user);
    var index = items.stream().filter(Mapping::isIndex).toList();
    items.removeAll(index);
    var texts = items.stream().filter(f -> !areNumbers(look.values(f))).toList();
    if (texts.size() == items.size()) return List.of();
    if (!index.isEmpty()) call += ".ignore(" + Guess.quoted(index) + ")";
    if (!texts.isEmpty()) throw noNumbers(user, texts);
    reader = reader.ignore(index.toArray(String[]::new));
    var values = items.stream().flatMap(f -> look.values(f).stream()).distinct().toList();
    String columns = Texts.count(items.size(), "column");
    return ways(
        values, "one row a user", columns + " taken as items: " + Mapping.listed(items) + ".");
  }

  private InputException noNumbers(String user, List<String> texts) {
    String ignoring = "Judgements.ratings(path)" + call + ".ignore(" + Guess.quoted(texts) + ")";
    return Guess.ambiguous(
        look.name(),
        "numbers in every column but '" + user + "'",
        "texts in " + Mapping.listed(texts),
        ignoring + ", or with .missing(...) where a text means that nothing was said");
  }

  private static boolean areNumbers(List<String> values) {
    return values.stream().allMatch(v -> NUMBER.matcher(v).matches());
  }

  private List<Way<Judgements>> ways(List<String> values, String form, String remark) {
    if (!areNumbers(values)) return List.of();
    if (values.stream().anyMatch(v -> v.indexOf(',') >= 0)) {
      call += ".decimalComma()";
      reader = reader.decimalComma();
    }
    var numbers = values.stream().map(v -> Double.valueOf(v.replace(',', '.'))).toList();
    boolean small = VOTES.containsAll(numbers);
    var asVotes = way("votes", reader.ofVotes(), "votes (0 is a pass), " + form, remark);
    var asRatings = way("ratings", reader, "ratings, " + form, remark);
    if (!small) return List.of(asRatings);
    return numbers.contains(-1.0) ? List.of(asVotes) : List.of(asVotes, asRatings);
  }

  private Way<Judgements> way(String kind, TableReader reader, String what, String remark) {
    String start = "Judgements." + kind + "(path)" + Guess.separated(look.input());
    return new Way<>(what, start + call, remark, reader);
  }
}
