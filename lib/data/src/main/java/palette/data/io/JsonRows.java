package palette.data.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import palette.support.InputException;

/** Records of a JSONL file: one JSON object a line; blank lines are passed over. */
public final class JsonRows extends LineRows<JsonRows.JsonRow> {
  static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  JsonRows(Lines lines) {
    super(lines);
  }

  @Override
  public JsonRow next() {
    String line = lines.next();
    while (line != null && line.isBlank()) line = lines.next();
    if (line == null) return null;
    try {
      var node = MAPPER.readTree(line);
      if (node.isObject()) return new JsonRow(lines.where(), node);
      throw new InputException(
          lines.where(), "a JSON object", Row.found(line), "Write one object a line.");
    } catch (JsonProcessingException e) {
      throw JsonFault.of(e, lines.where(), line);
    }
  }

  /** JSON that a database wrote, so that nothing can be wrong with it. */
  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An object with its place; fields may be nested objects, reached by the node. */
  public record JsonRow(String where, JsonNode node) implements Row {

    @Override
    public Collection<String> fields() {
      var names = new ArrayList<String>();
      node.fieldNames().forEachRemaining(names::add);
      return names;
    }

    @Override
    public String text(String field) {
      var value = node.get(field);
      if (value == null || value.isNull()) return null;
      if (value.isValueNode()) return value.asText();
      throw refuse("a text in '" + field + "'", value.isArray() ? "a list" : "a record", "");
    }
  }
}
