package palette.support;

/** A value that shows itself as one table. */
public interface Tabled extends Rendered {

  /** The table that a cell shows. */
  Sheet sheet();

  @Override
  default String text() {
    return sheet().text();
  }

  @Override
  default String html() {
    return sheet().html();
  }
}
