package palette.family.read;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import palette.data.Preferences;
import palette.engine.Inference;
import palette.engine.Torch;
import palette.fit.BasisModel;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.Parameters;
import palette.fit.UserWeights;
import palette.reward.Scorer;
import palette.support.InputException;

/**
 * A model that reads people from their answers ({@link Reading}). A newcomer takes one pass, and
 * nothing is searched for: what is read need not be the best weights for the answers. {@code
 * Localizer.of(model)} searches for those, with a certificate.
 */
public final class ReadModel extends BasisModel {
  private static final int READ = 64; // answers of one person
  private static final double ACTIVE = 0.005;

  private final Reading reading;

  /** A model of what was learned. */
  public ReadModel(Fitted fitted) {
    super(fitted);
    this.reading = (Reading) fitted.spec().basis();
  }

  /**
   * How many weights differ between the training users, by a variance of more than .005. Where
   * there are none the posterior has collapsed, and the model knows nobody.
   */
  public int activeUnits() {
    double[][] w = users().stream().map(this::weights).toArray(double[][]::new);
    int active = 0;
    for (int k = 0; k < prototypes(); k++) {
      int at = k;
      double[] all = Arrays.stream(w).mapToDouble(one -> one[at]).toArray();
      if (StatUtils.populationVariance(all) > ACTIVE) active++;
    }
    return active;
  }

  /** Which of n answers are read: 64, evenly taken; fewer answers are read more than once. */
  static IntStream some(int n) {
    return IntStream.range(0, READ).map(i -> (int) ((long) i * n / READ));
  }

  /** The weights that these answers, all of one user, tell of. */
  public double[] read(Preferences answersOfOne) {
    int people = answersOfOne.answering().size();
    if (people == 0) return prior().center().clone();
    if (people > 1) {
      throw new InputException(
          "answers", "those of one user", people + " users", "answers.ofUser(id) takes one.");
    }
    int[] rows = some(answersOfOne.size()).toArray();
    int[] sides = new int[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      sides[i] = answersOfOne.chosen(rows[i]);
      sides[rows.length + i] = answersOfOne.rejected(rows[i]);
    }
    var asked = answersOfOne.items();
    var items = asked.select(IntStream.of(sides).distinct().toArray());
    int[] place = IntStream.of(sides).map(side -> items.indexOf(asked.id(side))).toArray();
    fitted().requireKnown(items.ids());
    float[][] vectors = fitted().itemFeatures(items);
    int[] known = fitted().identities(items);
    var learned = new HashMap<>(fitted().parameters());
    learned.remove(UserWeights.OFFSET.name());
    return Inference.run(
        learned,
        1,
        (arrays, one) -> {
          var all = new Inference.Rows(0, vectors.length, one.manager());
          NDArray table = vectors[0].length == 0 ? null : all.of(vectors);
          var p = new Parameters(arrays, fitted().settings());
          var x = Inputs.of(table, null, known);
          NDArray both = Torch.rows(reading.sides(p, x), place).reshape(2, rows.length, -1);
          return reading.read(p, both.get("0:1"), both.get("1:2"), null).weights();
        })[0];
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    String who = answersOfOne.size() == 0 ? "newcomer" : answersOfOne.answering().get(0);
    return at(who + " (" + name() + ")", read(answersOfOne));
  }

  @Override
  protected List<List<String>> facts() {
    var facts = new ArrayList<>(super.facts());
    facts.add(List.of("active units", activeUnits() + " of " + prototypes()));
    return facts;
  }
}
