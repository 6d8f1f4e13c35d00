package palette.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An encoder in ONNX format with its matrices as bytes, whose products the processor sums as whole
 * numbers. Each row of what is multiplied, a token's, has a scale a_i of its own, and each column
 * of a matrix another, b_j:
 *
 * <pre>(X W)_ij = a_i b_j sum_k round(X_ik / a_i) round(W_kj / b_j)</pre>
 *
 * So a text's vector does not hang on the texts beside it. (What is sold as dynamic quantization
 * has one scale for all that a run reads.) Tables, attention among tokens and what normalizes stay
 * as they are. Numbers of fields are those of onnx.proto.
 */
final class EightBits {
  private static final long FLOAT = 1;
  private static final long BYTE = 2; // without a sign: without VNNI signed sums would overflow
  private static final int MIDDLE = 128;
  private static final int MOST = 127;
  private static final String ONE = "eight.one";
  private static final String ZERO = "eight.zero"; // of matrices
  private static final String OWN = "com.microsoft"; // ONNX Runtime's operators

  /** Rows of X as bytes: what stands for 0, how many steps the largest has, at least how large. */
  private enum Rows {
    ANY(MIDDLE, MOST, 1e-6f),
    // GELU is never below -.17: that is 16 steps, and 239 are left for what is above.
    AFTER_GELU(16, 239, 0.17f * 239 / 16);

    private final int zero;
    private final int steps;
    private final float least;

    Rows(int zero, int steps, float least) {
      this.zero = zero;
      this.steps = steps;
      this.least = least;
    }

    String constant(String what) {
      return "eight." + this + "." + what;
    }
  }

  private final Message graph = new Message();
  private final Map<String, Protobuf> matrices = new HashMap<>(); // [in][out]
  private final Set<String> rows = new HashSet<>(); // what is at hand as bytes

  private EightBits() {}

  /** The same encoder in eight bits. */
  static byte[] of(byte[] model) {
    var written = new Message();
    for (var field : new Protobuf(ByteBuffer.wrap(model)).fields()) {
      if (field.number() != 7) written.copy(field.whole());
      else written.bytes(7, new EightBits().graph(new Protobuf(field.bytes())));
    }
    return written.bytes(8, new Message().text(1, OWN).whole(2, 1).bytes()).bytes();
  }

  private byte[] graph(Protobuf whole) {
    var factors = new HashSet<String>();
    for (var node : whole.all(1)) {
      var read = new Protobuf(node);
      if (isProduct(read)) factors.add(read.texts(1).get(1));
    }
    for (var initializer : whole.all(5)) {
      var read = new Protobuf(initializer);
      if (factors.contains(read.texts(8).get(0))) matrices.put(read.texts(8).get(0), read);
    }
    constants();
    for (var field : whole.fields()) {
      if (field.number() == 1) node(field);
      else if (field.number() == 5) initializer(field);
      else graph.copy(field.whole());
    }
    return graph.bytes();
  }

  private static boolean isProduct(Protobuf node) {
    return node.texts(4).get(0).equals("MatMul");
  }

  private void node(Protobuf.Field field) {
    var node = new Protobuf(field.bytes());
    if (isProduct(node) && matrices.containsKey(node.texts(1).get(1))) multiply(node);
    else graph.copy(field.whole());
  }

  private void initializer(Protobuf.Field field) {
    String name = new Protobuf(field.bytes()).texts(8).get(0);
    if (matrices.containsKey(name)) matrix(name);
    else graph.copy(field.whole());
  }

  private void constants() {
    number(ONE, 1);
    bytes(ZERO, MIDDLE);
    for (var kind : Rows.values()) {
      number(kind.constant("steps"), kind.steps);
      number(kind.constant("step"), 1f / kind.steps);
      number(kind.constant("least"), kind.least);
      bytes(kind.constant("zero"), kind.zero);
    }
  }

  // ---------------------------------------------------------------------------------- a product

  private void multiply(Protobuf node) {
    String x = node.texts(1).get(0);
    String w = node.texts(1).get(1);
    String y = node.texts(2).get(0);
    long[] shape = matrices.get(w).wholes(1);
    var kind = shape[0] > shape[1] ? Rows.AFTER_GELU : Rows.ANY; // what narrows stands behind it
    if (rows.add(x)) rows(x, kind);
    String step = kind.constant("step");
    String zero = kind.constant("zero");
    String whole = y + ".rows";
    var product =
        made("MatMulIntegerToFloat", whole, x + ".bytes", w, step, w + ".scale", zero, ZERO);
    add(product.text(7, OWN));
    add(made("Mul", y, whole, x + ".most"));
  }

  private void rows(String x, Rows kind) {
    String sizes = kind == Rows.ANY ? x + ".sizes" : x;
    if (kind == Rows.ANY) add(made("Abs", sizes, x));
    var last = new Message().text(1, "axes").whole(8, -1).whole(20, 7); // of the kind "integers"
    add(made("ReduceMax", x + ".largest", sizes).bytes(5, last.bytes()));
    add(made("Max", x + ".most", x + ".largest", kind.constant("least")));
    add(made("Div", x + ".scale", kind.constant("steps"), x + ".most"));
    add(made("Mul", x + ".scaled", x, x + ".scale"));
    add(made("QuantizeLinear", x + ".bytes", x + ".scaled", ONE, kind.constant("zero")));
  }

  private void add(Message node) {
    graph.bytes(1, node.bytes());
  }

  private static Message made(String operator, String out, String... in) {
    var node = new Message();
    for (var input : in) node.text(1, input);
    return node.text(2, out).text(3, out).text(4, operator);
  }

  // ---------------------------------------------------------------------------------- numbers

  private void matrix(String name) {
    var matrix = matrices.get(name);
    long[] shape = matrix.wholes(1);
    int columns = (int) shape[1];
    var values = matrix.all(9).get(0).asFloatBuffer();
    float[] scale = new float[columns];
    for (int i = 0; i < values.limit(); i++) {
      scale[i % columns] = Math.max(scale[i % columns], Math.abs(values.get(i)) / MOST);
    }
    byte[] bytes = new byte[values.limit()];
    for (int i = 0; i < bytes.length; i++) {
      float steps = scale[i % columns] == 0 ? 0 : values.get(i) / scale[i % columns];
      bytes[i] = (byte) (MIDDLE + Math.round(steps));
    }
    tensor(name, BYTE, bytes, shape);
    var scales = ByteBuffer.allocate(Float.BYTES * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (float one : scale) scales.putFloat(one);
    tensor(name + ".scale", FLOAT, scales.array(), columns);
  }

  private void number(String name, float value) {
    var bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    tensor(name, FLOAT, bytes.array());
  }

  private void bytes(String name, int value) {
    tensor(name, BYTE, new byte[] {(byte) value});
  }

  private void tensor(String name, long type, byte[] data, long... shape) {
    var tensor = new Message();
    for (long size : shape) tensor.whole(1, size);
    graph.bytes(5, tensor.whole(2, type).text(8, name).bytes(9, data).bytes());
  }
}
