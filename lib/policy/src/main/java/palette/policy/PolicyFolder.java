package palette.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import palette.engine.Tensor;
import palette.reward.History;
import palette.store.Manifest;
import palette.store.ModelFolder;
import palette.store.SavedHistory;

/**
 * A policy's folder, replaced whole as every model's ({@link ModelFolder}). The parameters have the
 * names of a GPT-2's files; beside those of an aligned one stand its base's, named {@code base.}.
 */
final class PolicyFolder {
  private static final String POLICY = "policy";
  private static final String ALIGNED = "aligned policy";
  private static final String BASE = "base.";
  private static final String BENT = "gelu_new";
  private static final String EXACT = "gelu";

  private PolicyFolder() {}

  static void write(Policy policy, Path dir) {
    var manifest = ModelFolder.begun(POLICY);
    describe(manifest, policy);
    ModelFolder.write(dir, manifest, policy.weights, PolicyFolder.class);
  }

  static Policy read(Path dir) {
    var manifest = ModelFolder.manifest(dir, POLICY);
    var shapes = shape(manifest).shapes(manifest.flag("head"));
    return policy(manifest, ModelFolder.read(dir, manifest, shapes));
  }

  // --------------------------------------------------------------------------- a language model

  private static void describe(ObjectNode into, Policy policy) {
    var shape = policy.shape;
    into.put("n_layer", shape.layers()).put("n_head", shape.heads());
    into.put("n_embd", shape.width()).put("n_positions", shape.positions());
    into.put("vocab_size", shape.words()).put("voice", shape.voice());
    into.put("activation_function", shape.bent() ? BENT : EXACT);
    into.put("head", policy.weights.containsKey(Gpt.HEAD));
    var vocabulary = policy.vocabulary;
    var tokens = into.putObject("vocabulary").put("name", vocabulary.name());
    tokens.put("start", vocabulary.start()).put("end", vocabulary.end());
    tokens.putPOJO("words", vocabulary.all()).putPOJO("merges", vocabulary.merges());
    if (policy.history() != null) SavedHistory.put(into, policy.history());
  }

  /** What a manifest says, or the config of a GPT-2 by the same names. */
  static Gpt shape(Manifest its) {
    var activation = its.has("activation_function") ? its.text("activation_function") : BENT;
    var shape =
        new Gpt(
            its.whole("n_layer"),
            its.whole("n_head"),
            its.whole("n_embd"),
            its.whole("n_positions"),
            its.whole("vocab_size"),
            its.has("voice") ? its.whole("voice") : 0,
            activation.equals(BENT));
    if (!shape.isSound()) throw its.bad("sizes above 0, 1,000 layers at most", "" + shape);
    if (shape.bent() || activation.equals(EXACT)) return shape;
    throw its.bad("'activation_function' as " + BENT + " or " + EXACT, activation);
  }

  private static Policy policy(Manifest its, Map<String, Tensor> weights) {
    var history = its.has("history") ? SavedHistory.of(its) : null;
    return policy(its, weights, vocabulary(its.at("vocabulary")), history);
  }

  static Policy policy(
      Manifest its, Map<String, Tensor> weights, Vocabulary vocabulary, History history) {
    var shape = shape(its);
    if (vocabulary.size() == shape.words()) {
      return new Policy(shape, weights, vocabulary, history);
    }
    throw its.bad("'vocab_size' as " + vocabulary.size() + ", its tokens", "" + shape.words());
  }

  private static Vocabulary vocabulary(Manifest tokens) {
    var words = tokens.texts("words");
    return switch (tokens.text("name")) {
      case "words" -> Vocabulary.ofWords(words);
      case "bytes" -> Vocabulary.bytes();
      case "gpt2" -> Vocabulary.gpt2();
      case "byte pairs" -> {
        int start = tokens.whole("start");
        int end = tokens.whole("end");
        yield BytePairs.of(tokens.where(), words, tokens.texts("merges"), start, end);
      }
      default ->
          throw tokens.bad("a vocabulary of words, bytes, gpt2 or byte pairs", tokens.text("name"));
    };
  }

  // ---------------------------------------------------------------------------- an aligned policy

  static void write(Aligned aligned, Path dir) {
    var manifest = ModelFolder.begun(ALIGNED);
    var spec = aligned.spec;
    Manifest.put(manifest, spec.settings);
    manifest.put("voices", spec.voices.name()).put("loss", spec.loss.name());
    Manifest.put(manifest, "users", aligned.users);
    SavedHistory.put(manifest, aligned.history());
    Manifest.put(manifest, aligned.provenance());
    describe(manifest.putObject("base"), spec.base);
    var tensors = new LinkedHashMap<String, Tensor>();
    spec.base.weights.forEach((name, tensor) -> tensors.put(BASE + name, tensor));
    tensors.putAll(aligned.weights);
    double[] own = aligned.own;
    if (own.length > 0) tensors.put(PolicyObjective.OWN, Tensor.of(own, own.length));
    ModelFolder.write(dir, manifest, tensors, PolicyFolder.class);
  }

  static Aligned readAligned(Path dir) {
    var manifest = ModelFolder.manifest(dir, ALIGNED);
    var settings = manifest.settings(Dpo.defaults(), Set.of(), Set.of());
    var voices = (Voices) manifest.constant("voices", Voices.ONE);
    var loss = PairLoss.named(manifest.text("loss"));
    var users = manifest.catalog("users");
    var before = manifest.at("base");
    var shape = shape(before);

    var expected = new LinkedHashMap<String, long[]>();
    var shapes = shape.shapes(before.flag("head"));
    shapes.forEach((name, its) -> expected.put(BASE + name, its));
    expected.putAll(shapes);
    expected.putAll(voices.shapes(shape, users.size(), settings.get(Dpo.CLUSTERS)));
    if (loss.learned()) expected.put(PolicyObjective.OWN, new long[] {2});
    var weights = ModelFolder.read(dir, manifest, expected);

    var old = new LinkedHashMap<String, Tensor>();
    for (var name : shapes.keySet()) old.put(name, weights.remove(BASE + name));
    var own = weights.remove(PolicyObjective.OWN);
    var learned =
        new TuneSpec.Learned(
            weights, own == null ? new double[0] : own.doubles(), SavedHistory.of(manifest));
    var spec = Dpo.saved(settings, policy(before, old), loss, voices);
    return new Aligned(spec, learned, users, manifest.provenance());
  }
}
