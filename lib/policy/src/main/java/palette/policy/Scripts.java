package palette.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import palette.engine.Torch;

/**
 * Scripts side by side, each filled up at its end, where nothing that is told can see it.
 *
 * @param speakers those that speak here, each once
 * @param tokens of every place its row in the words' vectors with the speakers' soft tokens behind,
 *     [scripts * length]
 * @param told where the state lies that predicts each told token, [scripts * places]
 * @param targets the told tokens, [scripts * places][1]
 * @param mask 1 where something is told, 0 where a script is filled up, [scripts][places]
 * @param future what keeps a place from seeing a later one, [length][length]
 */
record Scripts(
    int scripts,
    int length,
    int[] speakers,
    NDArray tokens,
    NDArray positions,
    NDArray told,
    NDArray targets,
    NDArray mask,
    NDArray future) {
  private static final double HIDDEN = -1e9;

  static Scripts of(NDManager manager, Gpt gpt, List<Script> scripts, DataType type) {
    int n = scripts.size();
    int voice = gpt.voice();
    int length = voice + scripts.stream().mapToInt(s -> s.tokens().length).max().orElseThrow();
    int places = scripts.stream().mapToInt(Script::told).max().orElseThrow();
    int[] speakers = scripts.stream().mapToInt(Script::speaker).distinct().sorted().toArray();
    long[] tokens = new long[n * length];
    long[] positions = new long[n * length];
    long[] told = new long[n * places];
    long[] targets = new long[n * places];
    double[] mask = new double[n * places];
    for (int b = 0; b < n; b++) {
      var script = scripts.get(b);
      int[] its = script.tokens();
      int soft = gpt.words() + voice * Arrays.binarySearch(speakers, script.speaker());
      for (int i = 0; i < length; i++) positions[b * length + i] = i;
      for (int i = 0; i < its.length; i++) tokens[b * length + (i == 0 ? 0 : i + voice)] = its[i];
      for (int i = 0; i < voice; i++) tokens[b * length + 1 + i] = soft + i;
      for (int i = 0; i < script.told(); i++) {
        told[b * places + i] = b * length + voice + script.from() + i - 1;
        targets[b * places + i] = its[script.from() + i];
        mask[b * places + i] = 1;
      }
    }
    return new Scripts(
        n,
        length,
        speakers,
        manager.create(tokens),
        manager.create(positions),
        manager.create(told),
        manager.create(targets, new Shape(targets.length, 1)),
        numbers(manager, mask, new Shape(n, places), type),
        numbers(manager, future(length), new Shape(length, length), type));
  }

  private static double[] future(int length) {
    double[] hidden = new double[length * length];
    for (int i = 0; i < length; i++)
      Arrays.fill(hidden, i * length + i + 1, (i + 1) * length, HIDDEN);
    return hidden;
  }

  static NDArray numbers(NDManager manager, double[] values, Shape shape, DataType type) {
    return Torch.create(manager, values, shape).toType(type, false);
  }
}
