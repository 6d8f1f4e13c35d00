package palette.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;
import palette.support.InputException;

/**
 * A transformer in ONNX Runtime: token ids in, the mean of the tokens' vectors out, or the first
 * one.
 */
final class OnnxSession {
  private static final Set<String> KNOWN = Set.of("input_ids", "attention_mask", "token_type_ids");

  /** What opens the session; the options say how many threads it may use. */
  @FunctionalInterface
  interface Source {
    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private final OrtEnvironment environment = OnnxNatives.environment();
  private final OrtSession session;
  private final String where;
  private final boolean first;

  /** {@code first}: a text's vector is that of its first token, not the mean of all. */
  OnnxSession(String where, boolean first, Source source) {
    this.where = where;
    this.first = first;
    try {
      var options = new OrtSession.SessionOptions();
      // Texts run side by side, each on one thread: faster than several threads for one text, and
      // the order of summation does not depend on the number of cores.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = source.open(environment, options);
      checkInputs();
      checkOutput();
    } catch (OrtException e) {
      throw new InputException(
          where, "a sentence encoder in ONNX format", e.getMessage(), "Export it again.", e);
    }
  }

  private void checkInputs() {
    if (session.getInputNames().contains("input_ids") && KNOWN.containsAll(session.getInputNames()))
      return;
    throw new InputException(
        where,
        "inputs input_ids, attention_mask and perhaps token_type_ids",
        session.getInputNames().toString(),
        "Export it for feature extraction.");
  }

  private void checkOutput() throws OrtException {
    var first = session.getOutputInfo().values().iterator().next();
    if (first.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 3) return;
    throw new InputException(
        where,
        "a first output of shape [batch, tokens, d]",
        first.toString(),
        "Export it for feature extraction.");
  }

  /**
   * A vector for each sequence, in double precision.
   *
   * @param ids sequences of one length: nothing is padded
   */
  double[][] vectors(long[][] ids) throws OrtException {
    long[] shape = {ids.length, ids[0].length};
    long[] flat = Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
    long[] ones = new long[flat.length];
    Arrays.fill(ones, 1);
    try (var words = tensor(flat, shape);
        var mask = tensor(ones, shape);
        var types = tensor(new long[flat.length], shape)) {
      var inputs = new HashMap<String, OnnxTensor>();
      inputs.put("input_ids", words);
      inputs.put("attention_mask", mask);
      inputs.put("token_type_ids", types);
      inputs.keySet().retainAll(session.getInputNames());
      try (var result = session.run(inputs)) {
        return pooled((OnnxTensor) result.get(0));
      }
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private double[][] pooled(OnnxTensor output) {
    long[] shape = output.getInfo().getShape();
    int length = (int) shape[1];
    int tokens = first ? 1 : length;
    int dimension = (int) shape[2];
    var values = output.getFloatBuffer();
    var pooled = new double[(int) shape[0]][dimension];
    for (int i = 0; i < pooled.length; i++) {
      values.position(i * length * dimension);
      for (int t = 0; t < tokens; t++) {
        for (int c = 0; c < dimension; c++) pooled[i][c] += values.get();
      }
      for (int c = 0; c < dimension; c++) pooled[i][c] /= tokens;
    }
    return pooled;
  }
}
