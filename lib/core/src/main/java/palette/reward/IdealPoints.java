package palette.reward;

import java.util.List;

/** A model whose users, prototypes and items are points of one latent space of d dimensions. */
public interface IdealPoints extends PrototypeModel {

  /** The prototypes in latent space, shape [K][d]. */
  double[][] prototypePoints();

  /** The ideal point of a training user, d numbers: the mix of the prototype points. */
  double[] idealPoint(String user);

  /** Where items lie, shape [n][d]. */
  double[][] itemPoints(List<String> items);
}
