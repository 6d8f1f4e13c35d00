package palette.notebook.cells;

import java.util.List;

/**
 * Why a cell failed.
 *
 * @param name of the exception, or {@code CompileError}
 * @param message its message
 * @param lines the whole report: exception, places in cells, causes
 */
public record CellError(String name, String message, List<String> lines) {

  public CellError {
    lines = List.copyOf(lines);
  }

  public String text() {
    return String.join("\n", lines);
  }
}
