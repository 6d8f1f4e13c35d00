package palette.fit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.reward.Option;
import palette.reward.Space;

/**
 * A family of rewards: everybody weighs the same K rewards, in their own way,
 *
 * <pre>reward_u(x, c) = w_u . r(x, c),   r(x, c) in R^K</pre>
 *
 * with x an item and c a prompt. A family says this once. Training on the CPU and on a GPU, early
 * stopping, temperature, the prior on a newcomer, localization, evaluation, figures, saving and
 * loading follow from it.
 *
 * <pre>{@code
 * record Linear() implements Basis {
 *   static final Parameter V = Parameter.prototype("basis");
 *   public String name() { return "linear"; }
 *   public List<Parameter.Start> start(Sizes n) {
 *     return List.of(V.normal(0.1, n.prototypes(), n.inputs()));
 *   }
 *   public NDArray rewards(Parameters p, Inputs x) {
 *     return x.itemVectors().matMul(p.get(V).transpose());
 *   }
 * }
 * var model = BasisSpec.of(new Linear()).prototypes(3).seed(7).fit(train);
 * }</pre>
 */
public interface Basis {

  /** The name in tables and legends, and the kind of a saved model: "LoRe". */
  String name();

  /** What is learned beside the users' weights, in order; each by shape and first numbers. */
  List<Parameter.Start> start(Sizes sizes);

  /**
   * r of some items before some prompts, shape [n][K]. While a model is trained the operations are
   * recorded and gradients flow back through them; numbers in them come from {@link
   * Parameters#number}. Several threads ask at once, each for its part of a batch: r of an item
   * hangs on nothing but its own row.
   */
  NDArray rewards(Parameters p, Inputs x);

  /** Where users' weights lie; on the simplex unless it is said here. */
  default Space space() {
    return Space.SIMPLEX;
  }

  /** The family's own options with their defaults, beside those that all specs have. */
  default List<Option<?>> options() {
    return List.of();
  }

  /** Whether an item and its prompt are one input, the prompt's vector behind the item's. */
  default boolean joint() {
    return false;
  }

  /** Something to add to the mean loss of an answer, a scalar; null for nothing. */
  default NDArray penalty(Parameters p) {
    return null;
  }

  /**
   * The weights of somebody who has said nothing, where the family learns them; null: the mean of
   * the training users' weights.
   */
  default double[] nobody(Map<String, Tensor> learned) {
    return null;
  }

  // ------------------------------------------- doors: a faster way to the same, and other forms

  /**
   * Where to begin, if the answers give it away: {@code drawn} with better numbers, those of the
   * users ({@link UserWeights}) among them. As it was drawn unless a family knows better.
   */
  default Map<String, Tensor> begin(TrainingSet data, Map<String, Tensor> drawn) {
    return drawn;
  }

  /** How to train: through {@link #rewards}, unless a family knows a faster way to the same. */
  default Plan plan(Task task) {
    return Plan.general(task);
  }

  /**
   * Whether margins are linear in the users' weights, as they are here. The papers' reference forms
   * are not: they plan and work in their own way, and localization tries several starts.
   */
  default boolean linear() {
    return true;
  }

  /** Whether people's weights are read from their answers in one pass, and so are not learned. */
  default boolean readsPeople() {
    return false;
  }

  /** A fitted model at work: through {@link #rewards}, unless a family has its own way. */
  default ItemRewards at(Fitted fitted, ItemRewards.Scene scene) {
    return new ItemRewards.ByGraph(this, fitted, scene);
  }
}
