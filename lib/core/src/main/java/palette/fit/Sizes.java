package palette.fit;

import java.util.ArrayList;
import java.util.List;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.InputException;

/**
 * How large a model is.
 *
 * @param settings of its spec
 * @param users in training
 * @param items in training
 * @param inputs D, the length of what {@link Inputs#items} holds: an item's vector, with that of
 *     its prompt behind it where both are one input; 0 where items are known by id only
 * @param prompts how many there are
 * @param promptInputs the length of a prompt's vector
 * @param identities whether items carry learned offsets
 */
public record Sizes(
    Settings settings,
    int users,
    int items,
    int inputs,
    int prompts,
    int promptInputs,
    boolean identities) {
  private static final double OWN_START = 0.3; // e where it is all there is

  /** Those of a spec's model; {@code itemInputs}: the length of an item's vector alone. */
  static Sizes of(
      ModelSpec spec,
      int users,
      int items,
      int itemInputs,
      int prompts,
      int promptInputs,
      boolean identities) {
    boolean joint = spec.basis().joint() && prompts > 0;
    int inputs = itemInputs + (joint ? promptInputs : 0);
    return new Sizes(spec.settings(), users, items, inputs, prompts, promptInputs, identities);
  }

  /** K. */
  public int prototypes() {
    return settings.get(FitSpec.PROTOTYPES);
  }

  /** That items have vectors, for a family that says nothing of items known by id only. */
  public Sizes withVectors(String family) {
    if (inputs > 0) return this;
    throw new InputException(
        "items for " + family,
        "vectors",
        "ids only",
        "Give vectors with Catalog.withVectors, or fit with .embedder(...).");
  }

  /**
   * The items' own numbers, so many each: at zero beside vectors, so that unseen items are their
   * content alone; drawn where they are all there is.
   */
  public Parameter.Start ownNumbers(double deviation, int each) {
    return inputs == 0
        ? Parameter.IDENTITY.normal(deviation, items, each)
        : Parameter.IDENTITY.zeros(items, each);
  }

  /** Where V x + e_x begins, K numbers each: V [K][D] where items have vectors, e where wanted. */
  public List<Parameter.Start> mapAndOwn(Parameter v, double deviation) {
    var start = new ArrayList<Parameter.Start>();
    if (inputs > 0) start.add(v.normal(deviation, prototypes(), inputs));
    if (inputs == 0 || identities) start.add(ownNumbers(OWN_START, prototypes()));
    return start;
  }

  /** The value of an option. */
  public <T> T get(Option<T> option) {
    return settings.get(option);
  }
}
