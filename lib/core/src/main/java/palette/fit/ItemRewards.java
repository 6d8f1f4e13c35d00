package palette.fit;

/**
 * A fitted basis at work in plain numbers: the K rewards of some items before some prompts. Prompts
 * are named by their positions, -1 where nothing was asked.
 */
public interface ItemRewards {

  /** Works out all pairs of an item and a prompt that will be asked for, in one go. */
  void prepare(int[] items, int[] prompts);

  /** r(x, c), K numbers, of a pair that is prepared. */
  void rewards(int item, int prompt, double[] into);

  /** w . r(x, c), up to what is the same for all items before somebody. */
  default double reward(double[] w, int item, int prompt) {
    double[] r = new double[w.length];
    rewards(item, prompt, r);
    double sum = 0;
    for (int k = 0; k < w.length; k++) sum += w[k] * r[k];
    return sum;
  }

  /** r(chosen, c) - r(rejected, c), the first K of {@code into}. */
  default void margins(int chosen, int rejected, int prompt, double[] into) {
    double[] other = new double[into.length];
    rewards(chosen, prompt, into);
    rewards(rejected, prompt, other);
    for (int k = 0; k < into.length; k++) into[k] -= other[k];
  }

  /** The margin at w; {@code gradient} receives dm/dw if it is not null. */
  default double margin(int chosen, int rejected, int prompt, double[] w, double[] gradient) {
    double[] row = gradient == null ? new double[w.length] : gradient;
    margins(chosen, rejected, prompt, row);
    double sum = 0;
    for (int k = 0; k < w.length; k++) sum += w[k] * row[k];
    return sum;
  }

  /**
   * Some items and prompts in plain numbers.
   *
   * @param items a vector each; empty where items are known by id only
   * @param known the known item that each is, or -1
   * @param prompts a vector each; none for a model that was trained without prompts
   * @param promptInputs the length of a prompt's vector
   */
  record Scene(float[][] items, int[] known, float[][] prompts, int promptInputs) {

    /** The vector of a prompt by its position; zeros for -1, where nothing was asked. */
    public float[] prompt(int position) {
      return position < 0 ? new float[promptInputs] : prompts[position];
    }
  }
}
