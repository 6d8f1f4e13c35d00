package palette.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Npy;
import palette.data.io.Row;
import palette.support.Checks;
import palette.support.InputException;

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

  /** Reads a CSV (or TSV) file with a header: the id first, then one column a coordinate. */
  public static Vectors csv(Path path) {
    var input = Input.of(path);
    var ids = new ArrayList<String>();
    var rows = new ArrayList<float[]>();
    var seen = new HashMap<String, Integer>();
    input.each(
        row -> {
          var columns = List.copyOf(row.fields());
          String id = Mapping.NONE.required(row, columns.get(0));
          if (seen.putIfAbsent(id, ids.size()) != null) {
            throw row.refuse("each id once", "'" + id + "' twice", "Mend the line.");
          }
          rows.add(numbers(row, columns.subList(1, columns.size())));
          ids.add(id);
        });
    return new Vectors(ids, rows.toArray(new float[0][]));
  }

  private static float[] numbers(Row row, List<String> columns) {
    float[] vector = new float[columns.size()];
    for (int c = 0; c < vector.length; c++) {
      var column = columns.get(c);
      vector[c] = (float) row.number(column, row.text(column), "Mend the line.");
    }
    return vector;
  }

  /**
   * Reads a two-dimensional array of NumPy's format, versions 1 to 3: 4 or 8 byte floats in C
   * order. Anything else is refused; arrays of objects are never unpickled.
   */
  public static Vectors npy(Path path) {
    return new Vectors(null, Npy.read(path));
  }

  /** The same with the ids of the rows. */
  public static Vectors npy(Path path, List<String> ids) {
    var rows = Npy.read(path);
    if (ids.size() != rows.length) {
      throw new InputException(
          path.getFileName().toString(),
          ids.size() + " rows, one an id",
          "" + rows.length,
          "Name every row.");
    }
    return new Vectors(ids, rows);
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
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < copy.length; i++) copy[i] = rows[i].clone();
    return copy;
  }

  /** The vectors by id. */
  public Map<String, float[]> byId() {
    var byId = new HashMap<String, float[]>();
    for (int i = 0; i < rows.length; i++) byId.put(ids().get(i), rows[i].clone());
    return byId;
  }

  @Override
  public String toString() {
    return "Vectors[" + size() + " x " + dimension() + (hasIds() ? ", with ids]" : "]");
  }
}
