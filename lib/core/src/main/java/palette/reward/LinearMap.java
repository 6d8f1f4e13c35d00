package palette.reward;

/**
 * f(x) = A x for the entries of a batch, A [d][D], and the way back to A: a matrix product each. By
 * plain loops where x is short; libtorch's products are faster from where the JVM's vector
 * instructions wait for memory. In double precision both, so they differ by rounding only.
 */
interface LinearMap extends AutoCloseable {

  /** The one that is faster. */
  static LinearMap of(Study study, Settings settings) {
    return isLibtorchs(study, settings)
        ? new NativeMap(study, GraphObjective.threads(settings))
        : new HeapMap(study);
  }

  /** Whether x has 64 numbers or more and a step 20,000; measured with d = 2 to 64. */
  static boolean isLibtorchs(Study study, Settings settings) {
    long inputs = study.entries.dimension();
    return inputs >= 64 && places(study, settings) * inputs >= 20_000;
  }

  /** How many places a step has at most. */
  static long places(Study study, Settings settings) {
    int batch = Trainer.batchSize(settings.integer("batch"), study.train.size());
    return Math.min(study.entries.size(), 2 * batch);
  }

  /** u_l = (A x)_l of these places, [d][at least count]; 0, and A null, where D = 0. */
  void map(Views.Places places, double[] a, double[][] u);

  /** Keeps what has to be gathered for places that will be mapped again and again. */
  void keep(Views.Places places);

  /** dA += sum over those places of du x^T. */
  void back(double[][] du, double[] da);

  @Override
  void close();
}
