package palette.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import palette.data.io.Place;
import palette.support.AtomicFile;
import palette.support.Sha256;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Comparisons as JSONL that {@link PairsReader} reads without a mapping, as a table, as a hash. */
final class PairsWriter {
  private final Preferences all;
  private final Presentation shown;

  private PairsWriter(Preferences all) {
    this.all = all;
    this.shown = all.shown();
  }

  private String first(int row) {
    int place = shown.place(row);
    return place == 0 ? null : place == 1 ? "chosen" : "rejected";
  }

  // --------------------------------------------------------------------------------------- a file

  static void write(Preferences all, Path path) {
    boolean zipped = Place.packed(path);
    AtomicFile.write(
        path,
        out -> {
          var json = new JsonFactory().createGenerator(zipped ? new GZIPOutputStream(out) : out);
          json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
          var told = new BitSet(); // users whose text stands in a row before
          new PairsWriter(all).rows(json, told, false);
          new PairsWriter(all.ties()).rows(json, told, true);
          json.writeRaw('\n');
          json.close();
        });
  }

  private void rows(JsonGenerator json, BitSet told, boolean ties) throws IOException {
    for (int row = 0; row < all.size(); row++) {
      json.writeStartObject();
      int user = all.user(row);
      String id = all.users().id(user);
      String text = all.users().text(user);
      json.writeStringField("user", id);
      if (!told.get(user) && !text.equals(id)) json.writeStringField("userText", text);
      told.set(user);
      if (all.prompt(row) >= 0) entry(json, "prompt", all.prompts(), all.prompt(row));
      entry(json, "chosen", all.items(), all.chosen(row));
      entry(json, "rejected", all.items(), all.rejected(row));
      if (all.hasWeights()) json.writeNumberField("weight", (float) all.weight(row));
      // Where some rows have it the others say null, or a reader would miss the field.
      if (shown.hasPlaces()) json.writeStringField("first", first(row));
      Object seconds = Double.isNaN(shown.seconds(row)) ? null : (float) shown.seconds(row);
      if (shown.hasSeconds()) json.writePOJOField("seconds", seconds);
      if (ties) json.writeBooleanField("tie", true);
      json.writeEndObject();
    }
  }

  private static void entry(JsonGenerator json, String role, Catalog entries, int at)
      throws IOException {
    json.writeStringField(role, entries.text(at));
    if (entries.hasTexts()) json.writeStringField(role + "Id", entries.id(at));
  }

  // -------------------------------------------------------------------------------------- a table

  static Table table(Preferences all) {
    return new PairsWriter(all).table();
  }

  private Table table() {
    var prompts = all.prompts();
    var table = Table.create("preferences", texts("user", r -> all.users().id(all.user(r))));
    if (all.hasPrompts()) {
      table.addColumns(texts("prompt", r -> all.prompt(r) < 0 ? "" : prompts.id(all.prompt(r))));
    }
    table.addColumns(
        texts("chosen", r -> all.items().id(all.chosen(r))),
        texts("rejected", r -> all.items().id(all.rejected(r))));
    if (all.hasWeights()) table.addColumns(numbers("weight", all::weight));
    if (shown.hasPlaces()) table.addColumns(texts("first", this::first));
    return shown.hasSeconds() ? table.addColumns(numbers("seconds", shown::seconds)) : table;
  }

  private StringColumn texts(String name, IntFunction<String> of) {
    var texts = IntStream.range(0, all.size()).mapToObj(of);
    return StringColumn.create(name, texts.toArray(String[]::new));
  }

  private FloatColumn numbers(String name, IntToDoubleFunction of) {
    var column = FloatColumn.create(name);
    for (int row = 0; row < all.size(); row++) column.append((float) of.applyAsDouble(row));
    return column;
  }

  // --------------------------------------------------------------------------------------- a hash

  /** SHA-256 over everything that a fit can see; each part begins with its length. */
  static String hash(Preferences all) {
    try {
      return Sha256.hex(
          stream -> {
            var out = new DataOutputStream(stream);
            for (var entries : List.of(all.users(), all.prompts(), all.items())) add(entries, out);
            add(all, out);
            add(all.ties(), out);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Catalog entries, DataOutputStream out) throws IOException {
    add(entries.ids(), out);
    add(entries.hasTexts() ? entries.texts() : List.of(), out);
    out.writeInt(entries.dimension());
    for (int i = 0; entries.hasVectors() && i < entries.size(); i++) {
      for (float x : entries.vector(i)) out.writeFloat(x);
    }
  }

  private static void add(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (var text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static void add(Preferences rows, DataOutputStream out) throws IOException {
    out.writeInt(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      out.writeInt(rows.user(row));
      out.writeInt(rows.prompt(row));
      out.writeInt(rows.chosen(row));
      out.writeInt(rows.rejected(row));
      out.writeFloat((float) rows.weight(row));
    }
  }
}
