package palette.family;

import palette.numeric.VectorLoops;

/** The reward as a function of an item's latent point u and a user's point a, with its slope. */
enum Similarity {
  /** -|u - a|^2. */
  SQUARED {
    @Override
    double at(double[] u, double[] a, double[] slope) {
      double sum = 0;
      for (int i = 0; i < u.length; i++) {
        double gap = u[i] - a[i];
        sum += gap * gap;
        if (slope != null) slope[i] = 2 * gap;
      }
      return -sum;
    }
  },
  /** -|u - a|. */
  PLAIN {
    @Override
    double at(double[] u, double[] a, double[] slope) {
      double length = Math.sqrt(-SQUARED.at(u, a, slope));
      for (int i = 0; slope != null && i < u.length; i++) {
        slope[i] = length == 0 ? 0 : slope[i] / (2 * length);
      }
      return -length;
    }
  },
  /** cos(u, a). */
  COSINE {
    @Override
    double at(double[] u, double[] a, double[] slope) {
      double lengths = Math.sqrt(DOT.at(u, u, null) * DOT.at(a, a, null));
      if (lengths == 0) lengths = Double.MIN_NORMAL;
      double cosine = DOT.at(u, a, null) / lengths;
      double aa = Math.max(DOT.at(a, a, null), Double.MIN_NORMAL);
      for (int i = 0; slope != null && i < u.length; i++) {
        slope[i] = u[i] / lengths - cosine * a[i] / aa;
      }
      return cosine;
    }
  },
  /** u . a. */
  DOT {
    @Override
    double at(double[] u, double[] a, double[] slope) {
      if (slope != null) System.arraycopy(u, 0, slope, 0, u.length);
      return VectorLoops.inner(u, a);
    }
  };

  /** The reward; {@code slope}, when not null, receives its derivative by a. */
  abstract double at(double[] u, double[] a, double[] slope);

  static Similarity of(Distance distance) {
    return switch (distance) {
      case SQUARED -> SQUARED;
      case PLAIN -> PLAIN;
      case COSINE -> COSINE;
    };
  }
}
