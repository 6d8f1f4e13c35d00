package palette.notebook.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** One cell of a notebook: a view on its JSON, which keeps the fields we do not know. */
public record Cell(ObjectNode json) {

  /** A new code cell that carries a tag. */
  public static Cell code(String source, String tag) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("cell_type", "code");
    json.putNull("execution_count");
    json.putObject("metadata").putArray("tags").add(tag);
    json.putArray("outputs");
    json.set("source", lines(source));
    return new Cell(json);
  }

  public boolean isCode() {
    return json.path("cell_type").asText().equals("code");
  }

  boolean isMarkdown() {
    return json.path("cell_type").asText().equals("markdown");
  }

  public boolean hasTag(String tag) {
    var tags = json.path("metadata").path("tags");
    return StreamSupport.stream(tags.spliterator(), false).anyMatch(t -> t.asText().equals(tag));
  }

  public String source() {
    return text(json.path("source"));
  }

  void source(String source) {
    json.set("source", lines(source));
  }

  public ArrayNode outputs() {
    return json.withArray("/outputs");
  }

  void clear() {
    json.putNull("execution_count");
    json.putArray("outputs");
  }

  public void executed(int count) {
    json.put("execution_count", count);
  }

  void name() {
    if (!json.has("id")) json.put("id", UUID.randomUUID().toString().substring(0, 8));
  }

  /** Whether something is text as nbformat stores it, or left out. */
  static boolean isText(JsonNode node) {
    boolean lines =
        node.isArray()
            && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isTextual);
    return lines || node.isTextual() || node.isMissingNode();
  }

  /** Text as nbformat stores it: a string, or an array of lines. */
  public static String text(JsonNode node) {
    if (!node.isArray()) return node.asText();
    var text = new StringBuilder();
    node.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  /** The text as an array of lines that keep their ends. */
  public static ArrayNode lines(String text) {
    var lines = JsonNodeFactory.instance.arrayNode();
    if (!text.isEmpty()) for (var line : text.split("(?<=\n)")) lines.add(line);
    return lines;
  }
}
