package palette.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import palette.data.io.Place;
import palette.support.AtomicFile;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Writes comparisons in the form that {@link PairsReader} reads without a mapping. */
final class PairsWriter {
  private final Preferences all;
  private final JsonGenerator json;

  private PairsWriter(Preferences all, JsonGenerator json) {
    this.all = all;
    this.json = json;
  }

  static void write(Preferences all, Path path) {
    boolean zipped = Place.packed(path);
    AtomicFile.write(
        path,
        out -> {
          var json = new JsonFactory().createGenerator(zipped ? new GZIPOutputStream(out) : out);
          json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
          new PairsWriter(all, json).rows(false);
          new PairsWriter(all.ties(), json).rows(true);
          json.writeRaw('\n');
          json.close();
        });
  }

  private void rows(boolean ties) throws IOException {
    for (int row = 0; row < all.size(); row++) {
      json.writeStartObject();
      json.writeStringField("user", all.users().id(all.user(row)));
      if (all.prompt(row) >= 0) entry("prompt", all.prompts(), all.prompt(row));
      entry("chosen", all.items(), all.chosen(row));
      entry("rejected", all.items(), all.rejected(row));
      if (all.hasWeights()) json.writeNumberField("weight", (float) all.weight(row));
      shown(all.shown(), row);
      if (ties) json.writeBooleanField("tie", true);
      json.writeEndObject();
    }
  }

  private static String first(int place) {
    return place == 0 ? null : place == 1 ? "chosen" : "rejected";
  }

  // Where some rows have it the others say null, or a reader would miss the field.
  private void shown(Presentation shown, int row) throws IOException {
    if (shown.hasPlaces()) json.writeStringField("first", first(shown.place(row)));
    double seconds = shown.seconds(row);
    Object known = Double.isNaN(seconds) ? null : (float) seconds;
    if (shown.hasSeconds()) json.writePOJOField("seconds", known);
  }

  private void entry(String role, Catalog entries, int at) throws IOException {
    json.writeStringField(role, entries.text(at));
    if (entries.hasTexts()) json.writeStringField(role + "Id", entries.id(at));
  }

  static Table table(Preferences all) {
    var shown = all.shown();
    var table = Table.create("preferences", texts("user", all, r -> all.users().id(all.user(r))));
    if (all.hasPrompts()) {
      table.addColumns(
          texts("prompt", all, r -> all.prompt(r) < 0 ? "" : all.prompts().id(all.prompt(r))));
    }
    table.addColumns(
        texts("chosen", all, r -> all.items().id(all.chosen(r))),
        texts("rejected", all, r -> all.items().id(all.rejected(r))));
    if (all.hasWeights()) table.addColumns(numbers("weight", all, all::weight));
    if (shown.hasPlaces()) table.addColumns(texts("first", all, r -> first(shown.place(r))));
    return shown.hasSeconds() ? table.addColumns(numbers("seconds", all, shown::seconds)) : table;
  }

  private static StringColumn texts(String name, Preferences all, IntFunction<String> of) {
    var texts = IntStream.range(0, all.size()).mapToObj(of);
    return StringColumn.create(name, texts.toArray(String[]::new));
  }

  private static FloatColumn numbers(String name, Preferences all, IntToDoubleFunction of) {
    var column = FloatColumn.create(name);
    for (int row = 0; row < all.size(); row++) column.append((float) of.applyAsDouble(row));
    return column;
  }
}
