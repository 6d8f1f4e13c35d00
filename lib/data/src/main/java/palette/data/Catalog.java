package palette.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Users, items or prompts: ids in a fixed order, each with a text and a vector where they are
 * known. Either every entry has a vector or none has; a text defaults to the id. Immutable.
 */
public final class Catalog {
  private static final Catalog EMPTY = new Catalog(List.of(), Map.of(), null, null);

  private final List<String> ids;
  private final Map<String, Integer> index;
  private final List<String> texts; // null: the id is the text
  private final float[][] vectors; // null: none

  private Catalog(
      List<String> ids, Map<String, Integer> index, List<String> texts, float[][] vectors) {
    this.ids = ids;
    this.index = index;
    this.texts = texts;
    this.vectors = vectors;
  }

  /** No entries. */
  public static Catalog empty() {
    return EMPTY;
  }

  /** Entries that are their own texts; a repeated id is an error. */
  public static Catalog of(List<String> ids) {
    var builder = builder();
    for (var id : ids) {
      if (builder.index.containsKey(id)) {
        throw new InputException("ids", "each id once", "'" + id + "' twice", "");
      }
      builder.add(id);
    }
    return builder.build();
  }

  /** Entries with vectors, in the order of the ids; shape of the vectors [n][d]. */
  public static Catalog of(List<String> ids, float[][] vectors) {
    return of(ids).withVectors(vectors);
  }

  /** Collects ids as they are met. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of entries. */
  public int size() {
    return ids.size();
  }

  /** The ids in order. */
  public List<String> ids() {
    return ids;
  }

  /** The id of entry i. */
  public String id(int i) {
    return ids.get(i);
  }

  /** The position of an id, or -1. */
  public int indexOf(String id) {
    return index.getOrDefault(id, -1);
  }

  /** The position of an id that has to be here. */
  int known(String id, String what) {
    int i = indexOf(id);
    Checks.require(i >= 0, what, "one of the " + size() + " " + what + "s", "'" + id + "'");
    return i;
  }

  /** The text of entry i; its id where no text was given. */
  public String text(int i) {
    return texts == null ? ids.get(i) : texts.get(i);
  }

  /** All texts in order. */
  public List<String> texts() {
    return texts == null ? ids : texts;
  }

  /** Whether texts were given apart from the ids. */
  public boolean hasTexts() {
    return texts != null;
  }

  /** Whether every entry has a vector. */
  public boolean hasVectors() {
    return vectors != null;
  }

  /** The length of the vectors; 0 without vectors. */
  public int dimension() {
    return vectors == null || vectors.length == 0 ? 0 : vectors[0].length;
  }

  /** A copy of the vector of entry i. */
  public float[] vector(int i) {
    return vectors[i].clone();
  }

  /** A copy of all vectors, shape [n][d]. */
  public float[][] vectors() {
    return copy(vectors);
  }

  static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /** The same entries with these vectors, in the order of the ids. */
  public Catalog withVectors(float[][] rows) {
    if (rows.length != size()) {
      throw new InputException("vectors", size() + " rows", rows.length + " rows", "");
    }
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) copy[i] = checked(ids.get(i), rows[i], rows[0].length);
    return new Catalog(ids, index, texts, copy);
  }

  /** The same entries with vectors looked up by id; an id without a vector is an error. */
  public Catalog withVectors(Map<String, float[]> byId) {
    float[][] rows = new float[size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = byId.get(ids.get(i));
      if (rows[i] == null) {
        throw new InputException(
            "vectors", "a vector for '" + ids.get(i) + "'", "none", "Add it, or drop the item.");
      }
    }
    return withVectors(rows);
  }

  /** The same entries with vectors from a file, by id or else in the order of the ids. */
  public Catalog withVectors(Vectors file) {
    return file.hasIds() ? withVectors(file.byId()) : withVectors(file.rows());
  }

  /** The same entries with the vectors that an embedder makes of their texts. */
  public Catalog withVectors(Embedder embedder) {
    return withVectors(embedder.checked(texts()));
  }

  /** The entries at these positions, in this order. */
  public Catalog select(int[] positions) {
    var builder = builder();
    for (int i : positions) builder.add(ids.get(i), texts == null ? null : texts.get(i));
    var picked = builder.build();
    if (vectors == null) return picked;
    var rows = Arrays.stream(positions).mapToObj(i -> vectors[i]).toArray(float[][]::new);
    return new Catalog(picked.ids, picked.index, picked.texts, rows);
  }

  private static float[] checked(String id, float[] vector, int dimension) {
    String where = "vector of '" + id + "'";
    if (vector.length != dimension) {
      String expected = dimension + " numbers";
      throw new InputException(where, expected, vector.length + " numbers", "");
    }
    for (int c = 0; c < vector.length; c++) {
      if (!Float.isFinite(vector[c])) {
        where += " position " + (c + 1);
        throw new InputException(where, "a finite number", "" + vector[c], "");
      }
    }
    return vector.clone();
  }

  /** Gives each new id the next position. */
  public static final class Builder {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private boolean anyText;

    private Builder() {}

    /** The position of the id, which is new or known. */
    public int add(String id) {
      return add(id, null);
    }

    /** The same with a text; the first text of an id stays. */
    public int add(String id, String text) {
      Integer known = index.putIfAbsent(id, ids.size());
      if (known == null) {
        ids.add(id);
        texts.add(text);
      } else if (texts.get(known) == null) {
        texts.set(known, text);
      }
      anyText |= text != null;
      return known == null ? ids.size() - 1 : known;
    }

    /** The text given to an id so far, or null. */
    String textOf(String id) {
      Integer known = index.get(id);
      return known == null ? null : texts.get(known);
    }

    /** The entries so far. */
    public Catalog build() {
      if (ids.isEmpty()) return EMPTY;
      var all = new ArrayList<>(texts);
      for (int i = 0; i < all.size(); i++) if (all.get(i) == null) all.set(i, ids.get(i));
      var given = anyText ? List.copyOf(all) : null;
      return new Catalog(List.copyOf(ids), Map.copyOf(index), given, null);
    }
  }

  @Override
  public String toString() {
    String vectors = hasVectors() ? ", with vectors of " + dimension() : "";
    return "Catalog[" + Texts.format("%,d", size()) + vectors + "]";
  }
}
