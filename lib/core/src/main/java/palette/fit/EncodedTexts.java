package palette.fit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.encode.Backbone;
import palette.encode.Encoder;
import palette.encode.Transformer;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.reward.Settings;

/**
 * The texts of a fit whose encoder learns. What its lower layers make of each is worked out once
 * and kept; a step takes the others from there. The distinct texts of a graph go by their lengths.
 */
final class EncodedTexts {
  private static final long GRAPH = 1L << 30; // bytes that graphs of all threads may hold, about

  private final Transformer transformer;
  private final NDManager manager;
  private final int dimension;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<long[]> tokens = new ArrayList<>();
  private final NDArray[] still; // null where no layer stands still
  private final int atOnce;

  /** Those of a task; arrays live as long as the manager. */
  EncodedTexts(Task task, NDManager manager) {
    var encoder = task.encoder();
    var backbone = encoder.backbone();
    var tuning = tuning(task.settings());
    int lowest = tuning.lowest(backbone.layers());
    this.manager = manager;
    this.dimension = encoder.dimension();
    var learned = tuning.shapes(backbone).keySet();
    this.transformer = new Transformer(backbone, lowest, learned, manager, task.type());
    int most = task.settings().get(FitSpec.TEXT_LENGTH);
    task.data().entries.texts().forEach(parts -> parts.forEach(t -> add(t, encoder, most)));
    task.data().prompts.texts().forEach(text -> add(text, encoder, most));
    this.still = lowest == 0 ? null : new NDArray[tokens.size()];
    if (still != null) Transformer.each(tokens, this::keep);
    int longest = tokens.stream().mapToInt(ids -> ids.length).max().orElse(1);
    long bytes = bytesOfAToken(backbone, longest) * longest * (backbone.layers() - lowest);
    long texts = GRAPH / bytes;
    this.atOnce = (int) Math.max(2L * task.threads(), Math.min(4096, texts / 4 * 2)); // pairs
  }

  private void add(String text, Encoder encoder, int most) {
    if (text == null || index.putIfAbsent(text, tokens.size()) != null) return;
    tokens.add(encoder.tokens(text, most));
  }

  private void keep(int text) {
    NDArray made = transformer.still(List.of(tokens.get(text)));
    still[text] = Torch.kept(made);
    made.attach(manager);
  }

  /** What a layer leaves for the way back, with what it needs in between. */
  private static long bytesOfAToken(Backbone backbone, int tokens) {
    long d = backbone.dimension();
    long wide = backbone.weight("encoder.layer.0.intermediate.dense.bias").values().length;
    return Float.BYTES * (12 * d + 3 * wide + 3L * backbone.heads() * tokens);
  }

  /** How many places a graph may hold, so that a step of many does not fill the memory. */
  int atOnce() {
    return atOnce;
  }

  /** The vectors of positions, each of which has these texts beside each other; null: zeros. */
  GraphShare.Features of(List<List<String>> texts) {
    int[][] parts =
        texts.stream()
            .map(all -> all.stream().mapToInt(t -> t == null ? -1 : index.get(t)).toArray())
            .toArray(int[][]::new);
    return (learned, positions) -> rows(learned, parts, positions);
  }

  private NDArray rows(Map<String, NDArray> learned, int[][] parts, int[] positions) {
    int[] met =
        Arrays.stream(positions)
            .flatMap(position -> Arrays.stream(parts[position]))
            .filter(text -> text >= 0)
            .distinct()
            .boxed()
            .sorted((a, b) -> tokens.get(a).length - tokens.get(b).length)
            .mapToInt(Integer::intValue)
            .toArray();
    NDArray zero = manager.zeros(new Shape(1, dimension), transformer.type());
    NDArray all = met.length == 0 ? zero : NDArrays.concat(new NDList(vectors(learned, met), zero));
    var place = new HashMap<Integer, Integer>();
    for (int i = 0; i < met.length; i++) place.put(met[i], i);
    var columns = new NDList();
    for (int part = 0; part < parts[0].length; part++) {
      int[] rows = new int[positions.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = place.getOrDefault(parts[positions[i]][part], met.length);
      }
      columns.add(Torch.rows(all, rows));
    }
    return columns.size() == 1 ? columns.get(0) : NDArrays.concat(columns, 1);
  }

  private NDArray vectors(Map<String, NDArray> learned, int[] texts) {
    var ids = Arrays.stream(texts).mapToObj(tokens::get).toList();
    int[] lengths = ids.stream().mapToInt(id -> id.length).toArray();
    return transformer.vectors(learned, still(ids, texts), lengths);
  }

  private NDArray still(List<long[]> ids, int[] texts) {
    if (still == null) return transformer.still(ids);
    var rows = new NDList();
    for (int text : texts) rows.add(still[text]);
    return NDArrays.concat(rows);
  }

  // ------------------------------------------------------------------------------------ specs

  /** Settings with the options of an encoder that learns; two narrow matrices learn faster. */
  static Settings settings(Settings others, Tuning tuning) {
    double rate = FitSpec.ENCODER_RATE.initial();
    return others
        .with(FitSpec.TUNING, tuning.toString())
        .with(FitSpec.ENCODER_RATE, tuning.rank() > 0 ? 20 * rate : rate)
        .with(FitSpec.ENCODER_DECAY, FitSpec.ENCODER_DECAY.initial())
        .with(FitSpec.TEXT_LENGTH, FitSpec.TEXT_LENGTH.initial());
  }

  private static Tuning tuning(Settings settings) {
    return Tuning.of(settings.get(FitSpec.TUNING));
  }

  /** The encoder that learns in a fit of a spec; null where vectors are as they are. */
  static Encoder encoder(ModelSpec spec) {
    boolean learns = spec.settings().has(FitSpec.TUNING);
    return learns && spec.embedder() instanceof Encoder encoder ? encoder.origin() : null;
  }

  /** What an encoder begins with, from its own numbers; nothing where none learns. */
  static List<Parameter.Start> start(ModelSpec spec) {
    var encoder = encoder(spec);
    if (encoder == null) return List.of();
    var backbone = encoder.backbone();
    var start = new ArrayList<Parameter.Start>();
    tuning(spec.settings())
        .shapes(backbone)
        .forEach((name, shape) -> start.add(start(backbone.weight(name), name, shape)));
    return start;
  }

  private static Parameter.Start start(Tensor own, String name, long[] shape) {
    var parameter = new Parameter(name, Parameter.Kind.ENCODER);
    if (own != null) return new Parameter.Start(parameter, shape, (n, random) -> own.doubles());
    if (Tuning.beginsAtZero(name)) return parameter.zeros(shape);
    return parameter.normal(1 / Math.sqrt(shape[1]), shape);
  }

  /** A spec whose embedder is what its encoder has become; the same where none learns. */
  static ModelSpec learned(ModelSpec spec, Map<String, Tensor> parameters) {
    var encoder = encoder(spec);
    if (encoder == null) return spec;
    var changes = new LinkedHashMap<String, Tensor>();
    var names = tuning(spec.settings()).shapes(encoder.backbone()).keySet();
    for (var name : names) changes.put(name, parameters.get(name));
    Embedder now = encoder.learned(changes, spec.settings().get(FitSpec.TEXT_LENGTH));
    return spec.like(spec.settings(), spec.loss(), now);
  }

  /** The same entries as the encoder reads them now. */
  static Catalog read(Catalog catalog, ModelSpec learned) {
    return catalog.size() == 0 ? catalog : catalog.withVectors(learned.embedder());
  }

  /** Without the numbers of an encoder: what gives rewards from vectors needs none. */
  static void leave(ModelSpec spec, Map<String, ?> parameters) {
    start(spec).forEach(start -> parameters.remove(start.parameter().name()));
  }

  /** The texts of prompts, the first for where nothing was asked. */
  static List<List<String>> prompts(TrainingSet data) {
    var texts = new ArrayList<List<String>>();
    texts.add(Collections.singletonList(null));
    data.prompts.texts().forEach(text -> texts.add(List.of(text)));
    return texts;
  }
}
