package palette.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Mapping;
import palette.data.io.Npy;
import palette.data.io.Row;
import palette.support.Checks;

/**
 * Vectors from a file, shape [n][d], with ids where the file has them. {@link
 * Catalog#withVectors(Vectors)} joins them to items: by id, or in order where there are no ids.
 */
public final class Vectors {
  private final List<String> ids; // null: none
  private final float[][] rows;

  Vectors(List<String> ids, float[][] rows) {
    this.ids = ids == null ? null : List.copyOf(ids);
    this.rows = rows;
  }

  /**
   * Reads a CSV (or TSV) file with a header: the id first, then one column a coordinate. A .jsonl
   * has the same fields in every line: {@code id}, or else the first one's first, and coordinates
   * in the order of the first line.
   */
  public static Vectors csv(Path path) {
    var reading = new Reading();
    Input.of(path).each(reading::add);
    var rows = reading.byId;
    return new Vectors(List.copyOf(rows.keySet()), rows.values().toArray(new float[0][]));
  }

  /** The vectors so far; the first record says which columns there are. */
  private static final class Reading {
    private static final String MEND = "Mend the line.";
    private final Map<String, float[]> byId = new LinkedHashMap<>();
    private List<String> columns;

    private void add(Row row) {
      if (columns == null) columns = columns(row);
      if (row.fields().size() != columns.size()) {
        String listed = Mapping.listed(columns);
        throw row.refuse("the fields " + listed, Mapping.listed(row.fields()), MEND);
      }
      String id = row.required(columns.get(0));
      if (byId.containsKey(id)) throw row.refuse("each id once", Row.found(id) + " twice", MEND);
      float[] vector = new float[columns.size() - 1];
      for (int c = 0; c < vector.length; c++) {
        String column = columns.get(c + 1);
        vector[c] = row.floating(column, row.text(column), MEND);
      }
      byId.put(id, vector);
    }

    private static List<String> columns(Row row) {
      var columns = new ArrayList<>(row.fields());
      if (row instanceof JsonRow && columns.remove("id")) columns.add(0, "id"); // in any place
      if (columns.size() > 1) return columns;
      throw row.refuse("an id and one number at least", Mapping.listed(columns), MEND);
    }
  }

  /**
   * Reads a two-dimensional array of NumPy's format, versions 1 to 3: 4 or 8 byte floats in C
   * order. Anything else is refused; arrays of objects are never unpickled.
   */
  public static Vectors npy(Path path) {
    return new Vectors(null, Npy.read(path));
  }

  /** Number of vectors. */
  public int size() {
    return rows.length;
  }

  /** Their length. */
  public int dimension() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  /** Whether each vector has an id. */
  public boolean hasIds() {
    return ids != null;
  }

  /** The ids in order. */
  public List<String> ids() {
    Checks.require(ids != null, "vectors", "vectors with ids", "none");
    return ids;
  }

  /** A copy, shape [n][d]. */
  public float[][] rows() {
    return Catalog.copy(rows);
  }

  /** The vectors by id. */
  public Map<String, float[]> byId() {
    var byId = new LinkedHashMap<String, float[]>();
    for (int i = 0; i < rows.length; i++) byId.put(ids().get(i), rows[i].clone());
    return byId;
  }

  @Override
  public String toString() {
    return "Vectors[" + size() + " x " + dimension() + (hasIds() ? ", with ids]" : "]");
  }
}
