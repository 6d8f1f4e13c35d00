package palette.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.support.Checks;
import palette.support.Texts;

/**
 * Reads OpenAI's summarize-from-feedback comparisons: JSONL with {@code info} (id and post, or
 * article), {@code summaries} (two, each with a text), {@code choice} (0 or 1), {@code worker} and
 * {@code split}. The prompt is the post, with info's id; a summary's text is its id. Pairs of equal
 * summaries and pairs with an empty one are counted in the notes and left out.
 */
public final class SummarizeReader extends DataReader<Preferences, SummarizeReader> {
  private final String split; // null: all

  SummarizeReader(Input input) {
    this(input, null);
  }

  private SummarizeReader(Input input, String split) {
    super(input);
    this.split = split;
  }

  @Override
  SummarizeReader with(Input other) {
    return new SummarizeReader(other, split);
  }

  /** Only the comparisons of this part, as the data's makers split them: {@code "train"}. */
  public SummarizeReader split(String name) {
    return new SummarizeReader(input, Checks.present("split", name));
  }

  @Override
  public Preferences read() {
    var reading = new Reading();
    var notes = new ArrayList<>(input.eachJson(reading::add));
    notes.addAll(reading.left.notes());
    if (reading.ofOtherSplits > 0) {
      notes.add(Texts.count(reading.ofOtherSplits, "comparison") + " of other splits left out.");
    }
    return reading.builder.build().withNotes(notes);
  }

  private final class Reading {
    private final PreferencesBuilder builder = Preferences.builder();
    private final HhRlhfReader.LeftOut left = new HhRlhfReader.LeftOut();
    private long ofOtherSplits;

    private void add(JsonRow row) {
      if (split != null && !split.equals(row.text("split"))) {
        ofOtherSplits++;
        return;
      }
      String user = Mapping.NONE.required(row, "worker");
      var info = object(row, "info");
      var post = info.hasNonNull("post") ? info.get("post") : info.path("article");
      String id = text(row, info.path("id"), "info.id");
      String asked = text(row, post, "info.post");
      int choice = choice(row);
      String better = summary(row, choice);
      String worse = summary(row, 1 - choice);
      PairsReading.sameText(row, id, asked, builder.promptText(id));
      if (!left.keeps(better, worse)) return;
      builder.prompt(id, asked).add(new Comparison(user, id, better, worse));
    }

    private int choice(JsonRow row) {
      var choice = row.node().path("choice");
      if (choice.isInt() && (choice.intValue() == 0 || choice.intValue() == 1)) {
        return choice.intValue();
      }
      throw row.refuse("0 or 1 in 'choice'", Row.found(row.text("choice")), "");
    }

    private String summary(JsonRow row, int which) {
      var summaries = row.node().path("summaries");
      if (!summaries.isArray() || summaries.size() != 2) {
        throw row.refuse("two 'summaries'", "" + summaries.size(), "");
      }
      var text = summaries.get(which).path("text");
      if (!text.isTextual()) throw row.refuse("a text in every summary", "none", "");
      return text.textValue().strip();
    }

    private JsonNode object(JsonRow row, String field) {
      var node = row.node().path(field);
      if (node.isObject()) return node;
      throw row.refuse("an object '" + field + "'", Mapping.listed(row.fields()), "");
    }

    private String text(JsonRow row, JsonNode node, String field) {
      String text = node.isMissingNode() || node.isNull() ? "" : node.asText();
      if (text.isBlank()) throw row.refuse("a text in '" + field + "'", "none", "");
      return text;
    }
  }
}
