package palette.family.fast;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import palette.engine.Scope;
import palette.engine.Torch;
import palette.fit.PrototypeRewards;
import palette.fit.TrainingSet;

/** {@link LinearMap} by libtorch's products, for vectors as long as an encoder's. */
final class NativeMap implements LinearMap {
  private final NDManager manager = Torch.manager(Device.cpu());
  private final NDArray table; // [entries][D]
  private final int inputs;
  private Scope batch; // what the batch under way holds
  private NDArray x; // [count][D]
  private PrototypeRewards.Lookup kept;
  private NDArray keptRows;

  NativeMap(TrainingSet data, int threads) {
    Torch.threads(threads);
    table = Torch.create(manager, data.entries.table(), DataType.FLOAT64);
    inputs = data.entries.dimension();
  }

  @Override
  public void map(PrototypeRewards.Lookup places, double[] a, double[][] u) {
    endBatch();
    batch = Torch.scope();
    x = rows(places);
    NDArray map = Torch.create(manager, a, new Shape(u.length, inputs));
    double[] mapped = map.matMul(x.transpose()).toDoubleArray();
    int count = places.count();
    for (int l = 0; l < u.length; l++) System.arraycopy(mapped, l * count, u[l], 0, count);
  }

  private NDArray rows(PrototypeRewards.Lookup places) {
    if (places.entries() == null) return table.get("0:" + places.count());
    if (places == kept) return keptRows;
    return Torch.rows(table, Arrays.copyOf(places.entries(), places.count()));
  }

  @Override
  public void keep(PrototypeRewards.Lookup places) {
    if (places == kept || places.entries() == null) return;
    if (kept != null) keptRows.close();
    keptRows = Torch.kept(rows(places));
    kept = places;
  }

  @Override
  public void back(double[][] du, double[] da) {
    int count = (int) x.getShape().get(0);
    double[] slopes = new double[du.length * count];
    for (int l = 0; l < du.length; l++) System.arraycopy(du[l], 0, slopes, l * count, count);
    NDArray pull = Torch.create(manager, slopes, new Shape(du.length, count));
    double[] sums = pull.matMul(x).toDoubleArray();
    for (int i = 0; i < da.length; i++) da[i] += sums[i];
  }

  private void endBatch() {
    if (batch != null) batch.close();
    batch = null;
  }

  @Override
  public void close() {
    endBatch();
    manager.close();
  }
}
