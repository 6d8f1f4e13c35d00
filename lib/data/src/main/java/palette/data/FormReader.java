package palette.data;

import java.util.function.Function;
import palette.data.io.Input;

/** Reads a form that says all by itself, so that there is nothing to choose. */
public final class FormReader<T> extends DataReader<T, FormReader<T>> {
  private final Function<Input, T> reading;

  FormReader(Input input, Function<Input, T> reading) {
    super(input);
    this.reading = reading;
  }

  @Override
  public T read() {
    return reading.apply(input);
  }
}
