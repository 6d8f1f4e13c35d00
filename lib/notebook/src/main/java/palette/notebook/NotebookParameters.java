package palette.notebook;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import palette.notebook.cells.Declarations;
import palette.notebook.page.Cell;
import palette.notebook.page.Notebook;
import palette.support.InputException;

/**
 * Parameters as papermill does them: the cell tagged {@code parameters} declares variables with
 * their defaults; the values given are declared again in a cell after it, tagged {@code
 * injected-parameters}, with the types of the first.
 */
final class NotebookParameters {
  static final String TAG = "parameters";
  static final String INJECTED = "injected-parameters";

  private NotebookParameters() {}

  /** Puts the values into the notebook, each as the declared type of its name. */
  static void inject(Notebook notebook, Map<String, String> values) {
    if (values.isEmpty()) return;
    var cells = new ArrayList<>(notebook.cells());
    cells.removeIf(cell -> cell.hasTag(INJECTED));
    int at = 0;
    while (at < cells.size() && !(cells.get(at).isCode() && cells.get(at).hasTag(TAG))) at++;
    if (at == cells.size())
      throw new InputException(
          notebook.file().toString(),
          "a cell tagged 'parameters'",
          "none",
          "Tag the cell that declares " + String.join(", ", values.keySet()) + ".");
    cells.add(at + 1, Cell.code(source(cells.get(at).source(), values), INJECTED));
    notebook.cells(cells);
  }

  private static String source(String declarations, Map<String, String> values) {
    var types = Declarations.types(declarations);
    return values.entrySet().stream()
        .map(value -> declaration(types, value.getKey(), value.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String declaration(Map<String, String> types, String name, String value) {
    var type = types.get(name);
    if (type == null)
      throw new InputException(
          "-p " + name, "one of " + types.keySet(), "an unknown parameter", "");
    return type + " " + name + " = " + literal(type, name, value) + ";";
  }

  private static String literal(String type, String name, String value) {
    try {
      return switch (type) {
        case "String" -> quoted(value);
        case "Path", "java.nio.file.Path" -> "java.nio.file.Path.of(" + quoted(value) + ")";
        case "int" -> "" + Integer.parseInt(value.strip());
        case "long" -> Long.parseLong(value.strip()) + "L";
        case "double" -> number(Double.parseDouble(value.strip()));
        case "boolean" -> truth(value.strip());
        default ->
            throw bad(name, "a variable of type String, int, long, double, boolean or Path", type);
      };
    } catch (IllegalArgumentException e) {
      throw bad(name, article(type), "'" + value + "'");
    }
  }

  private static String article(String type) {
    return (type.equals("int") ? "an " : "a ") + type;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "Double.valueOf(\"" + value + "\")";
  }

  private static String truth(String value) {
    if (value.equals("true") || value.equals("false")) return value;
    throw new IllegalArgumentException(value);
  }

  private static InputException bad(String name, String expected, String found) {
    return new InputException("-p " + name, expected, found, "");
  }

  // What JSON escapes, Java reads.
  private static String quoted(String value) {
    return TextNode.valueOf(value).toString();
  }
}
