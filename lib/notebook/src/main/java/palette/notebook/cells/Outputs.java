package palette.notebook.cells;

/**
 * Where a cell's outputs go as they come: into an executed notebook and onto the terminal, or (with
 * a kernel) into messages. Calls may come from any thread.
 */
public interface Outputs extends Displays {

  /** Text printed to {@code stdout} or {@code stderr}. */
  void stream(String name, String text);

  /** The value of the cell's last expression. */
  void result(Bundle bundle);

  /** Why the cell failed. */
  void error(CellError error);
}
