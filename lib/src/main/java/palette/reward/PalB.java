package palette.reward;

/** PAL-B (to be filled in). */
public final class PalB extends PalModel {
  PalB(Fitted fitted) {
    super(fitted);
  }

  @Override
  double[][] points(float[][] features, int[] identity) {
    throw new UnsupportedOperationException();
  }

  @Override
  double[][][] prototypes(float[][] promptFeatures) {
    throw new UnsupportedOperationException();
  }

  @Override
  Closeness closeness() {
    throw new UnsupportedOperationException();
  }

  @Override
  double scale() {
    return 1;
  }

  @Override
  boolean joint() {
    return false;
  }
}
