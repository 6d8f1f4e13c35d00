package palette.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.personalize.Localizer;
import palette.personalize.TextPrior;
import palette.reward.History;
import palette.reward.Link;
import palette.reward.Loss;
import palette.reward.PrototypeModel;
import palette.reward.Scorer;
import palette.reward.Space;
import palette.reward.WeightMargins;
import palette.store.ModelFolder;
import palette.store.SavedTexts;
import palette.support.Checks;
import palette.support.Provenance;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * A fitted {@link Basis}: plain numbers, no native memory. It can be used from any thread, and
 * gives the same rewards to the last bit when it was saved and loaded.
 */
public class BasisModel implements PrototypeModel, Tabled {
  private final Fitted fitted;
  private final Basis basis;
  private final double[][] weights;
  private final Link link;
  private final Tensor temperatures; // of users, as logarithms; null: all have one

  /** A model of what was learned. */
  public BasisModel(Fitted fitted) {
    this.fitted = fitted;
    this.basis = fitted.spec().basis();
    this.weights = UserWeights.of(fitted, basis.space());
    this.link = fitted.link();
    this.temperatures = LearnedLoss.TEMPERATURE.of(fitted.parameters());
  }

  /** What was learned, and from what. */
  public final Fitted fitted() {
    return fitted;
  }

  final Basis basis() {
    return basis;
  }

  // -------------------------------------------------------------------------------------- users

  @Override
  public int prototypes() {
    return basis.space() == Space.POINT ? 1 : fitted.settings().get(FitSpec.PROTOTYPES);
  }

  @Override
  public List<String> users() {
    return fitted.users().ids();
  }

  /** Whether the user took part in the training; everybody where all have one reward. */
  @Override
  public boolean knows(String user) {
    return basis.space() == Space.POINT || fitted.users().indexOf(user) >= 0;
  }

  @Override
  public double[] weights(String user) {
    if (basis.space() == Space.POINT) return new double[] {1};
    int u = fitted.users().indexOf(user);
    if (u < 0) throw PrototypeModel.stranger(user, fitted.users().size());
    return weights[u].clone();
  }

  @Override
  public Prior prior() {
    return fitted.prior();
  }

  @Override
  public double temperature() {
    return fitted.temperature();
  }

  @Override
  public Link link() {
    return link;
  }

  @Override
  public double sharpness(String user) {
    int u = temperatures == null ? -1 : fitted.users().indexOf(user);
    return u < 0 ? 1 : Math.exp(-temperatures.values()[u]);
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    return Localizer.of(this).fit(answersOfOne);
  }

  // ---------------------------------------------------------------------------------- rewarding

  @Override
  public double[] rewards(double[] w, String prompt, List<String> items) {
    fitted.requireKnown(items);
    int least = prototypes();
    int most = prior().center().length;
    Checks.require(
        w.length >= least && w.length <= most, "weights", least + " to " + most, w.length);
    int own = basis.space().beside(); // a mix alone is somebody without a taste of their own
    double[] full = Arrays.copyOf(w, Math.max(w.length, least + own));
    var all = Catalog.of(items.stream().distinct().toList());
    var asked = prompt == null ? Catalog.empty() : Catalog.of(List.of(prompt));
    var encoded = EncodedItems.of(this, all, asked);
    double[] rewards = new double[items.size()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = encoded.reward(full, all.indexOf(items.get(i)), prompt == null ? -1 : 0);
    }
    return rewards;
  }

  @Override
  public WeightMargins byWeight(Preferences answers) {
    return EncodedItems.of(this, answers).margins(answers);
  }

  /**
   * The same model for answers that share its catalogs of items and prompts, which it encodes once
   * and not for each call; for one thread.
   */
  public BasisModel encoded() {
    var encoded = EncodedItems.of(this, items(), fitted.prompts());
    return new BasisModel(fitted) {
      @Override
      public WeightMargins byWeight(Preferences answers) {
        return encoded.margins(answers);
      }
    };
  }

  // ------------------------------------------------------------------------------------- itself

  /**
   * Writes the model into a folder: manifest.json, weights.safetensors, and USE.md, which says how
   * to use them in another language. An existing model of that name is replaced whole; a folder
   * with anything else in it is an error.
   *
   * @throws palette.support.InputException if the name is taken
   */
  public void save(Path dir) {
    SavedBasis.save(this, null, dir);
  }

  /** The same with what texts about people say, learned with this model; see {@link #texts}. */
  public void save(Path dir, TextPrior texts) {
    SavedBasis.save(this, Checks.present("texts", texts), dir);
  }

  /**
   * What texts about people say, as it was saved with this model: the same to the last bit.
   *
   * <pre>{@code
   * model.save(dir, TextPrior.of(Localizer.of(model), train, Embedders.miniLm()));
   * var texts = PalA.load(dir).texts(dir, Embedders.miniLm());
   * }</pre>
   *
   * @throws palette.support.InputException if there is none, it is damaged, or it was learned with
   *     another model or embedder
   */
  public TextPrior texts(Path dir, Embedder embedder) {
    Checks.present("embedder", embedder);
    var manifest = ModelFolder.manifest(dir, basis().name());
    var tensors = SavedBasis.tensors(fitted);
    return SavedTexts.read(dir, manifest, Localizer.of(this), tensors, embedder);
  }

  /**
   * The same model without a training user: id and numbers are gone, and everybody else's rewards
   * are equal to the last bit. Save it in the place of the old one to forget them there too. What
   * all users share was learned from their answers as well, and stays; so do ids and texts of items
   * that nobody else was asked about, and the hash of the training answers. Only a fit without them
   * undoes those.
   *
   * @throws palette.support.InputException if the user is not one of several training users
   */
  public BasisModel forget(String user) {
    return fitted.spec().model(fitted.without(user));
  }

  /** What happened in each epoch; null where there were none. */
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

  @Override
  public String name() {
    var loss = fitted.spec().loss();
    String other = loss == null || loss.equals(Loss.LOGISTIC) ? "" : ", " + loss.name();
    return basis.name() + ", K=" + prototypes() + other;
  }

  /** What the model shows of itself: a name and a value a row. */
  protected List<List<String>> facts() {
    var prior = fitted.prior();
    var facts = new ArrayList<List<String>>();
    facts.add(List.of("users, items, prompts", sizes()));
    facts.add(List.of("best epoch", bestEpoch()));
    facts.add(List.of("temperature", Texts.format("%.3f", fitted.temperature())));
    addSaid(facts, "link", Fitted.LINK);
    facts.add(
        List.of(
            "population's weights",
            Texts.format("%s", rounded(prior.space().mix(prior.center())))
                + (prior.populationColumn() ? ", the last for the population model" : "")));
    facts.add(List.of("strength of the prior", Texts.format("%.2f answers", prior.strength())));
    facts.add(List.of("localization", localization()));
    addSaid(facts, "tastes", "tastes");
    addSaid(facts, "beliefs", "beliefs");
    addSaid(facts, "training", "path");
    addFolded(facts, "settings", fitted.spec().toString());
    return facts;
  }

  private String localization() {
    if (!basis.linear()) return "not convex: several starts";
    return link().kind().convex() ? "convex" : "not convex, by the link: from the prior's center";
  }

  private String sizes() {
    return Texts.format(
        "%,d, %,d, %,d", fitted.users().size(), fitted.items().size(), fitted.prompts().size());
  }

  private String bestEpoch() {
    var history = fitted.history();
    var best = history.epochs().get(history.best() - 1);
    return Texts.format(
        "%d of %d%s, training loss %.4f, validation loss %.4f",
        best.epoch(),
        history.epochs().size(),
        history.interrupted() ? ", interrupted" : "",
        best.trainLoss(),
        best.validationLoss());
  }

  private void addSaid(List<List<String>> facts, String name, String key) {
    String said = provenance().what().get(key);
    if (said != null) addFolded(facts, name, said);
  }

  private static void addFolded(List<List<String>> facts, String name, String text) {
    String title = name;
    for (var line : Texts.folded(text, 90)) {
      facts.add(List.of(title, line));
      title = "";
    }
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
