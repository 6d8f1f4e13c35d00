package palette.data.io;

import java.util.Collection;
import tech.tablesaw.api.Table;

/** The rows of a Tablesaw table, counted from 1. */
final class TableRows implements Rows<Row> {
  private final Table table;
  private int number;

  /** Reads this table. */
  TableRows(Table table) {
    this.table = table;
  }

  @Override
  public Row next() {
    return number == table.rowCount() ? null : new TableRow(table, number++);
  }

  @Override
  public long number() {
    return number;
  }

  private record TableRow(Table table, int index) implements Row {

    @Override
    public String where() {
      return "table '" + table.name() + "' row " + (index + 1);
    }

    @Override
    public Collection<String> fields() {
      return table.columnNames();
    }

    @Override
    public String text(String field) {
      if (!table.containsColumn(field) || table.column(field).isMissing(index)) return null;
      return table.column(field).get(index).toString();
    }
  }
}
