package palette.family.fast;

import java.util.Arrays;
import palette.fit.PrototypeRewards;
import palette.fit.TrainingSet;
import palette.numeric.VectorLoops;

/** {@link LinearMap} by plain loops, entries by coordinate. */
final class HeapMap implements LinearMap {
  private final int inputs; // D
  private final double[][] all; // [D][entries]
  private final double[][] some; // those of a batch, where they are gathered
  private double[][] x; // [D][at least count], one of these
  private int count;

  HeapMap(TrainingSet data) {
    float[][] rows = data.entries.features();
    inputs = data.entries.dimension();
    all = new double[inputs][rows.length];
    some = new double[inputs][0];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < inputs; c++) all[c][i] = rows[i][c];
    }
  }

  @Override
  public void map(PrototypeRewards.Lookup places, double[] a, double[][] u) {
    x = places.entries() == null ? all : gathered(places);
    count = places.count();
    for (double[] of : u) Arrays.fill(of, 0, count, 0);
    VectorLoops.addProduct(a, x, u, count);
  }

  private double[][] gathered(PrototypeRewards.Lookup places) {
    int[] entries = places.entries();
    for (int c = 0; c < inputs; c++) {
      if (some[c].length < places.count()) some[c] = new double[places.count()];
      for (int i = 0; i < places.count(); i++) some[c][i] = all[c][entries[i]];
    }
    return some;
  }

  @Override
  public void back(double[][] du, double[] da) {
    for (int l = 0; l < du.length; l++) VectorLoops.addDots(du[l], x, da, l * inputs, count);
  }
}
