package palette.family;

import palette.engine.Tensor;
import palette.family.fast.PalParameters;
import palette.fit.Fitted;

/** The points of a fitted PAL-A; in double precision where f is linear. */
final class IdealPointModel extends LatentModel {
  IdealPointModel(Fitted fitted) {
    super(fitted, Similarity.of(fitted.settings().get(PalA.DISTANCE)), 1, 2);
  }

  @Override
  double[][] points(float[][] features, int[] identity) {
    double[][] u = mapped(features);
    addIdentities(u, identity);
    return u;
  }

  @Override
  double[][] mapped(float[][] features) {
    Tensor a = PalParameters.F.of(fitted.parameters());
    return a == null ? super.mapped(features) : linear(a, features);
  }

  private static double[][] linear(Tensor a, float[][] features) {
    int inputs = a.size(1);
    double[][] u = new double[features.length][a.size(0)];
    for (int i = 0; i < u.length; i++) {
      for (int l = 0; l < u[i].length; l++) {
        for (int c = 0; c < inputs; c++) {
          u[i][l] += (double) a.values()[l * inputs + c] * features[i][c];
        }
      }
    }
    return u;
  }

  @Override
  double[][][] prototypes(float[][] promptFeatures) {
    return new double[][][] {prototypePoints()};
  }

  double[][] prototypePoints() {
    Tensor latent = PalParameters.LATENT.of(fitted.parameters());
    return latent != null ? latent.rows() : mapped(inputs());
  }

  /** The prototypes in input space, [K][D]. */
  private float[][] inputs() {
    return PalParameters.PROTOTYPES.of(fitted.parameters()).floats();
  }

  @Override
  double[] point(double[] w, double[][] prototypes) {
    return mixesLinearly() ? super.point(w, prototypes) : mapped(new float[][] {mix(w)})[0];
  }

  private float[] mix(double[] w) {
    float[][] p = inputs();
    float[] mixed = new float[p[0].length];
    for (int k = 0; k < p.length; k++) {
      for (int c = 0; c < mixed.length; c++) mixed[c] += (float) w[k] * p[k][c];
    }
    return mixed;
  }

  @Override
  boolean mixesLinearly() {
    return PalParameters.LATENT.of(fitted.parameters()) != null
        || settings.get(PalSpec.MAP) == Maps.Kind.LINEAR
        || settings.get(PalA.PLACEMENT) != Placement.MIXED_THEN_MAPPED;
  }
}
