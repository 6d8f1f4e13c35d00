package palette.data.io;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A record whose two items are conversations, as one of texts: the prompt is what was asked and all
 * that both items begin with, the items are what follows.
 */
public record Talk(Row row, Map<String, String> texts) implements Row {
  private static final String CONTEXT = "context"; // where there is no prompt

  /** The record itself where none of the fields of prompt and items holds messages. */
  public static Row of(Row row, String prompt, String first, String second) {
    if (!row.nests()) return row;
    var one = row.messages(first);
    var other = row.messages(second);
    var asked = row.messages(prompt);
    if (asked == null && !row.fields().contains(prompt)) asked = row.messages(CONTEXT);
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
