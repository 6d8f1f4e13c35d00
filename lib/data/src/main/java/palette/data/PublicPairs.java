package palette.data;

import com.fasterxml.jackson.databind.JsonNode;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.data.io.Talk;

/** Comparisons of public data in forms of their own; pairs that say nothing are left out. */
final class PublicPairs {
  private final DataReader.Intake intake = new DataReader.Intake();

  private PublicPairs() {}

  /** HH-RLHF; see {@link Preferences#hhRlhf}. */
  static Preferences dialogues(Input input) {
    var reading = new PublicPairs();
    return reading.intake.preferences(input.each(reading::addDialogues));
  }

  /** OpenAI's; see {@link Preferences#summarizeFromFeedback}. */
  static Preferences summaries(Input input) {
    var reading = new PublicPairs();
    return reading.intake.preferences(input.eachJson(reading::addSummaries));
  }

  private void addDialogues(Row record) {
    var row = Talk.ofDialogues(record, "chosen", "rejected");
    String better = row.text("chosen");
    String worse = row.text("rejected");
    if (!intake.keeps(better, worse)) return;
    intake.answers.add(new Comparison("everyone", row.text("prompt"), better, worse));
  }

  private void addSummaries(JsonRow row) {
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
    row.sameText(id, asked, intake.answers.promptText(id));
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
