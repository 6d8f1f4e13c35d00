package palette.reward;

import java.util.List;

/** A model whose users, prototypes and items are points of one latent space of d dimensions. */
public interface IdealPoints extends PrototypeModel {

  /** The prototypes in latent space, shape [K][d]. */
  double[][] prototypePoints();

  /** The ideal point of a training user, d numbers: the mix of the prototype points. */
  double[] idealPoint(String user);

  /**
   * The point of any weights of the model's space, d numbers; where the population's score has a
   * share of them, that of the rest.
   */
  default double[] idealPoint(double[] weights) {
    double[][] q = prototypePoints();
    double[] a = new double[q[0].length];
    boolean shared = prior().populationColumn() && weights.length == prior().center().length;
    double mixed = shared ? 1 - weights[weights.length - 1] : 1;
    for (int k = 0; k < q.length && mixed > 0; k++) {
      for (int l = 0; l < a.length; l++) a[l] += weights[k] / mixed * q[k][l];
    }
    return a;
  }

  /** Where items lie, shape [n][d]. */
  double[][] itemPoints(List<String> items);
}
