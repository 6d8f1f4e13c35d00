package palette.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.nio.file.Path;
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
    if (!shown.hasSeconds()) return;
    if (Double.isNaN(shown.seconds(row))) json.writeNullField("seconds");
    else json.writeNumberField("seconds", (float) shown.seconds(row));
  }

  private void entry(String role, Catalog entries, int at) throws IOException {
    json.writeStringField(role, entries.text(at));
    if (entries.hasTexts()) json.writeStringField(role + "Id", entries.id(at));
  }

  static Table table(Preferences all) {
    var user = StringColumn.create("user");
    var prompt = StringColumn.create("prompt");
    var chosen = StringColumn.create("chosen");
    var rejected = StringColumn.create("rejected");
    var weight = FloatColumn.create("weight");
    var first = StringColumn.create("first");
    var seconds = FloatColumn.create("seconds");
    for (int row = 0; row < all.size(); row++) {
      user.append(all.users().id(all.user(row)));
      prompt.append(all.prompt(row) < 0 ? "" : all.prompts().id(all.prompt(row)));
      chosen.append(all.items().id(all.chosen(row)));
      rejected.append(all.items().id(all.rejected(row)));
      weight.append((float) all.weight(row));
      first.append(first(all.shown().place(row)));
      seconds.append((float) all.shown().seconds(row));
    }
    var table = Table.create("preferences", user);
    if (all.hasPrompts()) table.addColumns(prompt);
    table.addColumns(chosen, rejected);
    if (all.hasWeights()) table.addColumns(weight);
    if (all.shown().hasPlaces()) table.addColumns(first);
    return all.shown().hasSeconds() ? table.addColumns(seconds) : table;
  }
}
