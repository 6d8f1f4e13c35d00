package palette.family;

import java.util.function.UnaryOperator;
import palette.engine.Inference;
import palette.engine.Tensor;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.numeric.VectorLoops;
import palette.reward.Settings;

/** A fitted PAL as points of its latent space, in double precision. */
abstract class LatentModel {
  final Fitted fitted;
  final Settings settings;
  final Maps maps;
  final double[][] axes; // along which people leave the hull; none where all are mixes

  final Similarity similarity; // of items' points to a user's
  final double scale; // what it is multiplied by
  final double tilt; // by how much it rises for 1 that a point moves along an axis, per u.axis

  LatentModel(Fitted fitted, Similarity similarity, double scale, double tilt) {
    this.fitted = fitted;
    this.similarity = similarity;
    this.scale = scale;
    this.tilt = tilt;
    this.settings = fitted.settings();
    this.maps = new Maps(settings);
    this.axes = OwnTaste.axes(fitted);
  }

  /** Latent points of items, shape [n][d]; identity is the known item's position or -1. */
  abstract double[][] points(float[][] features, int[] identity);

  /** f of some vectors; zeros where items are known by id only. */
  double[][] mapped(float[][] features) {
    if (!Maps.mapsItems(fitted.parameters())) {
      return new double[features.length][settings.get(PalSpec.DIMENSION)];
    }
    return Inference.run(
        fitted.startingWith("f."),
        features,
        (p, x) -> maps.items(new Parameters(p, settings), x, UnaryOperator.identity()));
  }

  /** The prototypes as one prompt sees them, shape [prompts][K][d]; one entry without prompts. */
  abstract double[][][] prototypes(float[][] promptFeatures);

  /** The user's point: the mix of the prototypes, and how far they leave it along each axis. */
  double[] point(double[] w, double[][] prototypes) {
    double[] a = new double[prototypes[0].length];
    for (int k = 0; k < prototypes.length; k++) {
      for (int l = 0; l < a.length; l++) a[l] += w[k] * prototypes[k][l];
    }
    return along(w, a);
  }

  /** Moves a point of the hull as far along each axis as the weights say. */
  final double[] along(double[] w, double[] a) {
    int k = settings.get(FitSpec.PROTOTYPES);
    for (int i = 0; i < axes.length; i++) {
      for (int l = 0; l < a.length; l++) a[l] += w[k + i] * axes[i][l];
    }
    return a;
  }

  /** Whether a user's point is linear in the weights. */
  boolean mixesLinearly() {
    return true;
  }

  /** The reward's part of a point along each axis, into {@code rewards} behind the prototypes. */
  final void alongAxes(double[] u, double sign, double[] rewards, int prototypes) {
    for (int i = 0; i < axes.length; i++) {
      double along = scale * tilt * VectorLoops.inner(u, axes[i]);
      rewards[prototypes + i] += sign * along;
    }
  }

  /** Adds the learned offsets of known items to their points. */
  final void addIdentities(double[][] points, int[] identity) {
    Tensor offsets = Parameter.IDENTITY.of(fitted.parameters());
    for (int i = 0; offsets != null && i < points.length; i++) {
      int d = points[i].length;
      for (int l = 0; identity[i] >= 0 && l < d; l++) {
        points[i][l] += offsets.values()[identity[i] * d + l];
      }
    }
  }
}
