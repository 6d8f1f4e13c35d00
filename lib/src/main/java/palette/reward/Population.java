package palette.reward;

import palette.data.Catalog;

/** One score for everybody (to be filled in). */
public final class Population {
  private Population() {}

  double[] scores(Catalog items, float[][] features) {
    throw new UnsupportedOperationException();
  }
}
