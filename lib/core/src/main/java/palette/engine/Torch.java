package palette.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import palette.support.Checks;

/**
 * The few doors through which Palette reaches libtorch beyond DJL's public interface. DJL's own
 * gradient collector is one for the whole process; these work per thread.
 */
public final class Torch {
  private static final AtomicBoolean kept = new AtomicBoolean();

  private Torch() {}

  /** The device of a name: {@code cpu}, {@code gpu}, or {@code auto}, a GPU where there is one. */
  public static Device device(String name) {
    return switch (name) {
      case "cpu" -> Device.cpu();
      case "gpu" -> {
        Checks.require(gpus() > 0, "device", "a GPU that DJL can see", noGpu());
        yield Device.gpu();
      }
      case "auto" -> gpus() > 0 ? Device.gpu() : Device.cpu();
      default ->
          throw new IllegalArgumentException(
              "device: expected auto, cpu or gpu, found " + name + ".");
    };
  }

  /**
   * What there is instead where DJL sees no GPU: it counts them by another library than libtorch.
   */
  public static String noGpu() {
    Natives.engine();
    return noGpu(JniUtils.getFeatures());
  }

  static String noGpu(Set<String> features) {
    return features.contains("CUDA")
        ? "none, though libtorch sees one: libcudart.so has to be where the system's loader finds"
            + " it, or in a folder named by -Djna.library.path"
        : "none";
  }

  private static int gpus() {
    return Natives.engine().getGpuCount();
  }

  /** Versions that decide results: DJL and libtorch. */
  public static String version() {
    return "DJL " + Engine.getDjlVersion() + ", libtorch " + Natives.engine().getVersion();
  }

  /** What libtorch was built with, MKL for example. */
  public static String features() {
    Natives.engine();
    return String.join(", ", new java.util.TreeSet<>(JniUtils.getFeatures()));
  }

  /** A manager of its own on a device; whoever asks closes it. */
  public static NDManager manager(Device device) {
    if (!device.isGpu()) keepFreedMemory();
    return Natives.engine().newBaseManager(device);
  }

  /**
   * Freeing one large array teaches glibc to keep what is freed instead of returning it to the
   * system (mallopt(3), the dynamic M_MMAP_THRESHOLD, 32 MB at most). Otherwise every step of a fit
   * gets its memory page by page anew, a fifth of its time. Elsewhere this does nothing.
   */
  private static void keepFreedMemory() {
    if (kept.getAndSet(true)) return;
    try (NDManager manager = Natives.engine().newBaseManager(Device.cpu())) {
      manager.zeros(new Shape(31 << 18)).close();
    }
  }

  /**
   * Threads inside one operation of this thread, and of those that compute for the first time
   * later. Others keep theirs.
   */
  public static void threads(int count) {
    Natives.engine();
    if (JniUtils.getNumThreads() != count) JniUtils.setNumThreads(count);
  }

  /** Whether operations of this thread are recorded now. */
  public static boolean recording() {
    Natives.engine();
    return JniUtils.isGradMode();
  }

  /**
   * Whether operations of this thread are recorded from now on; {@link #record} says until when.
   */
  public static void recording(boolean on) {
    JniUtils.setGradMode(on);
  }

  /** What some operations make, recorded for {@link #backward}. */
  public static <T> T record(Supplier<T> operations) {
    boolean outer = recording();
    recording(true);
    try {
      return operations.get();
    } finally {
      recording(outer);
    }
  }

  /** What is made from now on is freed when the scope is closed, and not recorded by itself. */
  public static Scope scope() {
    return new Scope();
  }

  /** An array outlives the scope that it was made in. */
  public static NDArray kept(NDArray array) {
    NDScope.unregister(array);
    return array;
  }

  /** Sums the gradient of a scalar into every parameter that it was computed from. */
  public static void backward(NDArray scalar) {
    backward(scalar, scalar.onesLike());
  }

  /** The same for an array, by the slope of something for each of its numbers. */
  public static void backward(NDArray array, NDArray slopes) {
    record(
        () -> {
          JniUtils.backward((PtNDArray) array, (PtNDArray) slopes, false, false);
          return array;
        });
  }

  /**
   * Adam in one call: g = gradient + ridge p, m = b1 m + (1-b1) g, v = b2 v + (1-b2) g^2, p = p -
   * rate m / (sqrt(v) + epsilon). The numbers are floats there.
   */
  static void adam(
      NDArray p,
      NDArray gradient,
      NDArray m,
      NDArray v,
      double rate,
      double ridge,
      double epsilon) {
    JniUtils.adamUpdate(
        (PtNDArray) p,
        (PtNDArray) gradient,
        (PtNDArray) m,
        (PtNDArray) v,
        0, // the rate of AdamW's decay
        (float) rate,
        (float) ridge,
        1, // what gradients are multiplied by
        -1, // below 0: gradients are not clipped
        (float) AdamGroup.BETA1,
        (float) AdamGroup.BETA2,
        (float) epsilon,
        false); // not AdamW
  }

  /** Rows of a table by position; gradients flow back into the table. Index shape [n], int64. */
  public static NDArray rows(NDArray table, NDArray index) {
    return JniUtils.embedding((PtNDArray) index, (PtNDArray) table, false);
  }

  /** The same by positions that are at hand as numbers. */
  public static NDArray rows(NDArray table, int[] positions) {
    long[] index = Arrays.stream(positions).asLongStream().toArray();
    return rows(table, table.getManager().create(index));
  }

  /** x W^T + b in one operation: x [n][in], W [out][in], b [out]. */
  public static NDArray linear(NDArray x, NDArray w, NDArray b) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) w, (PtNDArray) b);
  }

  private static final class OneDnn {
    static final boolean IS_WIDER =
        JniUtils.getFeatures().contains("MKLDNN") && Processor.has("avx512f");
  }

  /**
   * The same for the large products of an encoder. In single precision on a CPU with AVX-512 it is
   * said as a convolution of width one, which libtorch leaves to oneDNN: that has AVX-512 kernels
   * for every processor that can, where MKL takes AVX2 on those of AMD and needs twice the time.
   * Where there is only AVX2, MKL needs half of oneDNN's time.
   */
  public static NDArray wideLinear(NDArray x, NDArray w, NDArray b) {
    boolean single = x.getDataType() == DataType.FLOAT32 && !x.getDevice().isGpu();
    return single && OneDnn.IS_WIDER ? convolved(x, w, b) : linear(x, w, b);
  }

  /** The same by a convolution; on one thread libtorch asks oneDNN from sixteen images on. */
  static NDArray convolved(NDArray x, NDArray w, NDArray b) {
    long rows = x.getShape().get(0);
    long images = JniUtils.getNumThreads() > 1 ? 1 : 16;
    if (rows % images != 0) return linear(x, w, b);
    var one = new Shape(1, 1);
    NDArray in = x.reshape(images, rows / images, 1, -1).transpose(0, 3, 1, 2);
    NDArray kernels = w.reshape(w.getShape().get(0), -1, 1, 1);
    var no = new Shape(0, 0);
    NDArray out =
        JniUtils.convolution((PtNDArray) in, (PtNDArray) kernels, (PtNDArray) b, one, no, one, 1);
    return out.transpose(0, 2, 3, 1).reshape(rows, -1);
  }

  /** GELU, exact. */
  public static NDArray gelu(NDArray x) {
    return JniUtils.gelu((PtNDArray) x);
  }

  /** (x - mean) / sqrt(variance + epsilon) along the last axis, times a scale, plus a shift. */
  public static NDArray layerNorm(NDArray x, NDArray scale, NDArray shift, double epsilon) {
    var shape = scale.getShape();
    return JniUtils.layerNorm((PtNDArray) x, shape, (PtNDArray) scale, (PtNDArray) shift, epsilon);
  }

  /** max(0, x). */
  public static NDArray relu(NDArray x) {
    return JniUtils.relu((PtNDArray) x);
  }

  /**
   * A number to multiply, divide or compare with while operations are recorded; it lives as long as
   * the scope. For {@code x.mul(2)} DJL makes an array of its own and closes it at once; libtorch
   * keeps it for the way back, but its memory is the garbage collector's by then. Sums do not need
   * theirs again. Written where it lies, it is no copy that a GPU waits for.
   */
  public static NDArray number(NDArray like, double value) {
    var manager = (PtNDManager) like.getManager();
    var type = like.getDataType();
    return JniUtils.full(
        manager, new Shape(), value, type, manager.getDevice(), SparseFormat.DENSE);
  }

  /**
   * Numbers from 0 to 1, as many as another array has and where that lies, single precision. They
   * hang on the seed alone: torch has one generator for the whole process, which begins anew.
   */
  public static NDArray uniform(NDArray like, int seed) {
    synchronized (Torch.class) {
      JniUtils.setSeed(seed);
      return like.getManager().randomUniform(0, 1, like.getShape());
    }
  }

  /** Rows scaled to length 1 along the last axis. */
  public static NDArray unit(NDArray x) {
    return x.normalize(2, x.getShape().dimension() - 1, 1e-12);
  }

  /**
   * The lengths of rows along the last axis, which stays with one number; never 0. A square is a
   * product with what does not learn here: its way back is one product, that of a square three.
   * This is half of the slope, and {@link #slope} the other half.
   */
  public static NDArray lengths(NDArray x) {
    NDArray squares = x.mul(x.stopGradient());
    NDArray sums = squares.sum(new int[] {x.getShape().dimension() - 1}, true);
    return sums.add(slope(sums)).add(number(sums, 1e-24)).sqrt();
  }

  /**
   * a b^T for a batch of matrices of a few long rows each, [n][i][d] and [n][k][d]: [n][i][k]. On
   * the way back through one product b's slope would be [n][d][k], many rows of two or three
   * numbers, which take seven times as long; so b learns by a product of its own.
   */
  public static NDArray dots(NDArray a, NDArray b) {
    NDArray ab = bmm(a, b.stopGradient().transpose(0, 2, 1));
    if (!recording()) return ab;
    NDArray ba = bmm(b, a.stopGradient().transpose(0, 2, 1));
    return ab.add(slope(ba).transpose(0, 2, 1));
  }

  /** 0, with the slope of x. */
  private static NDArray slope(NDArray x) {
    return x.sub(x.stopGradient());
  }

  /** The product of a batch of matrices. */
  public static NDArray bmm(NDArray a, NDArray b) {
    return JniUtils.bmm((PtNDArray) a, (PtNDArray) b);
  }

  /** A resident array of single precision. */
  public static NDArray create(NDManager manager, Tensor tensor) {
    return create(manager, tensor, DataType.FLOAT32);
  }

  /** A resident array. */
  public static NDArray create(NDManager manager, Tensor tensor, DataType type) {
    NDArray array = manager.create(tensor.values(), new Shape(tensor.shape()));
    return type == DataType.FLOAT32 ? array : array.toType(type, false);
  }

  /** The same in libtorch's own memory: so that reruns have the same bits, see below. */
  public static NDArray aligned(NDManager manager, Tensor tensor, DataType type) {
    try (NDArray lent = create(manager, tensor, type)) {
      return lent.duplicate();
    }
  }

  /** The numbers of an array. */
  public static Tensor read(NDArray array) {
    float[] values = taken(array, a -> a.toType(DataType.FLOAT32, false).toFloatArray());
    return new Tensor(array.getShape().getShape(), values);
  }

  /** The numbers of an array in double precision. */
  public static double[] numbers(NDArray array) {
    return taken(array, a -> a.toType(DataType.FLOAT64, false).toDoubleArray());
  }

  // On the way from a GPU DJL makes a manager below that of the array, and nobody closes it.
  private static <T> T taken(NDArray array, Function<NDArray, T> numbers) {
    try (var manager = array.getManager().newSubManager()) {
      NDArray view = array.stopGradient();
      view.attach(manager);
      return numbers.apply(view);
    }
  }

  /** Puts other numbers in the place of an array's own, on its device. */
  static void overwrite(NDArray array, double[] values) {
    var type = array.getDataType();
    if (type == DataType.FLOAT64) array.set(DoubleBuffer.wrap(values));
    else array.set(Tensor.of(values, values.length).values());
  }

  /**
   * A float64 array on the CPU. The numbers are copied into libtorch's own memory, which lies the
   * same way in its cache lines every time; DJL would lend it some of Java's, which does not, and
   * sums of a product may hang on that by a bit.
   */
  public static NDArray create(NDManager manager, double[] from, Shape shape) {
    NDArray array = manager.create(shape, DataType.FLOAT64);
    bytes(array).asDoubleBuffer().put(from);
    return array;
  }

  /** A window on the memory of a float32 array on the CPU: what is put there is in the array. */
  static FloatBuffer window(NDArray array) {
    return bytes(array).asFloatBuffer();
  }

  private static ByteBuffer bytes(NDArray array) {
    var bytes = array.toByteBuffer(true);
    Checks.require(bytes.isDirect(), "array", "memory that can be shared", array);
    return bytes.order(ByteOrder.nativeOrder());
  }
}
