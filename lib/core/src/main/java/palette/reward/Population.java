package palette.reward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * One score for everybody, the baseline of every comparison:
 *
 * <pre>s(x) = v . x + e_x,   P(l > r) = sigmoid((s(l) - s(r)) / temperature)</pre>
 *
 * with v in R^D for what an item says and a shrunk number e_x of its own for each item that was
 * trained on; an item unknown to the training has e_x = 0, and items known by id only have no v.
 * The fit is convex and has one solution. It knows every user, because it asks for none, and
 * <b>prompts are ignored</b>: the score of an answer does not depend on the question.
 *
 * <pre>{@code
 * var everybody = Population.spec().embedder(Embedders.miniLm()).fit(split.train());
 * }</pre>
 */
public final class Population implements RewardModel, Tabled {
  final Fitted fitted;
  private final double[] content; // v
  private final double[] own; // e

  /** Everything that a fit leaves behind and a saved model holds. */
  record Fitted(
      Spec spec,
      Catalog items,
      Map<String, Tensor> parameters,
      double temperature,
      Provenance provenance) {}

  Population(Fitted fitted) {
    this.fitted = fitted;
    this.content = fitted.parameters.get("content").doubles();
    this.own = fitted.parameters.get("items").doubles();
  }

  /** The defaults: both ridges chosen on a tenth of the answers, vectors from the data. */
  public static Spec spec() {
    var settings =
        Settings.none()
            .with("ridge", 0.0)
            .with("identityRidge", 0.0)
            .with("validation", 0.1)
            .with("seed", 0L);
    return new Spec(settings, null);
  }

  /**
   * A saved model. One trained with MiniLM or on vectors of its own is whole again by itself.
   *
   * @throws palette.support.InputException if a file is missing, damaged or of another kind
   */
  public static Population load(Path dir) {
    return ModelFiles.population(dir, null);
  }

  /** A saved model that was trained with an embedder of one's own: the same one. */
  public static Population load(Path dir, Embedder embedder) {
    return ModelFiles.population(dir, Checks.present("embedder", embedder));
  }

  /** Describes a population model. Every option returns a new spec. */
  public static final class Spec implements RewardSpec, Tabled {
    final Settings settings;
    final Embedder embedder; // null: vectors come with the data

    Spec(Settings settings, Embedder embedder) {
      this.settings = settings;
      this.embedder = embedder;
    }

    private Spec with(String name, Object value) {
      return new Spec(settings.with(name, value), embedder);
    }

    /**
     * A Gaussian prior on v, {@code answers / 2 * |v|^2}. 0, the default: of 10, 100 and 1000 the
     * best on the validation answers, 100 without any.
     */
    public Spec ridge(double answers) {
      return with("ridge", Checks.notNegative("ridge", answers));
    }

    /** The same on the items' own numbers; 0: of 1, 3, 10, 30 and 100 the best, 10 without. */
    public Spec identityRidge(double answers) {
      return with("identityRidge", Checks.notNegative("identityRidge", answers));
    }

    /** The share of the training answers that is set aside to choose by; 0 for none. */
    public Spec validation(double share) {
      Checks.require(share >= 0 && share < 1, "validation", "a share in [0, 1)", share);
      return with("validation", share);
    }

    /** What turns texts into vectors, where the data bring none. */
    public Spec embedder(Embedder changed) {
      return new Spec(settings, changed);
    }

    /** The seed of the validation answers; nothing else is drawn. */
    @Override
    public Spec seed(long value) {
      return with("seed", value);
    }

    @Override
    public Population fit(Preferences train) {
      double share = settings.real("validation");
      if (share == 0) return fit(train, train.select(new int[0]));
      var parts = train.splitByAnswer(1 - share, settings.number("seed"));
      return fit(parts.train(), parts.test());
    }

    @Override
    public Population fit(Preferences train, Preferences validation) {
      return PopulationFit.fit(this, train, validation);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spec that
          && settings.equals(that.settings)
          && embedder == that.embedder;
    }

    @Override
    public int hashCode() {
      return settings.hashCode();
    }

    @Override
    public Sheet sheet() {
      return settings.naming(embedder).sheet("population");
    }

    @Override
    public String toString() {
      return "population " + settings.naming(embedder);
    }
  }

  // -------------------------------------------------------------------------------- rewarding

  /** The scores of any items. {@code features} holds a row an item; rows may be empty for D = 0. */
  double[] scores(Catalog items, float[][] features) {
    double[] scores = new double[items.size()];
    for (int i = 0; i < scores.length; i++) {
      int known = fitted.items.indexOf(items.id(i));
      double sum = known < 0 ? 0 : own[known];
      for (int c = 0; c < content.length; c++) sum += content[c] * features[i][c];
      scores[i] = sum;
    }
    return scores;
  }

  /** The vectors of the items wanted: a known id wins, then the catalog's, then the embedder's. */
  private float[][] features(Catalog items, boolean[] wanted) {
    float[][] rows = new float[items.size()][content.length];
    var toEmbed = new ArrayList<Integer>();
    for (int i = 0; i < rows.length && content.length > 0; i++) {
      int known = fitted.items.indexOf(items.id(i));
      if (!wanted[i]) continue;
      if (known >= 0) rows[i] = fitted.items.vector(known);
      else if (items.hasVectors()) rows[i] = fitting(items, i);
      else toEmbed.add(i);
    }
    if (toEmbed.isEmpty()) return rows;
    if (fitted.spec.embedder == null) throw noVector(items.id(toEmbed.get(0)));
    float[][] vectors = fitted.spec.embedder.embed(toEmbed.stream().map(items::text).toList());
    for (int i = 0; i < vectors.length; i++) rows[toEmbed.get(i)] = vectors[i];
    return rows;
  }

  private float[] fitting(Catalog wanted, int i) {
    if (wanted.dimension() == content.length) return wanted.vector(i);
    throw new InputException(
        "vector of '" + wanted.id(i) + "'",
        content.length + " numbers, as in training",
        "" + wanted.dimension(),
        "Take the vectors from the same embedder.");
  }

  private static InputException noVector(String item) {
    return new InputException(
        "item '" + item + "'",
        "a known id, or a vector",
        "neither, and the model has no embedder",
        "Give vectors with Catalog.withVectors, or fit with .embedder(...).");
  }

  /** Always: the score is everybody's. */
  @Override
  public boolean knows(String user) {
    return true;
  }

  /** The scores of the items; user and prompt play no role. */
  @Override
  public double[] rewards(String user, String prompt, List<String> items) {
    var distinct = Catalog.of(items.stream().distinct().toList());
    if (content.length == 0) distinct.ids().forEach(this::requireKnown);
    boolean[] all = new boolean[distinct.size()];
    Arrays.fill(all, true);
    double[] scores = scores(distinct, features(distinct, all));
    return items.stream().mapToDouble(item -> scores[distinct.indexOf(item)]).toArray();
  }

  private void requireKnown(String item) {
    if (fitted.items.indexOf(item) >= 0) return;
    throw new InputException(
        "item '" + item + "'",
        "one of the " + fitted.items.size() + " training items",
        "a new one",
        "Fit with vectors or .embedder(...) to score new items.");
  }

  /** By id only, an item unknown to the training counts as an average one: its score is 0. */
  @Override
  public double[] margins(Preferences answers) {
    boolean[] occurs = new boolean[answers.items().size()];
    for (int row = 0; row < answers.size(); row++) {
      occurs[answers.chosen(row)] = true;
      occurs[answers.rejected(row)] = true;
    }
    double[] scores = scores(answers.items(), features(answers.items(), occurs));
    double[] margins = new double[answers.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = scores[answers.chosen(row)] - scores[answers.rejected(row)];
    }
    return margins;
  }

  @Override
  public double temperature() {
    return fitted.temperature;
  }

  /** Writes the model into a folder; see {@link PalModel#save}. */
  public void save(Path dir) {
    ModelFiles.save(this, dir);
  }

  /** The items that were trained on. */
  public Catalog items() {
    return fitted.items;
  }

  @Override
  public Provenance provenance() {
    return fitted.provenance;
  }

  @Override
  public String name() {
    return "population";
  }

  private List<List<String>> facts() {
    String vectors = content.length == 0 ? "by id only" : "with vectors of " + content.length;
    return List.of(
        List.of("items", Texts.format("%,d %s", fitted.items.size(), vectors)),
        List.of("ridge on content, on items", ridges()),
        List.of("temperature", Texts.format("%.3f", fitted.temperature)),
        List.of("settings", fitted.spec.toString()));
  }

  private String ridges() {
    float[] used = fitted.parameters.get("ridges").values();
    return Texts.format("%.0f, %.0f answers", used[0], used[1]);
  }

  @Override
  public Sheet sheet() {
    return new Sheet(List.of(name(), ""), facts());
  }

  @Override
  public String toString() {
    return name() + " [" + fitted.spec + "]";
  }
}
