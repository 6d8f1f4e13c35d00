package palette.data.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import palette.data.io.JsonRows.JsonRow;
import palette.support.InputException;
import palette.support.Reasons;

/** Records of one JSON array of objects, element by element, however its lines are broken. */
final class JsonArrayRows extends LineRows<JsonRow> {
  // Behind an element comes the next one, which is no trailing token.
  private static final ObjectMapper MAPPER =
      JsonRows.MAPPER.copy().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonParser json;
  private long element;
  private long line;
  private boolean ended;

  /** Reads from these lines, whose first sign is a bracket. */
  JsonArrayRows(Lines lines) {
    super(lines);
    try {
      json = MAPPER.createParser(lines);
      json.nextToken(); // the bracket
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public JsonRow next() {
    if (ended) return null;
    try {
      return json.nextToken() == JsonToken.END_ARRAY ? end() : element();
    } catch (IOException e) {
      ended = true;
      throw broken(e);
    }
  }

  private JsonRow element() throws IOException {
    line = json.currentTokenLocation().getLineNr();
    String where = lines.file() + " line " + line + ", element " + ++element;
    JsonNode node = MAPPER.readTree(json);
    if (node.isObject()) return new JsonRow(where, node);
    throw new InputException(where, "a JSON object", Row.found(node.toString()), Row.MEND);
  }

  private JsonRow end() throws IOException {
    ended = true;
    if (json.nextToken() == null) return null;
    String next = "One array a file, or one object a line.";
    throw new InputException(lines.file(), "nothing behind the array", "more", next);
  }

  private RuntimeException broken(IOException e) {
    if (e instanceof JsonProcessingException wrong) return JsonFault.inArray(wrong, lines.file());
    return new UncheckedIOException("Could not read " + lines.file() + ": " + Reasons.of(e), e);
  }

  @Override
  public long number() {
    return line;
  }
}
