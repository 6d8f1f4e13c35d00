package palette.fit;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import palette.engine.Products;
import palette.engine.Torch;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.InputException;

/**
 * What a family has learned so far, as arrays of one device, the settings of its spec, and how the
 * products of large maps are made.
 */
public record Parameters(Map<String, NDArray> all, Settings settings, Products products) {

  /** With products in the arrays' own precision. */
  public Parameters(Map<String, NDArray> all, Settings settings) {
    this(all, settings, Products.OWN);
  }

  /** A parameter's array; null where the model has none. */
  public NDArray get(Parameter parameter) {
    return parameter.of(all);
  }

  /** The value of an option. */
  public <T> T get(Option<T> option) {
    return settings.get(option);
  }

  /**
   * A number to multiply, divide or compare with, {@code x.mul(p.number(2))}, in place of {@code
   * x.mul(2)}: DJL frees the array that it makes of the 2 at once, while libtorch still needs it
   * for the way back. A fit that finds such a number says so. Who learns nothing has no way back,
   * and no need of it.
   */
  public NDArray number(double value) {
    if (all.isEmpty()) {
      throw new InputException(
          "p.number(" + value + ")",
          "a family that learns something",
          "no parameters",
          "Write the number itself, x.mul(" + value + "): there is no way back through it.");
    }
    return Torch.number(all.values().iterator().next(), value);
  }
}
