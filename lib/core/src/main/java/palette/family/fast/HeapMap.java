package palette.family.fast;

import java.util.Arrays;
import palette.fit.PrototypeRewards;
import palette.fit.TrainingSet;
import palette.numeric.VectorLoops;

/** {@link LinearMap} by plain loops, entries by coordinate. */
final class HeapMap implements LinearMap {
  private final Columns columns;
  private final int inputs; // D
  private double[][] x; // [D][count]
  private int count;

  HeapMap(TrainingSet data) {
    inputs = data.entries.dimension();
    columns = new Columns(data.entries.features(), inputs);
  }

  @Override
  public void map(PrototypeRewards.Lookup places, double[] a, double[][] u) {
    x = columns.of(places);
    count = places.count();
    for (int l = 0; l < u.length; l++) {
      Arrays.fill(u[l], 0, count, 0);
      VectorLoops.addRows(a, l * inputs, x, u[l], count);
    }
  }

  @Override
  public void keep(PrototypeRewards.Lookup places) {
    // Short vectors are gathered in no time.
  }

  @Override
  public void back(double[][] du, double[] da) {
    for (int l = 0; l < du.length; l++) VectorLoops.addDots(du[l], x, da, l * inputs, count);
  }

  @Override
  public void close() {
    // Nothing outside the heap is held.
  }
}
