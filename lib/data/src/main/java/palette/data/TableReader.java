package palette.data;

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
import palette.data.io.MovieLensFiles;
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
  private record Texted(Input file, String id, String text) {}

  private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+");

  private record Options(
      boolean votes,
      double low,
      double high,
      boolean comma,
      Set<String> missing,
      Set<String> ignored,
      Texted texts) {

    private static final Options RATINGS =
        new Options(
            false,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            false,
            Set.of(),
            Set.of(),
            null);

    private Options with(Texted other) {
      return new Options(votes, low, high, comma, missing, ignored, other);
    }

    private static final Options VOTES = new Options(true, -1, 1, false, Set.of(), Set.of(), null);
  }

  private final Mapping fields;
  private final Options options;

  static TableReader ratings(Input input) {
    return new TableReader(input, Mapping.NONE, Options.RATINGS);
  }

  static TableReader votes(Input input) {
    return new TableReader(input, Mapping.NONE, Options.VOTES);
  }

  static TableReader movieLens(Path path) {
    var files = MovieLensFiles.of(path);
    var reader = ratings(files.ratings()).user("userId").item("movieId").value("rating");
    if (files.movies() == null) return reader;
    return reader.with(reader.options.with(new Texted(files.movies(), "movieId", "title")));
  }

  private TableReader(Input input, Mapping fields, Options options) {
    super(input);
    this.fields = fields;
    this.options = options;
  }

  @Override
  TableReader with(Input other) {
    return new TableReader(other, fields, options);
  }

  private TableReader with(String role, String field) {
    return new TableReader(input, fields.with(role, field), options);
  }

  private TableReader with(Options other) {
    return new TableReader(input, fields, other);
  }

  /** What parts the fields; with a tab, quotes are ordinary characters. */
  public TableReader separator(char separator) {
    return with(input.separator(separator));
  }

  /** The names of the columns, in a file without a header. */
  public TableReader header(String... names) {
    return with(input.header(List.of(names)));
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
    var o = options;
    var all = joined(o.missing, values);
    return with(new Options(o.votes, o.low, o.high, o.comma, all, o.ignored, o.texts));
  }

  /** Fields of a wide table that are no items. */
  public TableReader ignore(String... names) {
    var o = options;
    var all = joined(o.ignored, names);
    return with(new Options(o.votes, o.low, o.high, o.comma, o.missing, all, o.texts));
  }

  /** Numbers have a comma before their fraction: {@code 4,5}. */
  public TableReader decimalComma() {
    var o = options;
    return with(new Options(o.votes, o.low, o.high, true, o.missing, o.ignored, o.texts));
  }

  /** The least and the greatest value there can be; one outside is an error. */
  public TableReader range(double low, double high) {
    Checks.require(low < high, "range", "low below high", low + " and " + high);
    var o = options;
    return with(new Options(o.votes, low, high, o.comma, o.missing, o.ignored, o.texts));
  }

  /** The texts of the items, from a table of their own: one record an item. */
  public TableReader itemTexts(Path path, String idColumn, String textColumn) {
    return with(options.with(new Texted(input.file(path), idColumn, textColumn)));
  }

  private static Set<String> joined(Set<String> some, String... more) {
    var all = new HashSet<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }

  @Override
  public Judgements read() {
    var notes = new ArrayList<String>();
    var reading = new Reading(texts(notes));
    notes.addAll(input.each(reading::add));
    if (reading.passes > 0) notes.add(Texts.count(reading.passes, "pass vote") + " left out.");
    reading.textless.removeAll(reading.texts.keySet());
    if (options.texts != null && !reading.textless.isEmpty()) {
      notes.add(Texts.count(reading.textless.size(), "item") + " without a text.");
    }
    var read = reading.builder.build();
    if (reading.mayRepeat) noteRepeats(read, notes);
    return read.withNotes(notes);
  }

  static void noteRepeats(Judgements read, List<String> notes) {
    int repeats = read.size() - SameQuestions.count(SameQuestions.of(read));
    if (repeats == 0) return;
    String what = Texts.count(repeats, "judgement") + " of what their user had judged before";
    notes.add(what + " kept; DataChecks names the rows.");
  }

  private Map<String, String> texts(List<String> notes) {
    var texts = new HashMap<String, String>();
    if (options.texts == null) return texts;
    var columns = Mapping.NONE.with("id", options.texts.id).with("text", options.texts.text);
    notes.addAll(input.as(options.texts.file).each(row -> addText(texts, columns, row)));
    return texts;
  }

  private static void addText(Map<String, String> texts, Mapping columns, Row row) {
    String id = columns.required(row, "id");
    if (texts.putIfAbsent(id, columns.required(row, "text")) != null) {
      throw row.refuse("each item once", Row.found(id) + " twice", "");
    }
  }

  /** The judgements so far. */
  private final class Reading {
    private final Map<String, String> texts;
    private final Judgements.Builder builder = Judgements.builder();
    private final Set<String> users = new HashSet<>();
    private final Set<String> textless = new HashSet<>();
    private long passes;
    private boolean mayRepeat;

    private Reading(Map<String, String> texts) {
      this.texts = texts;
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
      if (users.contains(user)) {
        throw row.refuse("each user once", Row.found(user) + " twice", "");
      }
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
      return !field.equals(fields.field("user")) && !options.ignored.contains(field);
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
      return written != null && !written.isBlank() && !options.missing.contains(written.strip());
    }

    private double value(Row row, String field, String written) {
      double value = row.number(field, pointed(row, field, written), unsaid(written));
      if (options.votes && value != Math.rint(value)
          || value < options.low
          || value > options.high) {
        throw new InputException(
            row.where() + ", field '" + field + "'",
            options.votes
                ? "1, 0 or -1"
                : Texts.format("a value from %s to %s", options.low, options.high),
            Row.found(written),
            unsaid(written));
      }
      return value;
    }

    private String pointed(Row row, String field, String written) {
      if (!options.comma) return written;
      if (written.indexOf('.') < 0) return written.replace(',', '.');
      throw row.refuse(
          "a number with a decimal comma in '" + field + "'",
          Row.found(written),
          "Write it without points.");
    }

    private static String unsaid(String written) {
      String value = Texts.shortened(written.strip(), 60);
      if (COMMA.matcher(value).matches()) {
        return "Where the comma is a decimal point, say .decimalComma().";
      }
      return "If it means that nothing was said, name it with .missing(\"" + value + "\").";
    }

    private void keep(String user, String item, double value) {
      if (options.votes && value == 0) {
        passes++;
        return;
      }
      if (!texts.containsKey(item)) textless.add(item);
      builder.item(item, texts.get(item)).add(user, item, value);
    }
  }
}
