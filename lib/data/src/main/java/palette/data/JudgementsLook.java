package palette.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import palette.data.io.Input;
import palette.data.io.Look;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.data.io.Way;
import palette.support.InputException;
import palette.support.Texts;

/**
 * What {@link Judgements#read} takes a file or folder for: by names of files and fields, by values.
 */
final class JudgementsLook {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d+)?");
  private static final String[] PREFLIB = {".soc", ".soi", ".toc", ".toi"};

  private JudgementsLook() {}

  static Judgements read(Path path) {
    var ways = ways(path);
    if (ways.isEmpty()) throw none(path);
    var way = Way.only(Place.name(path), ways);
    var read = way.read();
    var notes = new ArrayList<>(List.of(way.note()));
    notes.addAll(read.notes());
    return read.withNotes(notes);
  }

  private static InputException none(Path path) {
    var pairs = PairsLook.ways(path);
    String next =
        "Name its fields: Judgements.ratings(path) or .votes(path) with .user(...), and so on.";
    if (!pairs.isEmpty()) next = "Preferences.read(path) reads it.";
    String found = pairs.isEmpty() ? PairsLook.seen(path) : pairs.get(0).what();
    return new InputException(Place.name(path), "votes, ratings or rankings", found, next);
  }

  static List<Way<Judgements>> unlessNone(Path path) {
    try {
      return ways(path);
    } catch (InputException e) {
      return List.of(); // what is wrong with it as judgements helps nobody who wants pairs
    }
  }

  /** Files whose names say that they hold judgements, so that nothing else need be looked at. */
  static boolean isOne(Path path) {
    return Place.ends(path, PREFLIB)
        || Place.ends(path, "_binary.csv", "_binary.csv.gz", "ratings.dat", "ratings.dat.gz");
  }

  static List<Path> in(Path folder, String... endings) {
    try (var files = Files.list(folder)) {
      return files.filter(f -> Place.ends(f, endings)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Way<Judgements>> ways(Path path) {
    if (Files.isDirectory(path)) return folder(path);
    if (Place.ends(path, PREFLIB)) {
      return List.of(way("rankings of PrefLib", "preflib", () -> Judgements.preflib(path).read()));
    }
    if (Place.ends(path, "_binary.csv", "_binary.csv.gz")) return List.of(remesh(path));
    if (Place.ends(path, "ratings.dat", "ratings.dat.gz")) return List.of(movieLens(path));
    if (PairsLook.isPairs(path)) return List.of();
    return file(path, Look.at(path));
  }

  private static List<Way<Judgements>> folder(Path path) {
    var ways = new ArrayList<Way<Judgements>>();
    boolean votes =
        !in(path, "participants-votes.csv", "participant-votes.csv", "votes.csv").isEmpty();
    if (votes && !in(path, "comments.csv").isEmpty()) ways.add(polis(path));
    if (!in(path, "_binary.csv").isEmpty()) ways.add(remesh(path));
    boolean rated =
        Files.exists(path.resolve("ratings.csv")) || Files.exists(path.resolve("ratings.dat"));
    if (rated) ways.add(movieLens(path));
    return ways;
  }

  private static Way<Judgements> polis(Path path) {
    return way("a conversation of Polis", "polis", () -> Judgements.polis(path).read());
  }

  private static Way<Judgements> remesh(Path path) {
    return way("votes in a dialogue of Remesh", "remesh", () -> Judgements.remesh(path).read());
  }

  private static Way<Judgements> movieLens(Path path) {
    return way("ratings of MovieLens", "movieLens", () -> Judgements.movieLens(path).read());
  }

  private static Way<Judgements> way(String what, String call, Supplier<Judgements> reading) {
    return new Way<>(what, "Judgements." + call + "(path)", "", reading);
  }

  private static List<Way<Judgements>> file(Path path, Look look) {
    if (look.has("comment-id", "voter-id", "vote")) return List.of(polis(path));
    if (look.has("userId", "movieId", "rating")) return List.of(movieLens(path));
    if (look.role("chosen") != null && look.role("rejected") != null) return List.of();
    String item = look.role("item");
    String value = look.role("value");
    String user = look.role("user");
    if (item != null && value != null) return longTable(look, user, item, value);
    return user == null || look.fields().size() < 2 ? List.of() : wideTable(look, user);
  }

  private static List<Way<Judgements>> longTable(
      Look look, String user, String item, String value) {
    if (user == null) return List.of();
    String call = named("user", user) + named("item", item) + named("value", value);
    var others = new ArrayList<>(look.fields());
    others.removeAll(List.of(user, item, value));
    String rest = others.isEmpty() ? "" : "Not used: " + Mapping.listed(others) + ".";
    var table = new Table(look, look.values(value), call, "one row a judgement", rest);
    return table.ways(reader -> reader.user(user).item(item).value(value));
  }

  private static String named(String role, String field) {
    return role.equals(field) ? "" : "." + role + "(\"" + field + "\")";
  }

  private static List<Way<Judgements>> wideTable(Look look, String user) {
    var items = new ArrayList<>(look.fields());
    items.remove(user);
    var index = items.stream().filter(Mapping::isIndex).toList();
    items.removeAll(index);
    var texts = items.stream().filter(f -> !areNumbers(look.values(f))).toList();
    if (texts.size() == items.size()) return List.of();
    String call = named("user", user) + ignored(index);
    if (!texts.isEmpty()) throw noNumbers(look, call, texts);
    var values = items.stream().flatMap(f -> look.values(f).stream()).distinct().toList();
    String rest =
        Texts.count(items.size(), "column") + " taken as items: " + Mapping.listed(items) + ".";
    return new Table(look, values, call, "one row a user", rest)
        .ways(reader -> reader.user(user).ignore(index.toArray(String[]::new)));
  }

  private static String ignored(List<String> fields) {
    if (fields.isEmpty()) return "";
    return ".ignore("
        + fields.stream().map(f -> '"' + f + '"').collect(Collectors.joining(", "))
        + ")";
  }

  private static InputException noNumbers(Look look, String call, List<String> texts) {
    String calls = "Judgements.ratings(path)" + call + ignored(texts);
    return Way.ambiguous(
        look.name(),
        "numbers in every column but '" + look.role("user") + "'",
        "texts in " + Mapping.listed(texts),
        calls + ", or with .missing(...) where a text means that nothing was said");
  }

  private static boolean areNumbers(List<String> values) {
    return values.stream().allMatch(v -> NUMBER.matcher(v).matches());
  }

  /** A table of judgements whose values say whether they are votes. */
  private record Table(Look look, List<String> values, String call, String form, String remark) {
    private static final Set<Double> VOTES = Set.of(-1.0, 0.0, 1.0);

    private List<Way<Judgements>> ways(UnaryOperator<TableReader> named) {
      if (!areNumbers(values)) return List.of();
      var numbers = values.stream().map(v -> Double.valueOf(v.replace(',', '.'))).toList();
      boolean small = VOTES.containsAll(numbers);
      boolean votes = small && numbers.contains(-1.0);
      boolean comma = values.stream().anyMatch(v -> v.indexOf(',') >= 0);
      if (small && !votes) return List.of(way(true, comma, named), way(false, comma, named));
      return List.of(way(votes, comma, named));
    }

    private Way<Judgements> way(boolean votes, boolean comma, UnaryOperator<TableReader> named) {
      Input input = look.input();
      var reader = named.apply(votes ? TableReader.votes(input) : TableReader.ratings(input));
      if (comma) reader = reader.decimalComma();
      String start = votes ? "Judgements.votes(path)" : "Judgements.ratings(path)";
      String all = start + PairsLook.separated(input) + call + (comma ? ".decimalComma()" : "");
      String what = (votes ? "votes (0 is a pass), " : "ratings, ") + form;
      return new Way<>(what, all, remark, reader::read);
    }
  }
}
