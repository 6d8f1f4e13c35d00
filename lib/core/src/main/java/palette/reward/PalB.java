package palette.reward;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.support.Checks;
import palette.support.Texts;

/**
 * PAL-B, prompt-conditioned prototypes: each prototype k is a map g_k from prompts to directions, a
 * user mixes them, and likes an item the more it points that way,
 *
 * <pre>reward(x; c) = s * f(x) . z(c),   z(c) = sum_k w_k g_k(c),   s = min(exp(scale), 100)</pre>
 *
 * with f and every g_k on the unit sphere (the paper's form, in which localization is convex) or
 * with raw g_k and z on the unit sphere ({@link Spec#normalisedMixture}, the reference code's).
 * Without prompts g_k is a learned direction.
 *
 * <pre>{@code
 * var model = PalB.spec().embedder(Embedders.miniLm()).prototypes(4).dimension(64).hidden(256)
 *     .epochs(10).seed(7).fit(parts.train());
 * }</pre>
 *
 * Source: Chen et al., "PAL: Pluralistic Alignment Framework for Learning from Heterogeneous
 * Preferences", section 3; the sign is that of a reward throughout.
 */
public final class PalB extends PalModel {

  PalB(FittedPal fitted) {
    super(fitted);
  }

  /** The defaults: two prototypes, MLPs with 256 hidden units to 64 dimensions, mixture. */
  public static Spec spec() {
    var settings =
        PalSpec.defaults()
            .with("map", MapKind.MLP)
            .with("dimension", 64)
            .with("mapRate", 1e-3)
            .with("prototypeRate", 1e-3)
            .with("userRate", 1e-2)
            .with("epochs", 20)
            .with("normalisedMixture", false);
    return new Spec(settings, Loss.LOGISTIC, null);
  }

  /**
   * A saved model. One trained with MiniLM or on vectors of its own is whole again by itself.
   *
   * @throws palette.support.InputException if a file is missing, damaged or of another kind
   */
  public static PalB load(Path dir) {
    return ModelFiles.palB(dir, null);
  }

  /** A saved model that was trained with an embedder of one's own: the same one. */
  public static PalB load(Path dir, Embedder embedder) {
    return ModelFiles.palB(dir, Checks.present("embedder", embedder));
  }

  /** Describes a PAL-B model. */
  public static final class Spec extends PalSpec<Spec> {
    Spec(Settings settings, Loss loss, Embedder embedder) {
      super(settings, loss, embedder);
    }

    @Override
    Spec with(Settings changed, Loss newLoss, Embedder newEmbedder) {
      return new Spec(changed, newLoss, newEmbedder);
    }

    /** Heads as they come and the mixture scaled to length 1; localization is not convex then. */
    public Spec normalisedMixture() {
      return with("normalisedMixture", true);
    }

    @Override
    public PalB fit(Preferences train) {
      var parts = setAside(train);
      return fit(parts.train(), parts.test());
    }

    @Override
    public PalB fit(Preferences train, Preferences validation) {
      return new PalB(
          new PalFit(this).fit(train, validation, false, this::start, this::objective, PalB::new));
    }

    private Map<String, Tensor> start(Study study, SplittableRandom random) {
      int inputs = study.entries.dimension();
      int d = settings.integer("dimension");
      var start = PalFit.users(settings, study, random);
      var maps = new Maps(settings);
      if (inputs > 0) maps.startItems(start, inputs, random);
      if (study.prompts.size() > 0) {
        Checks.require(
            settings.real("boundStrength") == 0,
            "prototypeBound",
            "answers without prompts, or PAL-A",
            Texts.count(study.prompts.size(), "prompt"));
        maps.startHeads(start, study.prompts.dimension(), random);
      } else {
        int k = settings.integer("prototypes");
        start.put("prototypes.latent", PalFit.normal(k, d, 1 / Math.sqrt(d), random));
      }
      if (PalFit.carriesIdentity(settings, study)) {
        start.put("items.identity", PalFit.identities(study, d, inputs == 0, random));
      }
      start.put("scale", Tensor.of(new double[] {Math.log(1 / 0.07)}, 1));
      return start;
    }

    private Objective objective(
        Study study, Map<String, Tensor> start, PalGroups groups, long seed) {
      if (linearInWeights()) return new LinearObjective(study, settings, loss, start, groups, seed);
      return new GraphObjective(
          study,
          settings,
          loss,
          start,
          groups,
          seed,
          PalMargins.b(settings),
          chosenDevice(),
          DataType.FLOAT32);
    }

    // See LinearObjective; what it leaves out goes through the plain path.
    private boolean linearInWeights() {
      return !settings.flag("normalisedMixture")
          && settings.real("boundStrength") == 0
          && !chosenDevice().isGpu();
    }

    @Override
    String model() {
      return "PAL-B";
    }
  }

  // --------------------------------------------------------------------------------- inference

  @Override
  double[][] points(float[][] features, int[] identity) {
    double[][] u = new double[features.length][fitted.settings().integer("dimension")];
    if (fitted.parameters().containsKey("f.weight")
        || fitted.parameters().containsKey("f.1.weight")) {
      var maps = new Maps(fitted.settings());
      u = Inference.run(fitted.startingWith("f."), features, (p, x) -> maps.items(p, x, asItIs()));
    }
    fitted.addIdentities(u, identity);
    for (double[] row : u) scaleToUnit(row);
    return u;
  }

  @Override
  double[][][] prototypes(float[][] promptFeatures) {
    int k = prototypes();
    Tensor constant = fitted.parameters().get("prototypes.latent");
    if (constant != null) return new double[][][] {sphere(constant.rows())};
    var maps = new Maps(fitted.settings());
    float[][] rows = new float[promptFeatures.length + 1][];
    rows[0] = new float[fitted.prompts().dimension()]; // no prompt
    System.arraycopy(promptFeatures, 0, rows, 1, promptFeatures.length);
    double[][] flat =
        Inference.run(fitted.startingWith("heads."), rows, (p, c) -> maps.heads(p, c, asItIs()));
    double[][][] heads = new double[rows.length][][];
    for (int i = 0; i < heads.length; i++) heads[i] = sphere(cut(flat[i], k));
    return heads;
  }

  private double[][] sphere(double[][] heads) {
    if (!fitted.settings().flag("normalisedMixture")) for (double[] g : heads) scaleToUnit(g);
    return heads;
  }

  private static double[][] cut(double[] flat, int k) {
    int d = flat.length / k;
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) rows[i] = java.util.Arrays.copyOfRange(flat, i * d, (i + 1) * d);
    return rows;
  }

  private static void scaleToUnit(double[] row) {
    double length = Math.max(1e-12, Math.sqrt(Closeness.DOT.at(row, row, null)));
    for (int l = 0; l < row.length; l++) row[l] /= length;
  }

  @Override
  Closeness closeness() {
    return fitted.settings().flag("normalisedMixture") ? Closeness.COSINE : Closeness.DOT;
  }

  @Override
  double scale() {
    return Math.min(Math.exp(fitted.parameters().get("scale").values()[0]), 100);
  }

  @Override
  boolean joint() {
    return false;
  }
}
