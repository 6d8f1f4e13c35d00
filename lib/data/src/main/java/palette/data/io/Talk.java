package palette.data.io;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import palette.data.io.JsonRows.JsonRow;

/**
 * A record whose two items are conversations, as one of texts: the prompt is what was asked and all
 * that both items begin with, the items are what follows.
 */
public record Talk(Row row, Map<String, String> texts) implements Row {
  private static final String TURN = "\n\nAssistant:";
  private static final String CONTEXT = "context"; // where there is no prompt

  /** The record itself where none of the fields of prompt and items holds messages. */
  public static Row of(Row row, String prompt, String first, String second) {
    if (!(row instanceof JsonRow json)) return row;
    var one = Messages.of(json.node().get(first));
    var other = Messages.of(json.node().get(second));
    var asked = Messages.of(json.node().get(json.node().has(prompt) ? prompt : CONTEXT));
    if (one == null && other == null && asked == null) return row;
    var texts = new HashMap<String, String>();
    if (one == null || other == null) {
      if (asked != null) texts.put(prompt, asked.text());
      return new Talk(row, texts); // a list beside a text is refused when it is asked for
    }
    var shared = one.shared(other);
    int n = shared.all().size();
    texts.put(prompt, prompt(row, prompt, asked, shared));
    texts.put(first, one.from(n).text());
    texts.put(second, other.from(n).text());
    return new Talk(row, texts);
  }

  /**
   * A record of two whole dialogues as texts, as HH-RLHF has them: the prompt is what both share,
   * up to and with the last {@code "\n\nAssistant:"} of it; the items are what follows.
   */
  public static Row ofDialogues(Row row, String first, String second) {
    String one = row.required(first);
    String other = row.required(second);
    int n = 0;
    while (n < Math.min(one.length(), other.length()) && one.charAt(n) == other.charAt(n)) n++;
    int turn = one.substring(0, n).lastIndexOf(TURN);
    if (turn < 0) {
      throw row.refuse("a dialogue with 'Assistant:' that both share", Row.found(one), "");
    }
    int from = turn + TURN.length();
    var texts = new HashMap<String, String>();
    texts.put("prompt", one.substring(0, from));
    texts.put(first, one.substring(from).strip());
    texts.put(second, other.substring(from).strip());
    return new Talk(row, texts);
  }

  private static String prompt(Row row, String field, Messages asked, Messages shared) {
    if (asked != null) {
      return (shared.startsWith(asked) ? shared : asked.and(shared)).text();
    }
    String written = row.text(field);
    boolean inside = written == null || written.isBlank() || shared.says(written);
    if (inside) return shared.all().isEmpty() ? null : shared.text();
    return shared.all().isEmpty() ? written : written + "\n\n" + shared.text();
  }

  @Override
  public String where() {
    return row.where();
  }

  @Override
  public Collection<String> fields() {
    return row.fields();
  }

  @Override
  public String text(String field) {
    return texts.containsKey(field) ? texts.get(field) : row.text(field);
  }
}
