package palette.family.fast;

import palette.fit.PrototypeRewards;

/** Vectors of entries by coordinate, [D][entries], and those of a batch, gathered where needed. */
final class Columns {
  private final double[][] all;
  private final double[][] some;

  Columns(float[][] rows, int dimension) {
    all = new double[dimension][rows.length];
    some = new double[dimension][0];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < dimension; c++) all[c][i] = rows[i][c];
    }
  }

  /** The vectors of some places, [D][at least count]; good until the next call. */
  double[][] of(PrototypeRewards.Lookup places) {
    if (places.entries() == null) return all;
    for (int c = 0; c < some.length; c++) {
      if (some[c].length < places.count()) some[c] = new double[places.count()];
      gather(all[c], places.entries(), some[c], places.count());
    }
    return some;
  }

  private static void gather(double[] from, int[] entries, double[] to, int count) {
    for (int i = 0; i < count; i++) to[i] = from[entries[i]];
  }
}
