package palette.reward;

import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.support.InputException;

/**
 * A reward model whose users are weights over K shared rewards, {@code reward_u(x, c) = w_u . r(x,
 * c)}: prototypes, where the weights are a mix. This is all that placing a new user needs to know
 * of a model.
 */
public interface PrototypeModel extends PersonalModel {

  /** K. */
  int prototypes();

  /** The ids of the training users, in order. */
  List<String> users();

  /** A training user's weights, K numbers of the prior's space. */
  double[] weights(String user);

  /** The part of a training user's weights that is a mix of prototypes, K numbers. */
  default double[] mix(String user) {
    return prior().space().mix(weights(user));
  }

  /** What is believed of somebody who has said nothing yet. */
  Prior prior();

  /** The margins of these answers as functions of the weights. The answers' users play no role. */
  WeightMargins byWeight(Preferences answers);

  /** The rewards of items for somebody with these weights (as many as {@link Prior#center} has). */
  double[] rewards(double[] weights, String prompt, List<String> items);

  @Override
  default boolean knows(String user) {
    return users().contains(user);
  }

  @Override
  default double[] rewards(String user, String prompt, List<String> items) {
    return rewards(known(user), prompt, items);
  }

  @Override
  default double[] margins(Preferences answers) {
    double[][] weights = new double[answers.users().size()][];
    for (int row = 0; row < answers.size(); row++) {
      int u = answers.user(row);
      if (weights[u] == null) weights[u] = padded(known(answers.users().id(u)));
    }
    var byWeight = byWeight(answers);
    double[] margins = new double[answers.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = byWeight.margin(row, weights[answers.user(row)], null);
    }
    return margins;
  }

  private double[] known(String user) {
    if (knows(user)) return weights(user);
    throw stranger(user, users().size());
  }

  /** That somebody took no part in the training, and what to do. */
  static InputException stranger(String user, int known) {
    return new InputException(
        "user '" + user + "'",
        "one of the " + known + " training users",
        "somebody new",
        "Place them with Localizer.of(model).fit(answers), or use model.population().");
  }

  /** Weights with a 0 for the population's column, where there is one. */
  private double[] padded(double[] w) {
    int columns = prior().center().length;
    return w.length == columns ? w : Arrays.copyOf(w, columns);
  }

  /** The reward at the population's weights, the same for everybody. */
  @Override
  default Scorer population() {
    return new AtWeights(name() + " at the population's weights", this, prior().center());
  }

  /**
   * The belief about a new user: {@code strength / 2 * |w - center|^2} is added to the loss (in
   * nats, one answer weighing 1), and w stays in the space. With {@code populationColumn} there is
   * one weight more, the last: the share of the population model's score, which a mix falls back to
   * where it knows less.
   */
  record Prior(Space space, double[] center, double strength, boolean populationColumn) {

    /** A prior on the simplex. */
    public Prior(double[] center, double strength, boolean populationColumn) {
      this(Space.SIMPLEX, center, strength, populationColumn);
    }

    /** What is believed where everybody has one reward. */
    public static Prior onePoint() {
      return new Prior(Space.POINT, new double[] {1}, 0, false);
    }

    /** The same with another strength. */
    public Prior strength(double other) {
      return new Prior(space, center, other, populationColumn);
    }
  }
}
