package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads ratings or votes from CSV, TSV or JSONL. A wide table has one record a user and one field
 * an item; a long one has one record a judgement, with fields {@code user}, {@code item} and {@code
 * value}. It is taken as long when it has fields of these two last names or one of them is named
 * here. Empty fields were not judged.
 */
public final class TableReader extends DataReader<Judgements, TableReader> {
  private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+");

  private boolean votes;
  private Mapping fields = Mapping.NONE;
  private double low = Double.NEGATIVE_INFINITY;
  private double high = Double.POSITIVE_INFINITY;
  private boolean comma;
  private Set<String> missing = Set.of();
  private Set<String> ignored = Set.of();
  private Input texts; // null: none
  private String textsId;
  private String textsText;

  TableReader(Input input) {
    super(input);
  }

  TableReader ofVotes() {
    return range(-1, 1).with(r -> r.votes = true);
  }

  TableReader with(String role, String field) {
    return with(r -> r.fields = fields.with(role, field));
  }

  /** What parts the fields; with a tab, quotes are ordinary characters. */
  public TableReader separator(char separator) {
    return with(r -> r.input = input.separator(separator));
  }

  /** The names of the columns, in a file without a header. */
  public TableReader header(String... names) {
    return with(r -> r.input = input.header(List.of(names)));
  }

  /** The field of the user's id. */
  public TableReader user(String field) {
    return with("user", field);
  }

  /** The field of the item's id, in a long table. */
  public TableReader item(String field) {
    return with("item", field);
  }

  /** The field of the judgement, in a long table. */
  public TableReader value(String field) {
    return with("value", field);
  }

  /** Values that mean "not judged", as they are written: {@code missing("99")}. */
  public TableReader missing(String... values) {
    return with(r -> r.missing = joined(missing, values));
  }

  /** Fields of a wide table that are no items. */
  public TableReader ignore(String... names) {
    return with(r -> r.ignored = joined(ignored, names));
  }

  /** Numbers have a comma before their fraction: {@code 4,5}. */
  public TableReader decimalComma() {
    return with(r -> r.comma = true);
  }

  /** The least and the greatest value there can be; one outside is an error. */
  public TableReader range(double low, double high) {
    Checks.require(low < high, "range", "low below high", low + " and " + high);
    return with(
        r -> {
          r.low = low;
          r.high = high;
        });
  }

  /** The texts of the items, from a table of their own: one record an item. */
  public TableReader itemTexts(Path path, String idColumn, String textColumn) {
    return itemTexts(input.file(path), idColumn, textColumn);
  }

  private TableReader itemTexts(Input file, String idColumn, String textColumn) {
    return with(
        r -> {
          r.texts = file;
          r.textsId = idColumn;
          r.textsText = textColumn;
        });
  }

  private static Set<String> joined(Set<String> some, String... more) {
    var all = new HashSet<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  // ------------------------------------------------------------------------------------ MovieLens

  static TableReader movieLens(Path path) {
    var old = path.resolve("ratings.dat");
    var inside = Files.exists(old) ? old : path.resolve("ratings.csv");
    var file = Files.isDirectory(path) ? inside : path;
    var movies = file.resolveSibling(Place.name(file).replace("ratings", "movies"));
    var ratings = movieLens(file, "userId", "movieId", "rating", "timestamp");
    var reader = new TableReader(ratings).user("userId").item("movieId").value("rating");
    if (movies.equals(file) || !Files.exists(movies)) return reader;
    return reader.itemTexts(movieLens(movies, "movieId", "title", "genres"), "movieId", "title");
  }

  // Before 2014 in ISO-8859-1, without headers and with columns that two colons part.
  private static Input movieLens(Path file, String... header) {
    if (!Place.ends(file, ".dat", ".dat.gz")) return Input.of(file);
    return Input.of(file, Input.COLONS).charset("ISO-8859-1").header(List.of(header));
  }

  // -------------------------------------------------------------------------------------- reading

  @Override
  public Judgements read() {
    var reading = new Reading();
    var notes = new ArrayList<String>();
    if (texts != null) notes.addAll(input.as(texts).each(reading::addText));
    notes.addAll(input.each(reading::add));
    if (texts != null) {
      reading.textless.removeAll(reading.textOf.keySet());
      reading.intake.leave(reading.textless.size(), "item", " without a text.");
    }
    return reading.intake.judgements(notes, reading.mayRepeat);
  }

  /** The judgements so far. */
  private final class Reading {
    private final Intake intake = new Intake();
    private final Map<String, String> textOf = new HashMap<>();
    private final Set<String> users = new HashSet<>();
    private final Set<String> textless = new HashSet<>();
    private boolean mayRepeat;

    private void addText(Row row) {
      String id = row.required(textsId);
      if (textOf.putIfAbsent(id, row.required(textsText)) != null) {
        throw row.twice("each item once", id);
      }
    }

    private void add(Row row) {
      boolean named = fields.names("item") || fields.names("value");
      if (named || row.fields().containsAll(List.of("item", "value"))) addOne(row);
      else addMany(row);
    }

    private void addOne(Row row) {
      String user = fields.required(row, "user");
      String item = fields.required(row, "item");
      String written = fields.optional(row, "value");
      if (judged(written)) keep(user, item, value(row, fields.field("value"), written));
      mayRepeat = true;
    }

    // A row that is refused leaves no trace: first all is read, then all is kept.
    private void addMany(Row row) {
      String user = fields.required(row, "user");
      if (users.contains(user)) throw row.twice("each user once", user);
      var values = new LinkedHashMap<String, Double>();
      for (var field : row.fields()) {
        if (isItem(field) && judged(row.text(field))) {
          checkName(row, field);
          values.put(field, value(row, field, row.text(field)));
        }
      }
      users.add(user);
      values.forEach((field, value) -> keep(user, field, value));
    }

    private boolean isItem(String field) {
      return !field.equals(fields.field("user")) && !ignored.contains(field);
    }

    // pandas writes its index without a name, and calls it otherwise when it reads it.
    private static void checkName(Row row, String field) {
      if (!Mapping.isIndex(field)) return;
      throw row.refuse(
          "the name of an item over every column",
          Row.found(field),
          "Where it is pandas' index, leave it out with .ignore(\"" + field + "\").");
    }

    private boolean judged(String written) {
      return written != null && !written.isBlank() && !missing.contains(written.strip());
    }

    private double value(Row row, String field, String written) {
      double value = row.number(field, pointed(row, field, written), unsaid(written));
      if (value >= low && value <= high && (!votes || value == Math.rint(value))) return value;
      throw new InputException(
          row.where() + ", field '" + field + "'",
          votes ? "1, 0 or -1" : Texts.format("a value from %s to %s", low, high),
          Row.found(written),
          unsaid(written));
    }

    private String pointed(Row row, String field, String written) {
      if (!comma) return written;
      if (written.indexOf('.') < 0) return written.replace(',', '.');
      String expected = "a number with a decimal comma in '" + field + "'";
      throw row.refuse(expected, Row.found(written), "Write it without points.");
    }

    private static String unsaid(String written) {
      String value = Texts.shortened(written.strip(), 60);
      if (COMMA.matcher(value).matches()) {
        return "Where the comma is a decimal point, say .decimalComma().";
      }
      return "If it means that nothing was said, name it with .missing(\"" + value + "\").";
    }

    private void keep(String user, String item, double value) {
      if (votes && value == 0) {
        intake.leave(1, "pass vote", " left out.");
        return;
      }
      if (!textOf.containsKey(item)) textless.add(item);
      intake.judgements.item(item, textOf.get(item)).add(user, item, value);
    }
  }
}
