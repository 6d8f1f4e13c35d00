package palette.notebook.cells;

/** Where values are shown and shown anew. Calls may come from any thread. */
public interface Displays {

  /** Something to show; {@code id} names it for a later {@link #update}. */
  void display(String id, Bundle bundle);

  /** Shows something else in the place of what {@code id} named; the first time, shows it. */
  void update(String id, Bundle bundle);
}
