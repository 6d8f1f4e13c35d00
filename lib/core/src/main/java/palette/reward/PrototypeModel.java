package palette.reward;

import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.support.InputException;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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

  /** Free numbers a person: a mix has one less than weights, since they sum to 1. */
  @Override
  default int numbers() {
    int weights = prior().center().length;
    return prior().space() == Space.FREE ? weights : weights - 1;
  }

  /** A training user's weights, K numbers of the prior's space. */
  double[] weights(String user);

  /** One row a training user: user, prototype_1 to prototype_K. */
  default Table weights() {
    var users = users();
    var table = Table.create(name() + ", weights", StringColumn.create("user", users));
    double[][] all = users.stream().map(this::weights).toArray(double[][]::new);
    for (int k = 0; k < prototypes(); k++) {
      int column = k;
      double[] of = Arrays.stream(all).mapToDouble(w -> w[column]).toArray();
      table.addColumns(DoubleColumn.create("prototype_" + (k + 1), of));
    }
    return table;
  }

  /** The part of a training user's weights that is a mix of prototypes, K numbers. */
  default double[] mix(String user) {
    return prior().space().mix(weights(user));
  }

  /** What is believed of somebody who has said nothing yet. */
  Prior prior();

  /** The margins of these answers as functions of the weights. The answers' users play no role. */
  WeightMargins byWeight(Preferences answers);

  /**
   * The rewards of items for somebody with these weights: one for each prototype, and up to as many
   * as {@link Prior#center} has. What is left out counts 0.
   */
  double[] rewards(double[] weights, String prompt, List<String> items);

  @Override
  default boolean knows(String user) {
    return users().contains(user);
  }

  @Override
  default double[] rewards(String user, String prompt, List<String> items) {
    double[] rewards = rewards(known(user), prompt, items);
    double sharpness = sharpness(user);
    for (int i = 0; i < rewards.length; i++) rewards[i] *= sharpness;
    return rewards;
  }

  /**
   * What a training user's rewards are multiplied by, 1 / their temperature; 1 where all have one.
   */
  default double sharpness(String user) {
    return 1;
  }

  @Override
  default double[] margins(Preferences answers) {
    double[] margins = byWeight(answers).at(answers, user -> padded(known(user)));
    for (int row = 0; row < margins.length; row++) {
      margins[row] *= sharpness(answers.users().id(answers.user(row)));
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
    return at(name() + " at the population's weights", prior().center());
  }

  /** The reward at some weights, whoever answered. */
  default Scorer at(String name, double[] weights) {
    return new ByMargins(name, answers -> byWeight(answers).at(weights), link());
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

    /** The same around another center. */
    public Prior center(double[] other) {
      return new Prior(space, other, strength, populationColumn);
    }

    /** The same with another strength. */
    public Prior strength(double other) {
      return new Prior(space, center, other, populationColumn);
    }
  }
}
