package palette.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Seeds;

/**
 * The shape of a GPT-2 (Radford et al. 2019) and its way forward: learned positions, and in each
 * layer {@code x = x + attention(norm(x)); x = x + mlp(norm(x))}, at the end {@code norm(x) W^T}
 * with W the words' own vectors unless there is a head. Names, shapes and layout of the parameters
 * are those of Hugging Face's files, weights [in][out]. After the first token stand {@code voice}
 * soft tokens: vectors that are learned as words are, and say who speaks.
 *
 * <p>No number meets an array here but as {@link Torch#number}, and nothing is closed before the
 * way back: what DJL wraps for {@code x.mul(2)} is freed while libtorch still needs it.
 *
 * @param positions the longest text in tokens, the voice's among them
 * @param bent whether GELU is GPT-2's approximation by tanh; else it is exact
 */
record Gpt(int layers, int heads, int width, int positions, int words, int voice, boolean bent) {
  static final String WORDS = "wte.weight";
  static final String POSITIONS = "wpe.weight";
  static final String VOICE = "voice.weight";
  static final String HEAD = "lm_head.weight"; // where it is not the words' vectors
  private static final float EPSILON = 1e-5f;

  /** Whether there can be such a model. */
  boolean isSound() {
    boolean some = Math.min(Math.min(heads, width), Math.min(positions, words)) > 0;
    return some && layers >= 0 && layers <= 1000 && voice >= 0 && width % heads == 0;
  }

  /** All parameters by name. */
  Map<String, long[]> shapes(boolean head) {
    var shapes = new LinkedHashMap<String, long[]>();
    shapes.put(WORDS, new long[] {words, width});
    shapes.put(POSITIONS, new long[] {positions, width});
    if (voice > 0) shapes.put(VOICE, new long[] {voice, width});
    for (int layer = 0; layer < layers; layer++) {
      String h = "h." + layer + ".";
      norm(shapes, h + "ln_1");
      map(shapes, h + "attn.c_attn", width, 3 * width);
      map(shapes, h + "attn.c_proj", width, width);
      norm(shapes, h + "ln_2");
      map(shapes, h + "mlp.c_fc", width, 4 * width);
      map(shapes, h + "mlp.c_proj", 4 * width, width);
    }
    norm(shapes, "ln_f");
    if (head) shapes.put(HEAD, shapes.get(WORDS));
    return shapes;
  }

  private void norm(Map<String, long[]> shapes, String name) {
    shapes.put(name + ".weight", new long[] {width});
    shapes.put(name + ".bias", new long[] {width});
  }

  private static void map(Map<String, long[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {in, out});
    shapes.put(name + ".bias", new long[] {out});
  }

  /**
   * First numbers N(0, 1 / (4 in)), GPT-2's own .02 at its width of 768; what is added to x divided
   * by sqrt(2 layers).
   */
  Map<String, Tensor> start(long seed) {
    var random = Seeds.stream(seed, "policy");
    var start = new LinkedHashMap<String, Tensor>();
    shapes(false).forEach((name, shape) -> start.put(name, start(name, shape, random)));
    return start;
  }

  private Tensor start(String name, long[] shape, SplittableRandom random) {
    int size = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[size];
    boolean added = name.endsWith("c_proj.weight");
    long in = name.startsWith("h.") ? shape[0] : width;
    double deviation = .5 / Math.sqrt(in) / (added ? Math.sqrt(2 * layers) : 1);
    if (shape.length == 2) values = Seeds.normal(size, deviation, random);
    else if (name.endsWith(".weight")) Arrays.fill(values, 1);
    return Tensor.of(values, shape);
  }

  // ------------------------------------------------------------------------------------ forward

  /**
   * log P of each script's told part, shape [scripts], by the soft tokens [speakers * voice][d].
   */
  NDArray logProbs(Map<String, NDArray> p, NDArray voices, Scripts batch) {
    NDArray each = logits(p, voices, batch).logSoftmax(1).gather(batch.targets(), 1);
    return each.reshape(batch.mask().getShape()).mul(batch.mask()).sum(new int[] {1});
  }

  /** What comes next at each told place of each script, [scripts * places][words]. */
  NDArray logits(Map<String, NDArray> p, NDArray voices, Scripts batch) {
    NDArray head = p.getOrDefault(HEAD, p.get(WORDS));
    return states(p, voices, batch).matMul(head.transpose());
  }

  /** The last layer's states at each told place, [scripts * places][d]. */
  NDArray states(Map<String, NDArray> p, NDArray voices, Scripts batch) {
    NDArray table = voice == 0 ? p.get(WORDS) : p.get(WORDS).concat(voices, 0);
    NDArray x = Torch.rows(table, batch.tokens());
    x = x.add(Torch.rows(p.get(POSITIONS), batch.positions()));
    for (int layer = 0; layer < layers; layer++) {
      String h = "h." + layer + ".";
      x = x.add(attention(p, h + "attn.", norm(p, h + "ln_1", x), batch));
      NDArray hidden = gelu(map(p, h + "mlp.c_fc", norm(p, h + "ln_2", x)));
      x = x.add(map(p, h + "mlp.c_proj", hidden));
    }
    return norm(p, "ln_f", Torch.rows(x, batch.told()));
  }

  private NDArray attention(Map<String, NDArray> p, String name, NDArray x, Scripts batch) {
    var parts = map(p, name + "c_attn", x).split(3, 1);
    NDArray q = byHead(parts.get(0), batch);
    NDArray k = byHead(parts.get(1), batch);
    NDArray v = byHead(parts.get(2), batch);
    NDArray scale = Torch.number(q, 1 / Math.sqrt((double) width / heads));
    NDArray scores = Torch.bmm(q.mul(scale), k.transpose(0, 2, 1));
    NDArray mixed = Torch.bmm(scores.add(batch.future()).softmax(2), v);
    long length = batch.length();
    var parted = new Shape(batch.scripts(), heads, length, width / heads);
    NDArray joined = mixed.reshape(parted).transpose(0, 2, 1, 3).reshape(x.getShape());
    return map(p, name + "c_proj", joined);
  }

  /** [scripts * length][d] to [scripts * heads][length][d / heads]. */
  private NDArray byHead(NDArray x, Scripts batch) {
    long length = batch.length();
    int each = width / heads;
    NDArray parted = x.reshape(new Shape(batch.scripts(), length, heads, each));
    return parted.transpose(0, 2, 1, 3).reshape(new Shape(batch.scripts() * heads, length, each));
  }

  private static NDArray map(Map<String, NDArray> p, String name, NDArray x) {
    return x.matMul(p.get(name + ".weight")).add(p.get(name + ".bias"));
  }

  private NDArray norm(Map<String, NDArray> p, String name, NDArray x) {
    NDArray scale = p.get(name + ".weight");
    NDArray shift = p.get(name + ".bias");
    return LayerNorm.layerNorm(x, new Shape(width), scale, shift, EPSILON).singletonOrThrow();
  }

  private NDArray gelu(NDArray x) {
    if (!bent) return Torch.gelu(x);
    NDArray cube = x.mul(x).mul(x).mul(Torch.number(x, .044715));
    NDArray inner = x.add(cube).mul(Torch.number(x, Math.sqrt(2 / Math.PI)));
    return x.mul(inner.tanh().add(Torch.number(x, 1))).mul(Torch.number(x, .5));
  }
}
