package palette.reward;

import palette.support.Checks;

/**
 * One option of a spec: the name it has in texts and files, and its default, whose type is the
 * option's.
 *
 * @param <T> an int, a long, a double, a boolean, a text or an enum: what a saved model can hold
 */
public record Option<T>(String name, T initial) {

  public Option {
    Checks.named("option", name);
    Checks.present(name, initial);
  }

  /** An option with its default. */
  public static <T> Option<T> of(String name, T initial) {
    return new Option<>(name, initial);
  }

  @SuppressWarnings("unchecked") // with(..) takes nothing else under this option
  T of(Object value) {
    return (T) value;
  }
}
