package palette.reward;

/**
 * f(x) = A x for the entries of a batch, A [d][D], and the way back to A: a matrix product each. By
 * plain loops where x is short; libtorch's products are faster from where the JVM's vector
 * instructions wait for memory. In double precision both, so they differ by rounding only.
 */
interface LinearMap extends AutoCloseable {

  /** The one that is faster. */
  static LinearMap of(Study study, Settings settings) {
    return ofLongVectors(study)
        ? new NativeMap(study, GraphObjective.threads(settings))
        : new HeapMap(study);
  }

  /**
   * Whether entries have 64 numbers or more; measured with d = 2 to 64 and batches of 256, 1024.
   */
  static boolean ofLongVectors(Study study) {
    return study.entries.dimension() >= 64;
  }

  /** u_l = (A x)_l of these places, [d][at least count]. */
  void map(Views.Places places, double[] a, double[][] u);

  /** dA += sum over those places of du x^T. */
  void back(double[][] du, double[] da);

  @Override
  void close();
}
