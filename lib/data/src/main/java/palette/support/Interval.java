package palette.support;

/** Where a figure lies in 95 % of the resamples: the 2.5th and the 97.5th percentile. */
public record Interval(double low, double high) {

  /** Whether the value lies within, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  @Override
  public String toString() {
    return Texts.format("%.3f to %.3f", low, high);
  }
}
