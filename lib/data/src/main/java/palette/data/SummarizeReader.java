package palette.data;

import com.fasterxml.jackson.databind.JsonNode;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.support.Checks;

/**
 * Reads OpenAI's summarize-from-feedback comparisons: JSONL with {@code info} (id and post, or
 * article), {@code summaries} (two, each with a text), {@code choice} (0 or 1), {@code worker} and
 * {@code split}. The prompt is the post, with info's id; a summary's text is its id. Pairs of equal
 * summaries and pairs with an empty one are counted in the notes and left out.
 */
public final class SummarizeReader extends DataReader<Preferences, SummarizeReader> {
  private String split; // null: all

  SummarizeReader(Input input) {
    super(input);
  }

  /** Only the comparisons of this part, as the data's makers split them: {@code "train"}. */
  public SummarizeReader split(String name) {
    return with(r -> r.split = Checks.present("split", name));
  }

  @Override
  public Preferences read() {
    var intake = new Intake();
    return intake.preferences(input.eachJson(row -> add(row, intake)));
  }

  private void add(JsonRow row, Intake intake) {
    if (split != null && !split.equals(row.text("split"))) {
      intake.leave(1, "comparison", " of other splits left out.");
      return;
    }
    String user = row.required("worker");
    var info = row.node().path("info");
    if (!info.isObject()) throw row.refuse("an object 'info'", Mapping.listed(row.fields()), "");
    var post = info.hasNonNull("post") ? info.get("post") : info.path("article");
    String id = text(row, info.path("id"), "info.id");
    String asked = text(row, post, "info.post");
    var choice = row.node().path("choice");
    int best = choice.isInt() ? choice.intValue() : -1;
    if (best != 0 && best != 1) {
      throw row.refuse("0 or 1 in 'choice'", Row.found(row.text("choice")), "");
    }
    String better = summary(row, best);
    String worse = summary(row, 1 - best);
    PairsReading.sameText(row, id, asked, intake.answers.promptText(id));
    if (!intake.keeps(better, worse)) return;
    intake.answers.prompt(id, asked).add(new Comparison(user, id, better, worse));
  }

  private static String summary(JsonRow row, int which) {
    var summaries = row.node().path("summaries");
    if (!summaries.isArray() || summaries.size() != 2) {
      throw row.refuse("two 'summaries'", "" + summaries.size(), "");
    }
    var text = summaries.get(which).path("text");
    if (!text.isTextual()) throw row.refuse("a text in every summary", "none", "");
    return text.textValue().strip();
  }

  private static String text(JsonRow row, JsonNode node, String field) {
    String text = node.isMissingNode() || node.isNull() ? "" : node.asText();
    if (text.isBlank()) throw row.refuse("a text in '" + field + "'", "none", "");
    return text;
  }
}
