package palette.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import palette.engine.Torch;

/**
 * Items before prompts, n of them, for a family to reward. A map that is handed in is applied to
 * each distinct item or prompt once, and its rows are then gathered.
 *
 * @param items the distinct vectors, [m][D]; null where items are known by id only
 * @param itemOf for each of the n its item, [n]; null: each its own, in order
 * @param prompts the distinct vectors, [q][C]; null where there are no prompts
 * @param promptOf the prompt of each run of items, [n / each]; null: each run its own, in order
 * @param each how many items in turn stand before the same prompt, the two of a pair for example
 * @param known for each distinct item the known item it is, or -1
 * @param dropout what silences hidden units in training
 */
public record Inputs(
    NDArray items,
    NDArray itemOf,
    NDArray prompts,
    NDArray promptOf,
    int each,
    int[] known,
    Dropout dropout) {

  /** A row an item and, where there are any, a row its prompt; nothing is silenced. */
  public static Inputs of(NDArray items, NDArray prompts, int[] known) {
    return new Inputs(items, null, prompts, null, 1, known, Dropout.NONE);
  }

  /** Silences a share of some hidden units in training; leaves them alone elsewhere. */
  public interface Dropout {
    /** No unit is silenced. */
    Dropout NONE = (hidden, share) -> hidden;

    NDArray of(NDArray hidden, double share);

    /**
     * Silences units and scales the others, by a random stream of the fit's own: torch's belongs to
     * the whole process. On a GPU torch's draws, from a seed that this stream gives it each time.
     */
    static NDArray random(NDArray hidden, double share, RandomGenerator random) {
      if (share == 0) return hidden;
      if (hidden.getDevice().isGpu()) return drawnThere(hidden, share, random.nextInt());
      float[] mask = new float[Math.toIntExact(hidden.size())];
      float kept = (float) (1 / (1 - share));
      for (int i = 0; i < mask.length; i++) mask[i] = random.nextDouble() < share ? 0 : kept;
      NDArray masks = hidden.getManager().create(mask, hidden.getShape());
      return hidden.mul(masks.toType(hidden.getDataType(), false));
    }

    /** The same where the hidden units are, and so without a mask on its way there. */
    static NDArray drawnThere(NDArray hidden, double share, int seed) {
      NDArray drawn = Torch.uniform(hidden, seed);
      NDArray kept = drawn.gte(Torch.number(drawn, share)).toType(hidden.getDataType(), false);
      return hidden.mul(kept.div(Torch.number(kept, 1 - share)));
    }
  }

  /** Whether items have vectors. */
  public boolean hasItems() {
    return items != null;
  }

  /** Whether there are prompts. */
  public boolean hasPrompts() {
    return prompts != null;
  }

  /** What a map of [m][D] to [m][..] makes of the items, [n][..]; it gets null without vectors. */
  public NDArray items(UnaryOperator<NDArray> map) {
    return gathered(map.apply(items), itemOf);
  }

  /** The items' vectors, [n][D]. */
  public NDArray itemVectors() {
    return gathered(items, itemOf);
  }

  /** What a map of [q][C] to [q][..] makes of the prompts, [n][..]. */
  public NDArray prompts(UnaryOperator<NDArray> map) {
    return gathered(map.apply(prompts), promptOfItem());
  }

  private NDArray promptOfItem() {
    if (each == 1) return promptOf;
    var own = new Shape(-1, 1);
    NDArray runs = promptOf;
    if (runs == null) runs = prompts.getManager().arange(prompts.getShape().get(0));
    return runs.toType(DataType.INT64, false).reshape(own).repeat(1, each).reshape(-1);
  }

  /**
   * Cosines between what one map makes of the items, [m][D] to [m][d], and another of their
   * prompts, [q][C] to [q][K][d]: [n][K]. To divide products by lengths, rather than vectors,
   * spares several passes over all vectors, forward and backward; and the K vectors of a prompt are
   * not written out for each of its items.
   */
  public NDArray cosines(UnaryOperator<NDArray> ofItem, UnaryOperator<NDArray> ofPrompt) {
    NDArray u = ofItem.apply(items);
    NDArray g = ofPrompt.apply(prompts);
    NDArray lengths = gathered(Torch.lengths(u), itemOf);
    NDArray others = gathered(Torch.lengths(g), promptOf);
    NDArray runs = gathered(g, promptOf);
    long n = runs.getShape().get(0);
    NDArray dots = Torch.dots(gathered(u, itemOf).reshape(n, each, -1), runs);
    NDArray cosines = dots.div(lengths.reshape(n, each, 1)).div(others.transpose(0, 2, 1));
    return cosines.reshape(n * each, g.getShape().get(1));
  }

  /** Rows of a table of known items, [items][d], as [n][d]; zeros for items that are not known. */
  public NDArray own(NDArray table) {
    return gathered(offsets(table), itemOf);
  }

  /** Rows and, beside them, those of a table of known items; either may be null. */
  public NDArray plusOwn(NDArray rows, NDArray table) {
    if (table == null) return rows;
    return rows == null ? own(table) : rows.add(own(table));
  }

  /**
   * V x + e_x, [n][K], of a map [K][D] and a table of known items' own [items][K], or of either.
   */
  public NDArray mapPlusOwn(NDArray map, NDArray table) {
    return plusOwn(items == null ? null : itemVectors().matMul(map.transpose()), table);
  }

  /** The same within a map of the distinct items, [m][..]. */
  public NDArray eachPlusOwn(NDArray rows, NDArray table) {
    if (table == null) return rows;
    return rows == null ? offsets(table) : rows.add(offsets(table));
  }

  /** What hidden units are outside training, and after a share of them was silenced in it. */
  public NDArray drop(NDArray hidden, double share) {
    return dropout.of(hidden, share);
  }

  private static NDArray gathered(NDArray rows, NDArray index) {
    if (index == null) return rows;
    var shape = rows.getShape();
    if (shape.dimension() == 2) return Torch.rows(rows, index);
    long[] each = shape.getShape();
    NDArray flat = rows.reshape(each[0], shape.size() / each[0]);
    each[0] = index.size();
    return Torch.rows(flat, index).reshape(new Shape(each));
  }

  private NDArray offsets(NDArray table) {
    long[] rows = new long[known.length];
    float[] is = new float[known.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Math.max(0, known[i]);
      is[i] = known[i] < 0 ? 0 : 1;
    }
    NDManager here = table.getManager();
    NDArray mask = here.create(is, new Shape(is.length, 1));
    return Torch.rows(table, here.create(rows)).mul(mask.toType(table.getDataType(), false));
  }
}
