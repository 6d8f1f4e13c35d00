package palette.personalize;

import palette.numeric.Cholesky;

/**
 * What has been asked so far and how much another question would tell (PReF, arXiv 2503.06358). A
 * question is a vector v of features whose answer has probability sigmoid(lambda.v); V = ridge I +
 * sum sigma'(lambda.v) v v' over those asked.
 */
final class Design {
  private final int dimension;
  private final double[] information;
  private double[] factor;

  Design(int dimension, double ridge) {
    this.dimension = dimension;
    this.information = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) information[i * dimension + i] = ridge;
  }

  /** A question that was asked; {@code spread} = sigma'(lambda.v) times its weight. */
  void add(double[] v, double spread) {
    factor = null;
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) information[i * dimension + j] += spread * v[i] * v[j];
    }
  }

  /** v' V^-1 v. */
  double form(double[] v) {
    if (factor == null) {
      factor = information.clone();
      if (!Cholesky.factor(factor, dimension)) throw new IllegalStateException("V is singular");
    }
    return Cholesky.form(factor, dimension, v);
  }

  /** sigma'^2 v' V^-1 v: the variance of the predicted probability. */
  double reference(double[] v, double spread) {
    return spread * spread * form(v);
  }

  /** log(1 + sigma' v' V^-1 v): by how much the answer would shrink the volume of what is open. */
  double dOptimal(double[] v, double spread) {
    return Math.log1p(spread * form(v));
  }
}
