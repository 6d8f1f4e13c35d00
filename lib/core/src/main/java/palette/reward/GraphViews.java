package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.engine.TorchAdam;

/**
 * {@link Views} where f has layers: libtorch maps each distinct entry of a batch and each prototype
 * once, and finds the way back; what pairs and users cost stays outside its graph.
 */
final class GraphViews implements Views {
  private static final int GLANCED_AT_ONCE = 8192;

  private final Maps maps;
  private final int prototypes;
  private final int[] identity; // entry -> known item or -1
  private final NDManager manager = Torch.manager(Device.cpu());
  private final NDArray features; // [entries][D]
  private final Map<String, NDArray> resident = new LinkedHashMap<>();
  private final Map<String, TorchAdam> adams = new LinkedHashMap<>();
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private NDScope step; // what the step under way holds
  private NDArray views; // R of that step, [count][K]
  private double[][] r = {};
  private double[][] dr = {};

  GraphViews(Study study, Settings settings, Map<String, Tensor> start, PalGroups groups) {
    maps = new Maps(settings);
    prototypes = settings.integer("prototypes");
    identity = study.entries.identity();
    int threads = GraphObjective.threads(settings);
    Torch.threads(threads);
    features = Torch.create(manager, study.entries.table());
    start.forEach((name, tensor) -> resident.put(name, Torch.create(manager, tensor)));
    resident.forEach(
        (name, array) -> adams.put(name, new TorchAdam(array, groups.of(name), threads)));
  }

  @Override
  public void look(Places places) {
    endStep();
    int count = places.count();
    makeRoom(count);
    step = new NDScope();
    step.suppressNotUsedWarning();
    Torch.recording(true);
    adams.forEach((name, adam) -> leaves.put(name, adam.leaf()));
    views = views(leaves, places.entries(), 0, count);
    Torch.recording(false);
    read(views, 0);
    for (double[] slopes : dr) Arrays.fill(slopes, 0, count, 0);
  }

  @Override
  public void glance(Places places) {
    endStep();
    makeRoom(places.count());
    Torch.recording(false);
    for (int from = 0; from < places.count(); from += GLANCED_AT_ONCE) {
      int to = Math.min(places.count(), from + GLANCED_AT_ONCE);
      try (var scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        read(views(resident, places.entries(), from, to), from);
      }
    }
  }

  private void makeRoom(int count) {
    if (r.length > 0 && r[0].length >= count) return;
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
  }

  private NDArray views(Map<String, NDArray> p, int[] entries, int from, int to) {
    int[] places = IntStream.range(from, to).map(i -> entries == null ? i : entries[i]).toArray();
    NDArray u = maps.items(p, Torch.rows(features, places), UnaryOperator.identity());
    NDArray offsets = p.get("items.identity");
    if (offsets != null) u = u.add(Maps.offsets(offsets, identity, places));
    NDArray latent = p.get("prototypes.latent");
    NDArray q =
        latent != null ? latent : maps.items(p, p.get("prototypes"), UnaryOperator.identity());
    NDArray squares = u.square().sum(new int[] {1}, true);
    NDArray dots = u.matMul(q.transpose());
    return dots.add(dots).sub(squares);
  }

  private void read(NDArray from, int at) {
    float[] values = from.toFloatArray();
    for (int i = 0; i < values.length; i++) r[i % prototypes][at + i / prototypes] = values[i];
  }

  @Override
  public double[][] r() {
    return r;
  }

  @Override
  public double[][] dr() {
    return dr;
  }

  @Override
  public void back() {
    float[] slopes = new float[Math.toIntExact(views.size())];
    for (int i = 0; i < slopes.length; i++) slopes[i] = (float) dr[i % prototypes][i / prototypes];
    Torch.recording(true);
    Torch.backward(views, manager.create(slopes, views.getShape()));
    Torch.recording(false);
  }

  @Override
  public void step() {
    adams.forEach((name, adam) -> adam.step(leaves.get(name).getGradient()));
    endStep();
  }

  private void endStep() {
    if (step != null) step.close();
    step = null;
    views = null;
    leaves.clear();
  }

  @Override
  public Map<String, Tensor> parameters() {
    var copy = new LinkedHashMap<String, Tensor>();
    resident.forEach((name, array) -> copy.put(name, Torch.read(array)));
    return copy;
  }

  @Override
  public double[] values(String name) {
    throw new UnsupportedOperationException("libtorch holds " + name);
  }

  @Override
  public Map<String, double[]> gradients() {
    var copy = new LinkedHashMap<String, double[]>();
    leaves.forEach(
        (name, leaf) ->
            copy.put(name, leaf.getGradient().toType(DataType.FLOAT64, false).toDoubleArray()));
    return copy;
  }

  @Override
  public void close() {
    endStep();
    Torch.recording(true);
    manager.close();
  }
}
