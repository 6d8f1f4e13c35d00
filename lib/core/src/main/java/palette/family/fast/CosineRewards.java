package palette.family.fast;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.engine.Snapshot;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.fit.Batch;
import palette.fit.HeapParameters;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.PrototypeRewards;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.numeric.VectorLoops;

/**
 * {@link PrototypeRewards} of PAL-B: R_k = s cos(y, g_k) with y = f(x), g_k = g_k(c) and the scale
 * s. The maps are {@link ParallelTowers}; items and prompts that a batch shares are mapped once.
 * The way back is
 *
 * <pre>dR_k/dy = s / |y| (g_k / |g_k| - cos y / |y|), likewise for g_k, and dR_k/ds = cos</pre>
 */
public final class CosineRewards implements PrototypeRewards {
  private final int width; // d
  private final NDManager tables = Torch.manager(Device.cpu());
  private final Tower items;
  private final List<Tower> heads = new ArrayList<>();
  private final ParallelTowers towers;
  private final boolean prompted;
  private final HeapParameters scale;
  private final Map<String, long[]> shapes = new LinkedHashMap<>(); // of the heads together
  private final Batch.Distinct distinctEntries;
  private final Batch.Distinct distinctPrompts;

  // The batch by place: a row of the items, a row of each head, and by prototype
  private int[] item = {};
  private int[] prompt = {};
  private double[][] cosines;
  private double[][] r;
  private double[][] dr;
  private float[][] pairSlopes;

  /** The maps over rows of vectors: f, and one head by its own part of the parameters. */
  public interface Forms {
    NDArray items(Parameters p, NDArray x, Inputs.Dropout dropout);

    NDArray head(Parameters p, NDArray c, Inputs.Dropout dropout);
  }

  /** R of PAL-B in so many dimensions. */
  public CosineRewards(
      Task task, int dimension, double dropout, Map<String, Tensor> start, long seed, Forms forms) {
    width = dimension;
    var data = task.data();
    prompted = data.prompts.size() > 0;
    int k = task.prototypes();
    var ofItems = new LinkedHashMap<>(start);
    ofItems.keySet().removeIf(name -> !name.startsWith("f.") && !name.startsWith("items."));
    items = new Tower(ofItems, task, width, items(data, forms));
    var ofHeads = new LinkedHashMap<>(start);
    ofHeads
        .keySet()
        .removeIf(name -> name.equals(PalParameters.SCALE.name()) || ofItems.containsKey(name));
    var form = prompted ? head(data, forms) : constant();
    for (var head : Heads.apart(ofHeads, k)) heads.add(new Tower(head, task, width, form));
    ofHeads.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    var all = new ArrayList<>(List.of(items));
    all.addAll(heads);
    towers = new ParallelTowers(all, task.threads(), seed);
    scale =
        new HeapParameters(
            Map.of(PalParameters.SCALE.name(), PalParameters.SCALE.of(start)), task.groups());
    distinctEntries = new Batch.Distinct(data.entries.size());
    distinctPrompts = new Batch.Distinct(data.prompts.size() + 1);
    makeRoom(k, 0);
  }

  private void makeRoom(int prototypes, int count) {
    cosines = new double[prototypes][count];
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
    pairSlopes = new float[prototypes][count];
  }

  // -------------------------------------------------------------------------------------- maps

  private Tower.Form items(TrainingSet data, Forms forms) {
    boolean vectors = data.entries.dimension() > 0;
    NDArray table = vectors ? Torch.create(tables, data.entries.table()) : null;
    int[] identity = data.entries.identity();
    return (p, rows, dropout) -> {
      NDArray y = vectors ? forms.items(p, Torch.rows(table, rows), dropout) : null;
      NDArray offsets = p.get(Parameter.IDENTITY);
      if (offsets == null) return y;
      int[] known = Arrays.stream(rows).map(row -> identity[row]).toArray();
      NDArray own = new Inputs(null, null, null, null, known, dropout).own(offsets);
      return y == null ? own : y.add(own);
    };
  }

  private Tower.Form head(TrainingSet data, Forms forms) {
    NDArray table = Torch.create(tables, data.promptTable());
    return (p, rows, dropout) -> forms.head(p, Torch.rows(table, rows), dropout);
  }

  private static Tower.Form constant() {
    return (p, rows, dropout) -> p.get(PalParameters.LATENT);
  }

  // ----------------------------------------------------------------------------------- forward

  @Override
  public void forward(Lookup places) {
    begin(places);
    towers.forward();
    towers.share(places.count(), this::measureAngles);
    for (double[] slopes : dr) Arrays.fill(slopes, 0, places.count(), 0);
  }

  @Override
  public void forwardOnly(Lookup places) {
    begin(places);
    towers.forwardOnly();
    towers.share(places.count(), this::measureAngles);
  }

  private void begin(Lookup places) {
    if (places.count() > r[0].length) makeRoom(heads.size(), places.count());
    item = Arrays.copyOf(places.entries(), places.count());
    items.begin(distinctEntries.share(item));
    prompt =
        IntStream.range(0, places.count())
            .map(i -> prompted ? places.prompts()[i] + 1 : 0)
            .toArray();
    int[] met = distinctPrompts.share(prompt);
    heads.forEach(head -> head.begin(met));
  }

  /** s = min(exp(scale), 100). */
  private double scale() {
    return Math.min(Math.exp(PalParameters.SCALE.of(scale.values)[0]), PalParameters.LARGEST_SCALE);
  }

  private void measureAngles(int from, int to) {
    double s = scale();
    float[] y = items.values();
    for (int i = from; i < to; i++) {
      for (int k = 0; k < heads.size(); k++) {
        var head = heads.get(k);
        double dot = VectorLoops.dot(y, item[i] * width, head.values(), prompt[i] * width, width);
        cosines[k][i] = dot / (items.lengths()[item[i]] * head.lengths()[prompt[i]]);
        r[k][i] = s * cosines[k][i];
      }
    }
  }

  @Override
  public double[][] r() {
    return r;
  }

  @Override
  public double[][] dr() {
    return dr;
  }

  // ---------------------------------------------------------------------------------- way back

  @Override
  public void backward() {
    weighPairs();
    towers.share(width, this::pull);
    towers.backward();
  }

  /** How strongly y and g_k pull at each other, s dR_k / (|y| |g_k|), and dL/ds. */
  private void weighPairs() {
    double s = scale();
    double slope = 0;
    Arrays.fill(items.radial(), 0);
    for (int k = 0; k < heads.size(); k++) {
      var head = heads.get(k);
      Arrays.fill(head.radial(), 0);
      for (int i = 0; i < item.length; i++) {
        double turned = dr[k][i] * cosines[k][i];
        slope += turned;
        items.radial()[item[i]] += s * turned;
        head.radial()[prompt[i]] += s * turned;
        double lengths = items.lengths()[item[i]] * head.lengths()[prompt[i]];
        pairSlopes[k][i] = (float) (s * dr[k][i] / lengths);
      }
    }
    if (s < PalParameters.LARGEST_SCALE) PalParameters.SCALE.of(scale.gradients)[0] += s * slope;
  }

  /** Coordinates from..to of all pairSlopes, so that no two threads write to the same place. */
  private void pull(int from, int to) {
    items.beginSlopes(from, to);
    for (var head : heads) head.beginSlopes(from, to);
    for (int i = 0; i < item.length; i++) {
      int y = item[i] * width + from;
      int g = prompt[i] * width + from;
      for (int k = 0; k < heads.size(); k++) {
        var head = heads.get(k);
        VectorLoops.add(pairSlopes[k][i], head.values(), g, items.slopes(), y, to - from);
        VectorLoops.add(pairSlopes[k][i], items.values(), y, head.slopes(), g, to - from);
      }
    }
  }

  @Override
  public void step() {
    towers.step();
    scale.step();
  }

  // ---------------------------------------------------------------------------------- learned

  @Override
  public Map<String, Tensor> parameters() {
    var all = items.parameters();
    all.putAll(Heads.together(heads.stream().map(Tower::parameters).toList(), shapes));
    all.putAll(scale.tensors());
    return all;
  }

  @Override
  public void state(Snapshot state) {
    towers.state(state);
    scale.state(state);
  }

  @Override
  public Map<String, double[]> gradients() {
    var all = items.gradients();
    all.putAll(Heads.together(heads.stream().map(Tower::gradients).toList(), shapes));
    var copy = new LinkedHashMap<>(scale.gradients);
    all.forEach((name, tensor) -> copy.put(name, tensor.doubles()));
    return copy;
  }

  @Override
  public void close() {
    towers.close();
    tables.close();
  }
}
