package palette.numeric;

/**
 * From a margin t to the probability of what was answered, with at most one number z of the link's
 * own. Each gives -log P and its slopes.
 */
public enum LinkKind {
  /** P(chosen) = sigmoid(t) (Bradley and Terry 1952). */
  LOGISTIC("logistic", Double.NaN) {
    @Override
    public Shaped with(double z, double low, double high) {
      return (t, tied, out) -> davidson(t, false, 0, 0, out);
    }
  },

  /** P(chosen) = E sigmoid(beta t), beta Gamma of mean 1 and coefficient of variation |z|. */
  GAMMA("Gamma strength", 0.5) {
    @Override
    public Shaped with(double z, double low, double high) {
      return Strengths.GAMMA.at(z, low, high);
    }
  },

  /** The same of a log-normal beta. */
  LOG_NORMAL("log-normal strength", 0.5) {
    @Override
    public Shaped with(double z, double low, double high) {
      return Strengths.LOG_NORMAL.at(z, low, high);
    }
  },

  /** P(chosen) : P(tie) : P(rejected) = exp(t/2) : exp(z) : exp(-t/2) (Davidson 1970). */
  DAVIDSON("Davidson", 0) {
    @Override
    public Shaped with(double z, double low, double high) {
      double nu = Math.exp(z);
      return (t, tied, out) -> davidson(t, tied, z, nu, out);
    }
  },

  /**
   * P(chosen) = sigmoid(t - exp(z)), P(rejected) = sigmoid(-t - exp(z)), and else a tie: what lies
   * nearer than exp(z) is hard to tell apart (Rao and Kupper 1967).
   */
  RAO_KUPPER("Rao-Kupper", -0.5) {
    @Override
    public Shaped with(double z, double low, double high) {
      double reach = Math.exp(z);
      return (t, tied, out) -> raoKupper(t, tied, reach, out);
    }
  };

  private final String label;
  private final double start;

  LinkKind(String label, double start) {
    this.label = label;
    this.start = start;
  }

  /** A link at its number. */
  @FunctionalInterface
  public interface Shaped {
    /** Fills in -log P, its first and second derivative by t, and its derivative by z. */
    void at(double t, boolean tied, double[] out);

    /** -log P, without a table's error. */
    default double loss(double t, boolean tied) {
      double[] out = new double[4];
      at(t, tied, out);
      return out[0];
    }
  }

  /** The link with this number of its own, for margins between these two only. */
  public abstract Shaped with(double z, double low, double high);

  /** The link with this number of its own. */
  public Shaped with(double z) {
    return with(z, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Its name in texts and files. */
  public String label() {
    return label;
  }

  /** Where its number begins; NaN where it has none. */
  public double start() {
    return start;
  }

  /** Whether ties are among its answers. */
  public boolean ties() {
    return this == DAVIDSON || this == RAO_KUPPER;
  }

  /** Whether its number says how random the strength of a preference is. */
  public boolean random() {
    return this == GAMMA || this == LOG_NORMAL;
  }

  /** Whether -log P is convex in t: a random strength makes tails too heavy for that. */
  public boolean convex() {
    return !random();
  }

  private static void davidson(double t, boolean tied, double z, double nu, double[] out) {
    double half = Math.abs(t) / 2;
    double e = Math.exp(-half);
    double sum = 1 + e * e + nu * e; // over exp(half)
    double more = (t >= 0 ? 1 : e * e) / sum;
    double less = (t >= 0 ? e * e : 1) / sum;
    double rest = Math.log1p(e * e + nu * e);
    double slope = (more - less) / 2;
    out[0] = tied ? rest + half - z : rest + Math.max(-t, 0);
    out[1] = tied ? slope : -less - nu * e / sum / 2; // slope - 1/2, exact where it is small
    out[2] = (more + less) / 4 - slope * slope;
    out[3] = nu * e / sum - (tied ? 1 : 0);
  }

  private static void raoKupper(double t, boolean tied, double reach, double[] out) {
    double missed = Links.logistic(reach - t);
    double other = tied ? Links.logistic(reach + t) : 0;
    double apart = tied ? -Math.expm1(-2 * reach) : 1; // 1 - exp(-2 reach)
    out[0] = Links.logLoss(t - reach);
    if (tied) out[0] += Links.logLoss(-t - reach) - 2 * reach - Math.log(apart);
    out[1] = other - missed;
    out[2] = missed * (1 - missed) + other * (1 - other);
    out[3] = reach * (missed + other - (tied ? 2 / apart : 0));
  }
}
