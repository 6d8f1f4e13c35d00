package palette.personalize;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import palette.data.Preferences;
import palette.numeric.Newton;
import palette.numeric.WeightProblem;
import palette.reward.Link;
import palette.reward.PrototypeModel;
import palette.reward.PrototypeModel.Prior;
import palette.reward.WeightMargins;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Places somebody new among the prototypes of a finished model: the weights w of its space (on the
 * simplex for a mix, any numbers in a free space) that minimise
 *
 * <pre>sum_j v_j log(1 + exp(-m_j(w) / T)) + strength / 2 |w - center|^2</pre>
 *
 * with the margins m_j of the answers, their weights v_j, the temperature T that the model was
 * calibrated to, and its prior; where the model learned another link, with that one's -log P, ties
 * included where it has such. Nothing else of the model moves. Where the margins are linear in w
 * the problem is convex and the weights come with a certificate; elsewhere with the best of several
 * starts, or, if only a random strength keeps it from being convex, with the end of the way from
 * the prior's center. Without answers the weights are the prior's center.
 *
 * @param model whose users are placed
 * @param prior what is believed before the first answer
 * @param centers of those of whom more is known before it ({@link TextPrior}), by id
 */
public record Localizer(PrototypeModel model, Prior prior, Map<String, double[]> centers)
    implements Function<Preferences, Person> {

  /** Places users of this model. */
  public static Localizer of(PrototypeModel model) {
    return new Localizer(Checks.present("model", model), model.prior(), Map.of());
  }

  /** Another strength of the prior than the model learned; 0 trusts the answers alone. */
  public Localizer strength(double strength) {
    Checks.notNegative("strength", strength);
    return new Localizer(model, prior.strength(strength), centers);
  }

  /** The same with what is believed of one alone. */
  Localizer of(String id) {
    double[] center = centers.get(id);
    return center == null ? this : new Localizer(model, prior.center(center), Map.of());
  }

  /** Somebody placed by their answers, all of one user; no answers at all are allowed. */
  public Person fit(Preferences answers) {
    var ids = oneUser(answers);
    return place(ids.isEmpty() ? "newcomer" : ids.get(0), model.byWeight(told(answers)));
  }

  /**
   * The same by what they wish for, too: each wish is one margin more. Without answers the wishes
   * are of one user; else those of other users play no role.
   */
  public Person fit(Preferences answers, Wishes wishes) {
    var ids = oneUser(answers);
    String id = ids.isEmpty() ? wishes.user() : ids.get(0);
    var wished = wishes.margins(model, id);
    if (wished == null) return fit(answers);
    if (ids.isEmpty()) return place(id, wished);
    return place(id, Evidence.join(model.byWeight(told(answers)), wished));
  }

  private static List<String> oneUser(Preferences answers) {
    var ids = answers.answering();
    if (ids.size() > 1) {
      throw new InputException(
          "answers",
          "those of one user",
          ids.size() + " users",
          "fitAll(answers) places each of them; answers.ofUser(id) takes one.");
    }
    return ids;
  }

  /** The same as {@link #fit}, for whoever takes a function. */
  @Override
  public Person apply(Preferences answers) {
    return fit(answers);
  }

  /** Everybody who answered, on all cores; the answers of one user play no role for another. */
  public Persons fitAll(Preferences answers) {
    return fitAll(answers, null);
  }

  /** The same by what each of them wishes for, too; wishes of others play no role. */
  public Persons fitAll(Preferences answers, Wishes wishes) {
    var told = told(answers);
    return Persons.place(this, told, model.byWeight(told), wishes);
  }

  /** With ties among the rows where the model's link knows such. */
  Preferences told(Preferences answers) {
    return model.link().kind().ties() ? answers.withTiedRows() : answers;
  }

  /** The model and what is believed before the first answer. */
  @Override
  public String toString() {
    return Texts.format(
        "Localizer[%s, strength of the prior %.2f answers]", model.name(), prior.strength());
  }

  Person place(String id, WeightMargins evidence) {
    var mine = of(id);
    double[] w = mine.prior.center().clone();
    var certificate = new Worker(evidence).place(evidence, mine.prior.center(), w);
    return new Person(mine, id, evidence, w, certificate, 1);
  }

  /** Places one after another; for one thread. */
  final class Worker {
    private final int columns = prior.center().length;
    private final Link link = model.link();
    private final Newton solver = prior.space().solver(columns);
    private final double[] slope = new double[columns];
    private double[] rows = new double[32 * columns];
    private double[] weights = new double[32];

    Worker(WeightMargins evidence) {
      Checks.require(
          evidence.columns() == columns, "margins", columns + " columns", evidence.columns());
    }

    /** Leaves the weights in w, which comes in as a copy of the center of what is believed. */
    Certificate place(WeightMargins evidence, double[] center, double[] w) {
      if (evidence.linear()) {
        double gap = convex(evidence, center, w);
        return link.kind().convex() ? Certificate.convex(gap) : Certificate.tried(1, 1);
      }
      if (evidence.size() == 0) return Certificate.tried(1, 1);
      var best = Multistart.of(evidence, link, prior.center(center)).solve();
      System.arraycopy(best.weights(), 0, w, 0, columns);
      return best.certificate();
    }

    /** The same where the margins are linear; returns the gap. */
    private double convex(WeightMargins evidence, double[] center, double[] w) {
      int n = evidence.size();
      if (weights.length < n) {
        rows = new double[2 * n * columns];
        weights = new double[2 * n];
      }
      for (int j = 0; j < n; j++) {
        Evidence.slope(evidence, j, w, link.temperature(), slope);
        System.arraycopy(slope, 0, rows, j * columns, columns);
        weights[j] = evidence.weight(j);
      }
      var loss = link.over(Evidence.outcomes(evidence));
      var problem = new WeightProblem(loss, rows, weights, n, prior.strength(), center);
      return solver.solve(problem, w);
    }
  }
}
