package palette.family.read;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Inference;
import palette.engine.Torch;
import palette.fit.BasisModel;
import palette.fit.Inputs;
import palette.fit.Parameters;
import palette.fit.UserWeights;
import palette.reward.PersonalModel;
import palette.reward.Scorer;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * A model that reads people from their answers ({@link Reading}). A newcomer takes one pass, and
 * nothing is searched for: so there is no certificate, what is read need not be the best weights
 * for the answers, and there is no ranking of questions.
 */
public final class ReadModel implements PersonalModel, Tabled {
  static final int MOST = 100; // answers that are read of one person
  private static final double ACTIVE = 0.005;

  private final BasisModel model; // its users' weights are what was read of them
  private final Reading reading;

  ReadModel(BasisModel model) {
    this.model = model;
    this.reading = (Reading) model.fitted().spec().basis();
  }

  /** Writes the model into a folder, as {@link BasisModel#save}. */
  public void save(Path dir) {
    model.save(dir);
  }

  /** The model as a basis and weights, for tables and figures of what is shared. */
  public BasisModel basisModel() {
    return model;
  }

  /** What was read of a training user. */
  public double[] weights(String user) {
    return model.weights(user);
  }

  /**
   * How many numbers differ between the training users, by a variance of more than .005. Where
   * there are none the posterior has collapsed, and the model knows nobody.
   */
  public int activeUnits() {
    double[][] w = model.users().stream().map(this::weights).toArray(double[][]::new);
    int active = 0;
    for (int k = 0; k < model.prototypes(); k++) {
      int at = k;
      double mean = Arrays.stream(w).mapToDouble(one -> one[at]).average().orElse(0);
      double squares = Arrays.stream(w).mapToDouble(one -> Math.pow(one[at] - mean, 2)).sum();
      if (squares / w.length > ACTIVE) active++;
    }
    return active;
  }

  // ------------------------------------------------------------------------------------ placing

  /** Which of n answers are read: all of up to a hundred, else a hundred evenly taken ones. */
  static int[] some(int n) {
    int read = Math.min(n, MOST);
    return IntStream.range(0, read).map(i -> (int) ((long) i * n / read)).toArray();
  }

  /** The weights that these answers, all of one user, tell of. */
  public double[] read(Preferences answersOfOne) {
    if (answersOfOne.answering().size() > 1) {
      throw new InputException(
          "answers",
          "those of one user",
          answersOfOne.answering().size() + " users",
          "answers.ofUser(id) takes one.");
    }
    if (answersOfOne.size() == 0) return model.prior().center().clone();
    int[] rows = some(answersOfOne.size());
    int[] chosen = IntStream.of(rows).map(answersOfOne::chosen).toArray();
    int[] rejected = IntStream.of(rows).map(answersOfOne::rejected).toArray();
    return read(answersOfOne.items(), chosen, rejected);
  }

  private double[] read(Catalog items, int[] chosen, int[] rejected) {
    int[] met = IntStream.concat(IntStream.of(chosen), IntStream.of(rejected)).distinct().toArray();
    var place = new HashMap<Integer, Integer>();
    for (int i = 0; i < met.length; i++) place.put(met[i], i);
    var some = items.select(met);
    model.fitted().requireKnown(some.ids());
    float[][] vectors = model.fitted().itemFeatures(some);
    int[] known = model.fitted().identities(some);
    var learned = new HashMap<>(model.fitted().parameters());
    learned.remove(UserWeights.OFFSET.name());
    return Inference.run(
        learned,
        1,
        (arrays, rows) -> {
          var p = new Parameters(arrays, model.fitted().settings());
          NDArray table = vectors[0].length == 0 ? null : table(rows, vectors);
          var x = new Inputs(table, null, null, null, known, Inputs.Dropout.NONE);
          NDArray sides = reading.sides(p, x);
          NDArray winners = Torch.rows(sides, IntStream.of(chosen).map(place::get).toArray());
          NDArray losers = Torch.rows(sides, IntStream.of(rejected).map(place::get).toArray());
          return reading.read(p, winners.expandDims(0), losers.expandDims(0), null).weights();
        })[0];
  }

  private static NDArray table(Inference.Rows rows, float[][] vectors) {
    return new Inference.Rows(0, vectors.length, rows.manager()).of(vectors);
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    String who = answersOfOne.size() == 0 ? "newcomer" : answersOfOne.answering().get(0);
    return new Read(who + " (" + name() + ")", model, read(answersOfOne));
  }

  @Override
  public Scorer population() {
    return model.population();
  }

  /** Somebody as they were read. */
  private record Read(String name, BasisModel model, double[] weights) implements Scorer {

    @Override
    public double[] margins(Preferences answers) {
      return model.byWeight(answers).at(weights);
    }

    @Override
    public double temperature() {
      return model.temperature();
    }
  }

  // ------------------------------------------------------------------------------------- itself

  @Override
  public int numbers() {
    return model.prototypes();
  }

  @Override
  public boolean knows(String user) {
    return model.knows(user);
  }

  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    return model.rewards(user, prompt, items);
  }

  @Override
  public double[] margins(Preferences answers) {
    return model.margins(answers);
  }

  @Override
  public double temperature() {
    return model.temperature();
  }

  @Override
  public Provenance provenance() {
    return model.provenance();
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Sheet sheet() {
    String sizes = Texts.format("%,d, %,d", model.users().size(), model.items().size());
    var history = model.history();
    return new Sheet(
        List.of(name(), ""),
        List.of(
            List.of("users, items", sizes),
            List.of("active units", activeUnits() + " of " + model.prototypes()),
            List.of("best epoch", history.best() + " of " + history.epochs().size()),
            List.of("temperature", Texts.format("%.3f", temperature()))));
  }

  @Override
  public String toString() {
    return name() + " [" + model.fitted().spec() + "]";
  }
}
