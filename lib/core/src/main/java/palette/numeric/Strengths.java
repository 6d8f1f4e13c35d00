package palette.numeric;

/**
 * -log F(t) of a random strength of mean 1 as a table over t and over its coefficient of variation,
 * so that a margin costs little more than with the logistic link: cubic between nodes both ways, to
 * 3e-5 where the variation is at most 1 (2e-4 up to 3; a hundredth of the loss where t lies below
 * -7 and the variation is small). Beyond t = 16 the loss is taken up as a straight line, and down
 * as a power of t. Made once, when it is first asked for, in some milliseconds.
 */
final class Strengths {
  static final double MOST = 3; // the largest coefficient of variation
  static final Strengths GAMMA = new Strengths(RandomStrength::gamma);
  static final Strengths LOG_NORMAL = new Strengths(RandomStrength::logNormal);

  private static final double RANGE = 16;
  private static final int PER_UNIT = 4;
  private static final int CELLS = 2 * (int) RANGE * PER_UNIT;
  private static final int PER_VARIATION = 16;
  private static final int LAST = (int) (MOST * PER_VARIATION);

  private final Exact exact;
  private volatile double[][] table; // by variation; of each cell the four numbers of its cubic

  /** {1 - F, dF/dt} of a margin and a coefficient of variation. */
  interface Exact {
    double[] at(double t, double variation);
  }

  private Strengths(Exact exact) {
    this.exact = exact;
  }

  private double[] exactly(double t, double variation) {
    double[] tail = exact.at(Math.abs(t), variation);
    double value = t >= 0 ? -Math.log1p(-tail[0]) : -Math.log(tail[0]);
    return new double[] {value, -tail[1] * Math.exp(value)};
  }

  private double[][] table() {
    if (table != null) return table;
    double[][] made = new double[LAST + 2][4 * CELLS];
    for (int k = 0; k < made.length; k++) {
      double[] left = exactly(-RANGE, (double) k / PER_VARIATION);
      for (int i = 0; i < CELLS; i++) {
        double[] right = exactly((i + 1.0) / PER_UNIT - RANGE, (double) k / PER_VARIATION);
        double rise = right[0] - left[0];
        double begin = left[1] / PER_UNIT;
        double end = right[1] / PER_UNIT;
        double[] cubic = {left[0], begin, 3 * rise - 2 * begin - end, begin + end - 2 * rise};
        System.arraycopy(cubic, 0, made[k], 4 * i, 4);
        left = right;
      }
    }
    return table = made;
  }

  /** The link at one coefficient of variation, c, whose sign does not matter, between margins. */
  LinkKind.Shaped at(double c, double low, double high) {
    double most = Math.min(Math.abs(c), MOST);
    int k = Math.min((int) (most * PER_VARIATION), LAST - 1);
    double y = most * PER_VARIATION - k;
    double s = c < 0 ? -PER_VARIATION : PER_VARIATION;
    var slice = new Slice(most, 4 * cell(low), 4 * cell(high) + 4);
    slice.add(k - 1, -y * (y - 1) * (y - 2) / 6, -s * (3 * y * y - 6 * y + 2) / 6);
    slice.add(k, (y + 1) * (y - 1) * (y - 2) / 2, s * (3 * y * y - 4 * y - 1) / 2);
    slice.add(k + 1, -(y + 1) * y * (y - 2) / 2, -s * (3 * y * y - 2 * y - 2) / 2);
    slice.add(k + 2, (y + 1) * y * (y - 1) / 6, s * (3 * y * y - 1) / 6);
    return slice;
  }

  private static int cell(double t) {
    double inside = Math.max(-RANGE, Math.min(t, RANGE));
    return Math.min((int) ((inside + RANGE) * PER_UNIT), CELLS - 1);
  }

  /** The cubics at one variation, and how they change with it. */
  private final class Slice implements LinkKind.Shaped {
    private final double variation;
    private final int from;
    private final int to;
    private final double[] cubics = new double[4 * CELLS];
    private final double[] changes = new double[4 * CELLS];

    Slice(double variation, int from, int to) {
      this.variation = variation;
      this.from = from;
      this.to = to;
    }

    private void add(int k, double by, double slopeBy) {
      double[] row = table()[Math.abs(k)]; // the loss is even in the variation
      for (int i = from; i < to; i++) {
        cubics[i] += by * row[i];
        changes[i] += slopeBy * row[i];
      }
    }

    @Override
    public double loss(double t, boolean tied) {
      return exactly(t, variation)[0];
    }

    @Override
    public void at(double t, boolean tied, double[] out) {
      int cell = cell(t);
      double x = (Math.max(-RANGE, Math.min(t, RANGE)) + RANGE) * PER_UNIT - cell;
      int i = 4 * cell;
      double bend = cubics[i + 2];
      double twist = cubics[i + 3];
      out[0] = ((twist * x + bend) * x + cubics[i + 1]) * x + cubics[i];
      out[1] = ((3 * twist * x + 2 * bend) * x + cubics[i + 1]) * PER_UNIT;
      out[2] = (6 * twist * x + 2 * bend) * PER_UNIT * PER_UNIT;
      out[3] = ((changes[i + 3] * x + changes[i + 2]) * x + changes[i + 1]) * x + changes[i];
      if (Math.abs(t) > RANGE)
        beyond(t, (3 * changes[i + 3] * x + 2 * changes[i + 2]) * x + changes[i + 1], out);
    }

    /** {@code change}: that of a cell's rise. */
    private void beyond(double t, double change, double[] out) {
      if (t < 0) {
        out[0] += (t + RANGE) * out[1];
        out[2] = 0;
        out[3] += (t + RANGE) * PER_UNIT * change;
        return;
      }
      double power = RANGE * out[1] / out[0];
      double bent = RANGE * (PER_UNIT * change - out[1] * out[3] / out[0]);
      double share = Math.pow(t / RANGE, power);
      out[3] = share * (out[3] + bent * Math.log(t / RANGE));
      out[0] *= share;
      out[1] = out[0] * power / t;
      out[2] = out[1] * (power - 1) / t;
    }
  }
}
