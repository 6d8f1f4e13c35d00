package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.engine.Tensor;
import palette.engine.Torch;

/**
 * {@link Views} of PAL-B: R_k = s cos(y, g_k) with y = f(x), g_k = g_k(c) and the scale s. The maps
 * are {@link Towers}; items and prompts that a batch shares are mapped once. The way back is
 *
 * <pre>dR_k/dy = s / |y| (g_k / |g_k| - cos y / |y|), likewise for g_k, and dR_k/ds = cos</pre>
 */
final class AngleViews implements Views {
  private static final double LARGEST_SCALE = 100;

  private final int width; // d
  private final NDManager tables = Torch.manager(Device.cpu());
  private final Tower items;
  private final List<Tower> heads = new ArrayList<>();
  private final Towers towers;
  private final boolean prompted;
  private final Learned scale;
  private final Map<String, long[]> shapes = new LinkedHashMap<>(); // of the heads together
  private final Batch.Distinct distinctEntries;
  private final Batch.Distinct distinctPrompts;

  // The batch by place: a row of the items, a row of each head, and by prototype
  private int[] item = {};
  private int[] prompt = {};
  private double[][] cosines;
  private double[][] r;
  private double[][] dr;
  private float[][] pulls;

  AngleViews(
      Study study, Settings settings, Map<String, Tensor> start, PalGroups groups, long seed) {
    width = settings.integer("dimension");
    prompted = study.prompts.size() > 0;
    int k = settings.integer("prototypes");
    var maps = new Maps(settings);
    var ofItems = new LinkedHashMap<>(start);
    ofItems.keySet().removeIf(name -> !name.startsWith("f.") && !name.startsWith("items."));
    items = new Tower(ofItems, groups, width, items(study, maps));
    var ofHeads = new LinkedHashMap<>(start);
    ofHeads.keySet().removeIf(name -> name.equals("scale") || ofItems.containsKey(name));
    var form = prompted ? head(study, maps) : constant();
    for (var head : Maps.apart(ofHeads, k)) {
      heads.add(new Tower(head, groups, width, form));
    }
    ofHeads.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    var all = new ArrayList<>(List.of(items));
    all.addAll(heads);
    towers = new Towers(all, settings, seed);
    scale = new Learned(Map.of("scale", start.get("scale")), groups);
    distinctEntries = new Batch.Distinct(study.entries.size());
    distinctPrompts = new Batch.Distinct(study.prompts.size() + 1);
    makeRoom(k, 0);
  }

  private void makeRoom(int prototypes, int count) {
    cosines = new double[prototypes][count];
    r = new double[prototypes][count];
    dr = new double[prototypes][count];
    pulls = new float[prototypes][count];
  }

  // -------------------------------------------------------------------------------------- maps

  private Tower.Form items(Study study, Maps maps) {
    NDArray vectors =
        study.entries.dimension() == 0 ? null : Torch.create(tables, study.entries.table());
    int[] identity = study.entries.identity();
    return (p, rows, dropout) -> {
      NDArray y = vectors == null ? null : maps.items(p, Torch.rows(vectors, rows), dropout::of);
      NDArray offsets = p.get("items.identity");
      if (offsets == null) return y;
      NDArray own = Maps.offsets(offsets, identity, rows);
      return y == null ? own : y.add(own);
    };
  }

  private Tower.Form head(Study study, Maps maps) {
    NDArray vectors = Torch.create(tables, study.promptTable());
    return (p, rows, dropout) -> maps.head(p, Torch.rows(vectors, rows), dropout::of);
  }

  private static Tower.Form constant() {
    return (p, rows, dropout) -> p.get("prototypes.latent");
  }

  // ----------------------------------------------------------------------------------- forward

  @Override
  public void look(Places places) {
    begin(places);
    towers.look();
    towers.share(places.count(), this::measureAngles);
    for (double[] slopes : dr) Arrays.fill(slopes, 0, places.count(), 0);
  }

  @Override
  public void glance(Places places) {
    begin(places);
    towers.glance();
    towers.share(places.count(), this::measureAngles);
  }

  private void begin(Places places) {
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
    return Math.min(Math.exp(scale.values.get("scale")[0]), LARGEST_SCALE);
  }

  private void measureAngles(int from, int to) {
    double s = scale();
    float[] y = items.values();
    for (int i = from; i < to; i++) {
      for (int k = 0; k < heads.size(); k++) {
        var head = heads.get(k);
        double dot = Loops.dot(y, item[i] * width, head.values(), prompt[i] * width, width);
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
  public void back() {
    weighPulls();
    towers.share(width, this::pull);
    towers.back();
  }

  /** How strongly y and g_k pull at each other, s dR_k / (|y| |g_k|), and dL/ds. */
  private void weighPulls() {
    double s = scale();
    double slope = 0;
    Arrays.fill(items.along(), 0);
    for (int k = 0; k < heads.size(); k++) {
      var head = heads.get(k);
      Arrays.fill(head.along(), 0);
      for (int i = 0; i < item.length; i++) {
        double turned = dr[k][i] * cosines[k][i];
        slope += turned;
        items.along()[item[i]] += s * turned;
        head.along()[prompt[i]] += s * turned;
        double lengths = items.lengths()[item[i]] * head.lengths()[prompt[i]];
        pulls[k][i] = (float) (s * dr[k][i] / lengths);
      }
    }
    if (s < LARGEST_SCALE) scale.gradients.get("scale")[0] += s * slope;
  }

  /** Coordinates from..to of all pulls, so that no two threads write to the same place. */
  private void pull(int from, int to) {
    items.beginSlopes(from, to);
    for (var head : heads) head.beginSlopes(from, to);
    for (int i = 0; i < item.length; i++) {
      int y = item[i] * width + from;
      int g = prompt[i] * width + from;
      for (int k = 0; k < heads.size(); k++) {
        var head = heads.get(k);
        Loops.add(pulls[k][i], head.values(), g, items.slopes(), y, to - from);
        Loops.add(pulls[k][i], items.values(), y, head.slopes(), g, to - from);
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
    all.putAll(Maps.together(heads.stream().map(Tower::parameters).toList(), shapes));
    all.putAll(scale.tensors());
    return all;
  }

  @Override
  public double[] values(String name) {
    throw new UnsupportedOperationException("libtorch holds " + name);
  }

  @Override
  public Map<String, double[]> gradients() {
    var all = items.gradients();
    all.putAll(Maps.together(heads.stream().map(Tower::gradients).toList(), shapes));
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
