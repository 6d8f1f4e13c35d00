package palette.embed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import palette.engine.Tensor;
import palette.support.InputException;

/**
 * The float32 numbers of an encoder in ONNX format, by the names that they had before the export.
 * Biases and tables keep theirs; a matrix has lost its name, and lies as [in][out]. So it is found
 * by what is done with it: where the bias {@code P.bias} is added to a product, the matrix of that
 * product is {@code P.weight}. Numbers of fields are those of onnx.proto.
 */
final class OnnxWeights {
  private static final long FLOAT = 1;

  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, String> factor = new HashMap<>(); // of a product, by its output

  private OnnxWeights() {}

  /** The numbers of a file, as an encoder that learns wants them. */
  static Map<String, Tensor> read(String where, byte[] file) {
    try {
      var read = new OnnxWeights();
      for (var bytes : new Protobuf(ByteBuffer.wrap(file)).all(7)) {
        var graph = new Protobuf(bytes);
        for (var initializer : graph.all(5)) read.add(new Protobuf(initializer));
        // A node stands behind those whose outputs it takes.
        for (var node : graph.all(1)) read.follow(new Protobuf(node));
      }
      return read.tensors;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new InputException(
          where,
          "an encoder in ONNX format",
          "a torn one: " + e.getMessage(),
          "Fetch it again.",
          e);
    }
  }

  private void add(Protobuf tensor) {
    var raw = tensor.all(9);
    if (tensor.wholes(2)[0] != FLOAT || raw.isEmpty()) return;
    var numbers = raw.get(0).asFloatBuffer();
    float[] values = new float[numbers.remaining()];
    numbers.get(values);
    tensors.put(tensor.texts(8).get(0), new Tensor(tensor.wholes(1), values));
  }

  private void follow(Protobuf node) {
    String operator = node.texts(4).get(0);
    var inputs = node.texts(1);
    if (operator.equals("MatMul")) factor.put(node.texts(2).get(0), inputs.get(1));
    if (!operator.equals("Add")) return;
    name(inputs.get(0), factor.get(inputs.get(1)));
    name(inputs.get(1), factor.get(inputs.get(0)));
  }

  private void name(String bias, String matrix) {
    if (!bias.endsWith(".bias") || matrix == null || !tensors.containsKey(matrix)) return;
    String weight = bias.substring(0, bias.length() - "bias".length()) + "weight";
    tensors.put(weight, turned(tensors.remove(matrix)));
  }

  private static Tensor turned(Tensor matrix) {
    int rows = matrix.size(0);
    int columns = matrix.size(1);
    float[] turned = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) turned[j * rows + i] = matrix.values()[i * columns + j];
    }
    return new Tensor(new long[] {columns, rows}, turned);
  }
}
