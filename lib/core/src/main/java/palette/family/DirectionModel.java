package palette.family;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import palette.engine.Inference;
import palette.engine.Tensor;
import palette.family.fast.PalParameters;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Parameters;

/** The directions of a fitted PAL-B. */
final class DirectionModel extends LatentModel {
  DirectionModel(Fitted fitted) {
    super(
        fitted,
        fitted.settings().get(PalB.NORMALISED) ? Similarity.COSINE : Similarity.DOT,
        scale(fitted),
        1);
  }

  private static double scale(Fitted fitted) {
    double scale = PalParameters.SCALE.of(fitted.parameters()).values()[0];
    return Math.min(Math.exp(scale), PalParameters.LARGEST_SCALE);
  }

  @Override
  double[][] points(float[][] features, int[] identity) {
    double[][] u = mapped(features);
    addIdentities(u, identity);
    for (double[] row : u) scaleToUnit(row);
    return u;
  }

  @Override
  double[][][] prototypes(float[][] promptFeatures) {
    Tensor constant = PalParameters.LATENT.of(fitted.parameters());
    if (constant != null) return new double[][][] {sphere(constant.rows())};
    float[][] rows = new float[promptFeatures.length + 1][];
    rows[0] = new float[fitted.prompts().dimension()]; // no prompt
    System.arraycopy(promptFeatures, 0, rows, 1, promptFeatures.length);
    double[][] flat =
        Inference.run(
            fitted.startingWith("heads."),
            rows,
            (p, c) -> maps.heads(new Parameters(p, settings), c, UnaryOperator.identity()));
    double[][][] heads = new double[rows.length][][];
    for (int i = 0; i < heads.length; i++) heads[i] = sphere(cut(flat[i]));
    return heads;
  }

  private double[][] sphere(double[][] heads) {
    if (!settings.get(PalB.NORMALISED)) for (double[] g : heads) scaleToUnit(g);
    return heads;
  }

  private double[][] cut(double[] flat) {
    int k = settings.get(FitSpec.PROTOTYPES);
    int d = flat.length / k;
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
    return rows;
  }

  private static void scaleToUnit(double[] row) {
    double length = Math.max(1e-12, Math.sqrt(Similarity.DOT.at(row, row, null)));
    for (int l = 0; l < row.length; l++) row[l] /= length;
  }
}
