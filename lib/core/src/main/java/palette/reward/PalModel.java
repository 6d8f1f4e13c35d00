package palette.reward;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/** What PAL-A and PAL-B have in common once they are fitted: plain numbers, no native memory. */
public abstract sealed class PalModel implements PrototypeModel, Tabled permits PalA, PalB {
  final FittedPal fitted;
  private final double[][] weights;

  PalModel(FittedPal fitted) {
    this.fitted = fitted;
    this.weights = fitted.weights();
  }

  /** No unit is silenced outside training. */
  static UnaryOperator<NDArray> asItIs() {
    return UnaryOperator.identity();
  }

  // -------------------------------------------------------------- what a subclass has to say

  /** Latent points of items, shape [n][d]; identity is the known item's position or -1. */
  abstract double[][] points(float[][] features, int[] identity);

  /** The prototypes as one prompt sees them, shape [prompts][K][d]; one entry without prompts. */
  abstract double[][][] prototypes(float[][] promptFeatures);

  /** The user's point. Where it is not the mix of the prototypes, this is overridden. */
  double[] point(double[] w, double[][] prototypes) {
    double[] a = new double[prototypes[0].length];
    for (int k = 0; k < prototypes.length; k++) {
      for (int l = 0; l < a.length; l++) a[l] += w[k] * prototypes[k][l];
    }
    return a;
  }

  /** Whether a user's point is linear in the weights. */
  boolean mixesLinearly() {
    return true;
  }

  abstract Closeness closeness();

  /** What the closeness is multiplied by; 1 for PAL-A. */
  abstract double scale();

  /** Whether f sees the item together with its prompt. */
  abstract boolean joint();

  // ------------------------------------------------------------------------ the model at large

  @Override
  public int prototypes() {
    return fitted.settings().integer("prototypes");
  }

  @Override
  public List<String> users() {
    return fitted.users().ids();
  }

  @Override
  public boolean knows(String user) {
    return fitted.users().indexOf(user) >= 0;
  }

  @Override
  public double[] weights(String user) {
    return weights[position(user)].clone();
  }

  @Override
  public Prior prior() {
    return fitted.prior();
  }

  @Override
  public double temperature() {
    return fitted.temperature();
  }

  /**
   * Writes the model into a folder: manifest.json and weights.safetensors. An existing model of
   * that name is replaced whole; a folder with anything else in it is an error.
   *
   * @throws palette.support.InputException if the name is taken
   */
  public void save(Path dir) {
    ModelFiles.save(this, dir);
  }

  /** What happened in each epoch. */
  public History history() {
    return fitted.history();
  }

  /** The items that were trained on. */
  public Catalog items() {
    return fitted.items();
  }

  @Override
  public Provenance provenance() {
    return fitted.provenance();
  }

  private int position(String user) {
    int u = fitted.users().indexOf(user);
    if (u < 0) {
      throw new InputException(
          "user '" + user + "'",
          "one of the " + fitted.users().size() + " training users",
          "somebody new",
          "Place them with Localizer.of(model).fit(answers), or use model.population().");
    }
    return u;
  }

  // -------------------------------------------------------------------------------- rewarding

  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    return rewards(weights[position(user)], prompt, items);
  }

  @Override
  public double[] rewards(double[] w, String prompt, List<String> items) {
    var all = Catalog.of(items.stream().distinct().toList());
    var asked = prompt == null ? Catalog.empty() : Catalog.of(List.of(prompt));
    var seen = Sight.of(this, all, asked);
    double[] rewards = new double[items.size()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = seen.reward(w, all.indexOf(items.get(i)), prompt == null ? -1 : 0);
    }
    return rewards;
  }

  @Override
  public double[] margins(Preferences answers) {
    int[] who = new int[answers.users().size()];
    Arrays.fill(who, -1);
    for (int row = 0; row < answers.size(); row++) {
      int u = answers.user(row);
      if (who[u] < 0) who[u] = position(answers.users().id(u));
    }
    var seen = byWeight(answers);
    double[] margins = new double[answers.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = seen.margin(row, padded(weights[who[answers.user(row)]]), null);
    }
    return margins;
  }

  private double[] padded(double[] w) {
    return w.length == fitted.prior().center().length
        ? w
        : Arrays.copyOf(w, fitted.prior().center().length);
  }

  @Override
  public WeightMargins byWeight(Preferences answers) {
    return Sight.of(this, answers).margins(answers);
  }

  @Override
  public Scorer population() {
    return new Scorer() {
      @Override
      public String name() {
        return PalModel.this.name() + " at the population's weights";
      }

      @Override
      public double[] margins(Preferences answers) {
        var seen = byWeight(answers);
        double[] margins = new double[answers.size()];
        for (int j = 0; j < margins.length; j++) {
          margins[j] = seen.margin(j, fitted.prior().center(), null);
        }
        return margins;
      }

      @Override
      public double temperature() {
        return PalModel.this.temperature();
      }
    };
  }

  @Override
  public String name() {
    String kind = this instanceof PalA ? "PAL-A" : "PAL-B";
    var loss = fitted.spec().loss;
    return kind + ", K=" + prototypes() + (loss.equals(Loss.LOGISTIC) ? "" : ", " + loss.name());
  }

  private List<List<String>> facts() {
    var prior = fitted.prior();
    var best = fitted.history().epochs().get(fitted.history().best() - 1);
    var facts = new ArrayList<List<String>>();
    facts.addAll(
        List.of(
            List.of(
                "users, items, prompts",
                Texts.format(
                    "%,d, %,d, %,d",
                    fitted.users().size(), fitted.items().size(), fitted.prompts().size())),
            List.of(
                "best epoch",
                Texts.format(
                    "%d of %d, training loss %.4f, validation loss %.4f",
                    best.epoch(),
                    fitted.history().epochs().size(),
                    best.trainLoss(),
                    best.validationLoss())),
            List.of("temperature", Texts.format("%.3f", fitted.temperature())),
            List.of(
                "population's weights",
                Texts.format("%s", rounded(prior.center()))
                    + (prior.populationColumn() ? ", the last for the population model" : "")),
            List.of("strength of the prior", Texts.format("%.2f answers", prior.strength())),
            List.of(
                "localization", localizesConvexly() ? "convex" : "not convex: several starts")));
    for (var line : Texts.folded(fitted.spec().toString(), 90)) {
      facts.add(List.of(line.startsWith("PAL") ? "settings" : "", line));
    }
    return facts;
  }

  final boolean localizesConvexly() {
    return closeness().linear() && mixesLinearly();
  }

  private static String rounded(double[] values) {
    var parts = Arrays.stream(values).mapToObj(v -> Texts.format("%.2f", v)).toList();
    return String.join(" ", parts);
  }

  @Override
  public Sheet sheet() {
    return new Sheet(List.of(name(), ""), facts());
  }

  @Override
  public String toString() {
    return name() + " [" + fitted.spec() + "]";
  }
}
