package palette.support;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A random stream that knows how far it is, so that a fit which goes on from a checkpoint draws
 * what comes next. The numbers are those of {@link Seeds#stream}.
 */
public final class CountedRandom implements RandomGenerator {
  private final SplittableRandom stream;
  private long drawn;

  /** The stream of a purpose under a seed. */
  public CountedRandom(long seed, String purpose) {
    stream = Seeds.stream(seed, purpose);
  }

  @Override
  public long nextLong() {
    drawn++;
    return stream.nextLong();
  }

  /** How many numbers were drawn. */
  public long drawn() {
    return drawn;
  }

  /** Draws until so many are drawn; a nanosecond each. */
  public void drawTo(long count) {
    while (drawn < count) nextLong();
  }
}
