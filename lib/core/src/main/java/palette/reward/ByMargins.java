package palette.reward;

import java.util.function.Function;
import palette.data.Preferences;

/** Whoever gives answers these margins. */
public record ByMargins(String name, Function<Preferences, double[]> by, Link link)
    implements Scorer {

  /** By the logistic link at temperature 1. */
  public ByMargins(String name, Function<Preferences, double[]> by) {
    this(name, by, Link.logistic(1));
  }

  @Override
  public double[] margins(Preferences answers) {
    return by.apply(answers);
  }

  @Override
  public double temperature() {
    return link.temperature();
  }
}
