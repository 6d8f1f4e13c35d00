package palette.data.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import palette.data.io.JsonRows.JsonRow;
import palette.support.InputException;
import palette.support.Reasons;

/** Records of one JSON array of objects, element by element, however its lines are broken. */
final class JsonArrayRows implements Rows<JsonRow> {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final Lines lines;
  private final JsonParser json;
  private long element;
  private long line;
  private boolean ended;

  /** Reads from these lines, whose first sign is a bracket, and closes them. */
  JsonArrayRows(Lines lines) {
    this.lines = lines;
    try {
      json = MAPPER.createParser(characters(lines));
      json.nextToken(); // the bracket
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static Reader characters(Lines lines) {
    return new Reader() {
      @Override
      public int read(char[] into, int from, int length) {
        return lines.read(into, from, length);
      }

      @Override
      public void close() {}
    };
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
    element++;
    line = json.currentTokenLocation().getLineNr();
    JsonNode node = MAPPER.readTree(json);
    if (node.isObject()) return new JsonRow(where(), node);
    throw new InputException(where(), "a JSON object", Row.found(node.toString()), Row.MEND);
  }

  private JsonRow end() throws IOException {
    ended = true;
    if (json.nextToken() == null) return null;
    throw new InputException(
        lines.file(),
        "nothing behind the array",
        "more",
        "One array a file, or one object a line.");
  }

  private String where() {
    return lines.file() + " line " + line + ", element " + element;
  }

  private RuntimeException broken(IOException e) {
    if (!(e instanceof JsonProcessingException wrong))
      return new UncheckedIOException("Could not read " + lines.file() + ": " + Reasons.of(e), e);
    return JsonFault.of(wrong, lines.file(), null);
  }

  @Override
  public long number() {
    return line;
  }

  @Override
  public double share() {
    return lines.share();
  }

  @Override
  public void close() {
    lines.close();
  }
}
