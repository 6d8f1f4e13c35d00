package palette.notebook;

/**
 * Where a cell's outputs go as they come: into an executed notebook and onto the terminal, or (with
 * a kernel) into messages. Calls may come from any thread.
 */
interface Outputs {

  /** Text printed to {@code stdout} or {@code stderr}. */
  void stream(String name, String text);

  /** Something to show; {@code id} names it for a later {@link #update}. */
  void display(String id, Bundle bundle);

  /** Shows something else in the place of what {@code id} named; the first time, shows it. */
  void update(String id, Bundle bundle);

  /** The value of the cell's last expression. */
  void result(Bundle bundle);

  /** Why the cell failed. */
  void error(CellError error);
}
