package palette.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.CellError;
import palette.notebook.cells.Outputs;
import palette.notebook.page.Cell;
import palette.support.Progress;

/** Records outputs into a notebook's cells as nbformat has them, and echoes them. */
final class Recorder implements Outputs, Progress {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper VALUES = new ObjectMapper();

  private final Terminal terminal;
  private final boolean showResults;
  private final Map<String, List<ObjectNode>> places = new HashMap<>();
  private final Map<String, String> work = new HashMap<>();
  private ArrayNode outputs = JSON.arrayNode();
  private int count;
  // The stream output that grows at the moment, and its text: joined once, not at every print.
  private ObjectNode stream;
  private final StringBuilder printed = new StringBuilder();

  /** {@code showResults}: the terminal shows values too, not only what is printed. */
  Recorder(Terminal terminal, boolean showResults) {
    this.terminal = terminal;
    this.showResults = showResults;
  }

  /** From now on, outputs belong to this cell. */
  synchronized void begin(Cell cell, int number) {
    closeStream();
    cell.executed(number);
    count = number;
    outputs = cell.outputs();
  }

  /** The cell has ended. */
  synchronized void end() {
    closeStream();
  }

  /** The number of the cell that runs, or ran last; 0 before the first. */
  synchronized int cell() {
    return count;
  }

  /** The run is over, whatever cells still show; says why, in the cell too, and keeps the rest. */
  synchronized void stop(String why, Runnable keep) {
    error(new CellError("Ended", why, List.of(why)));
    keep.run();
  }

  @Override
  public synchronized void stream(String name, String text) {
    terminal.print(name, text);
    if (stream == null || !stream.path("name").asText().equals(name))
      stream = add("stream").put("name", name);
    printed.append(text);
  }

  private void closeStream() {
    if (stream != null) stream.set("text", Cell.lines(printed.toString()));
    stream = null;
    printed.setLength(0);
  }

  @Override
  public synchronized void display(String id, Bundle bundle) {
    echo(bundle);
    place(id, bundle);
  }

  @Override
  public synchronized void update(String id, Bundle bundle) {
    echo(bundle);
    replace(id, bundle);
  }

  @Override
  public synchronized void result(Bundle bundle) {
    echo(bundle);
    var output = add("execute_result");
    output.put("execution_count", count);
    fill(output, bundle);
  }

  @Override
  public synchronized void error(CellError error) {
    terminal.line(error.text());
    var output = add("error");
    output.put("ename", error.name());
    output.put("evalue", error.message());
    error.lines().forEach(output.putArray("traceback")::add);
  }

  /** One piece of work is one output, which ends as its summary. */
  @Override
  public synchronized void update(Progress.Update update) {
    terminal.progress(update);
    var id = work.computeIfAbsent(update.task(), task -> UUID.randomUUID().toString());
    replace(id, Bundle.text(update.line()));
    if (update.finished()) work.remove(update.task());
  }

  private void place(String id, Bundle bundle) {
    var output = add("display_data");
    fill(output, bundle);
    places.computeIfAbsent(id, key -> new ArrayList<>()).add(output);
  }

  private void replace(String id, Bundle bundle) {
    if (places.containsKey(id)) places.get(id).forEach(output -> fill(output, bundle));
    else place(id, bundle);
  }

  private void echo(Bundle bundle) {
    if (showResults) terminal.print("stdout", words(bundle) + "\n");
  }

  private static String words(Bundle bundle) {
    boolean picture = bundle.data().containsKey(Bundle.PNG);
    return picture ? "Picture, to be seen with --html: " + bundle.plain() : bundle.plain();
  }

  private ObjectNode add(String type) {
    closeStream();
    return outputs.addObject().put("output_type", type);
  }

  private static void fill(ObjectNode output, Bundle bundle) {
    var data = output.putObject("data");
    bundle.data().forEach((mime, value) -> data.set(mime, value(mime, value)));
    output.putObject("metadata").setAll((ObjectNode) VALUES.valueToTree(bundle.metadata()));
  }

  private static JsonNode value(String mime, String value) {
    return mime.startsWith("text/") ? Cell.lines(value) : JSON.textNode(value);
  }
}
