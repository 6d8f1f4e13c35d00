package palette.data.io;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import palette.data.io.JsonRows.JsonRow;
import tech.tablesaw.api.Table;

/** The rows of a Tablesaw table, counted from 1, as objects of texts. */
final class TableRows implements Rows<JsonRow> {
  private final Table table;
  private int number;

  TableRows(Table table) {
    this.table = table;
  }

  @Override
  public JsonRow next() {
    if (number == table.rowCount()) return null;
    var row = JsonNodeFactory.instance.objectNode();
    for (var column : table.columns()) {
      row.put(column.name(), column.isMissing(number) ? null : column.get(number).toString());
    }
    return new JsonRow("table '" + table.name() + "' row " + ++number, row);
  }

  @Override
  public long number() {
    return number;
  }
}
