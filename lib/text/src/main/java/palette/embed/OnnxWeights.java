package palette.embed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.support.InputException;

/**
 * The float32 numbers of an encoder in ONNX format, by the names that they had before the export.
 * Biases and tables keep theirs; a matrix has lost its name, and lies as [in][out]. So it is found
 * by what is done with it: where the bias {@code P.bias} is added to a product, the matrix of that
 * product is {@code P.weight}.
 */
final class OnnxWeights {
  // Fields of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto.
  private static final int GRAPH = 7;
  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int OPERATOR = 4;
  private static final int DIMS = 1;
  private static final int TYPE = 2;
  private static final int NAME = 8;
  private static final int RAW = 9;
  private static final long FLOAT = 1;

  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, String> factor = new HashMap<>(); // of a product, by its output

  private OnnxWeights() {}

  /** The numbers of a file, as an encoder that learns wants them. */
  static Map<String, Tensor> read(String where, byte[] file) {
    try {
      var read = new OnnxWeights();
      for (var graph : Protobuf.of(ByteBuffer.wrap(file)).all(GRAPH)) {
        read.graph(Protobuf.of(graph));
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

  private void graph(Protobuf graph) {
    for (var bytes : graph.all(INITIALIZER)) add(Protobuf.of(bytes));
    // A node stands behind those whose outputs it takes.
    for (var bytes : graph.all(NODE)) {
      var node = Protobuf.of(bytes);
      String operator = node.texts(OPERATOR).get(0);
      var inputs = node.texts(INPUT);
      if (operator.equals("MatMul")) factor.put(node.texts(OUTPUT).get(0), inputs.get(1));
      else if (operator.equals("Add")) name(inputs);
    }
  }

  private void add(Protobuf tensor) {
    if (!tensor.wholes(TYPE).equals(List.of(FLOAT)) || tensor.all(RAW).isEmpty()) return;
    var raw = tensor.all(RAW).get(0).asFloatBuffer();
    float[] values = new float[raw.remaining()];
    raw.get(values);
    long[] shape = tensor.wholes(DIMS).stream().mapToLong(Long::longValue).toArray();
    tensors.put(tensor.texts(NAME).get(0), new Tensor(shape, values));
  }

  private void name(List<String> added) {
    for (int i = 0; i < 2; i++) {
      String bias = added.get(i);
      String matrix = factor.get(added.get(1 - i));
      if (!bias.endsWith(".bias") || matrix == null || !tensors.containsKey(matrix)) continue;
      String weight = bias.substring(0, bias.length() - "bias".length()) + "weight";
      tensors.put(weight, turned(tensors.remove(matrix)));
    }
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
