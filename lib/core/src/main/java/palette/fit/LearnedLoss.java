package palette.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import palette.engine.HeapParameters;
import palette.numeric.LinkKind;
import palette.reward.Choices;
import palette.reward.Link;
import palette.reward.Loss;

/**
 * The loss of rows with the numbers that it learns itself: its link's own, what standing first is
 * worth, and a log temperature for each user, {@code m_u exp(-tau_u)}.
 */
final class LearnedLoss {
  /** The link's own number. */
  static final Parameter SHAPE = Parameter.scale("link.shape");

  /** What standing first is worth. */
  static final Parameter POSITION = Parameter.scale("link.position");

  /** The logarithm of each user's temperature, less that of all. */
  static final Parameter TEMPERATURE = new Parameter("users.temperature", Parameter.Kind.USER);

  static final Set<String> NAMES = Set.of(SHAPE.name(), POSITION.name(), TEMPERATURE.name());

  private final Loss loss;
  private final HeapParameters learned;
  private final double[] users; // null: all have one temperature

  LearnedLoss(Loss loss, HeapParameters learned) {
    this.loss = loss;
    this.learned = learned;
    this.users = TEMPERATURE.of(learned.values);
  }

  /** What a loss begins with; one that learns nothing begins with nothing. */
  static List<Parameter.Start> start(Loss loss, int users) {
    var start = new ArrayList<Parameter.Start>();
    if (loss == null) return start;
    if (loss.shape()) start.add(SHAPE.value(loss.kind().start()));
    if (loss.position()) start.add(POSITION.zeros(1));
    if (loss.userTemperatures()) start.add(TEMPERATURE.zeros(users));
    return start;
  }

  /** Whether a margin by itself says what it costs: -log sigmoid(m). */
  boolean logistic() {
    return users == null && loss.equals(Loss.LOGISTIC);
  }

  /** The link that a fit has learned so far. */
  static Link link(Loss loss, Map<String, double[]> values, double temperature) {
    double[] shape = SHAPE.of(values);
    double[] position = POSITION.of(values);
    return new Link(
        loss == null ? LinkKind.LOGISTIC : loss.kind(),
        shape == null ? Double.NaN : shape[0],
        position == null ? 0 : position[0],
        temperature);
  }

  /** That of rows of which those of one choice follow each other; slopes are of a row's share. */
  private static double choices(
      TrainingSet.Rows rows,
      int[] order,
      int from,
      int n,
      double[] m,
      double[] w,
      double[] slopes) {
    double mean = 0;
    for (int b = 0, end = 0; b < n; b = end) {
      double weight = 0;
      int choice = rows.choice[order[from + b]];
      for (; end < n && rows.choice[order[from + end]] == choice; end++) weight += w[end];
      mean += weight * Choices.loss(m, b, end, slopes);
      for (int j = b; j < end; j++) slopes[j] *= weight / w[j];
    }
    return mean;
  }

  /**
   * The mean loss of rows order[from] and on, by weights that sum to 1; with slopes the numbers'
   * own gradients are summed. Users' temperatures are left in the margins. Margins behind the first
   * {@code given} are the generic user's of the same rows, who has the temperature of all.
   */
  double mean(
      TrainingSet.Rows rows,
      int[] order,
      int from,
      int given,
      int n,
      double[] m,
      double[] w,
      double[] slopes) {
    double[] shape = SHAPE.of(learned.gradients);
    double[] position = POSITION.of(learned.gradients);
    for (int b = 0; users != null && b < given; b++) {
      m[b] *= Math.exp(-users[rows.user[order[from + b]]]);
    }
    double mean;
    if (rows.choice != null) {
      mean = choices(rows, order, from, n, m, w, slopes == null ? new double[n] : slopes);
    } else if (shape == null && position == null) {
      mean = loss.mean(m, w, n, slopes);
    } else {
      int[] outcomes = new int[n];
      for (int b = 0; b < n; b++) outcomes[b] = rows.outcome[order[from + b % given]];
      double[] own = new double[2];
      var link = link(loss, learned.values, 1);
      mean = link.sum(m, w, outcomes, n, slopes == null ? new double[n] : slopes, null, own);
      if (slopes != null && shape != null) shape[0] += own[0];
      if (slopes != null && position != null) position[0] += own[1];
    }
    for (int b = 0; users != null && slopes != null && b < given; b++) {
      int user = rows.user[order[from + b]];
      TEMPERATURE.of(learned.gradients)[user] -= w[b] * slopes[b] * m[b];
      slopes[b] *= Math.exp(-users[user]);
    }
    return mean;
  }
}
