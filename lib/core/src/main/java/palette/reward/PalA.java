package palette.reward;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import palette.data.Catalog;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.support.Checks;
import palette.support.InputException;

/**
 * PAL-A, ideal points: a user is a point a = sum_k w_k f(p_k) among the images of K prototypes, and
 * likes an item the better the nearer its image lies,
 *
 * <pre>reward(x) = -|f(x) - a|^2,   P(l > r) = sigmoid((reward(l) - reward(r)) / temperature)</pre>
 *
 * with f: R^D -> R^d and all of f, p, w learned together. Where items are known by id only (D = 0)
 * they are points of the latent space themselves.
 *
 * <pre>{@code
 * var model = PalA.spec().prototypes(3).dimension(2).epochs(60).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: Chen et al., "PAL: Pluralistic Alignment Framework for Learning from Heterogeneous
 * Preferences", section 3.
 */
public final class PalA extends PalModel implements IdealPoints {

  PalA(FittedPal fitted) {
    super(fitted);
  }

  /** The defaults: two prototypes, linear f to 16 dimensions, squared distance, mixture. */
  public static Spec spec() {
    var settings =
        PalSpec.defaults()
            .with("distance", Distance.SQUARED)
            .with("placement", Placement.MAPPED_THEN_MIXED);
    return new Spec(settings, Loss.LOGISTIC, null);
  }

  /**
   * A saved model. One trained with MiniLM or on vectors of its own is whole again by itself.
   *
   * @throws palette.support.InputException if a file is missing, damaged or of another kind
   */
  public static PalA load(Path dir) {
    return ModelFiles.palA(dir, null);
  }

  /** A saved model that was trained with an embedder of one's own: the same one. */
  public static PalA load(Path dir, Embedder embedder) {
    return ModelFiles.palA(dir, Checks.present("embedder", embedder));
  }

  /** Describes a PAL-A model. */
  public static final class Spec extends PalSpec<Spec> {
    Spec(Settings settings, Loss loss, Embedder embedder) {
      super(settings, loss, embedder);
    }

    @Override
    Spec with(Settings changed, Loss newLoss, Embedder newEmbedder) {
      return new Spec(changed, newLoss, newEmbedder);
    }

    /** f(x) = x + MLP(x); the dimension has to be that of the input. */
    public Spec residual(int hidden) {
      return mlp(hidden).with("map", MapKind.RESIDUAL);
    }

    /** How to measure; {@link Distance#SQUARED} by default. */
    public Spec distance(Distance distance) {
      return with("distance", Checks.present("distance", distance));
    }

    /** Where the prototypes live; {@link Placement#MAPPED_THEN_MIXED} by default. */
    public Spec placement(Placement placement) {
      return with("placement", Checks.present("placement", placement));
    }

    @Override
    public PalA fit(Preferences train) {
      var parts = setAside(train);
      return fit(parts.train(), parts.test());
    }

    @Override
    public PalA fit(Preferences train, Preferences validation) {
      return new PalA(
          new PalFit(this).fit(train, validation, true, this::start, this::objective, PalA::new));
    }

    private Map<String, Tensor> start(Study study, SplittableRandom random) {
      int inputs = study.entries.dimension();
      int d = settings.integer("dimension");
      int k = settings.integer("prototypes");
      if (inputs > 0 && settings.option("map", MapKind.class) == MapKind.RESIDUAL && inputs != d) {
        throw new InputException(
            "residual f",
            "a dimension of " + inputs + ", as the vectors have",
            "" + d,
            "Say .dimension(" + inputs + "), or .mlp(hidden) for another one.");
      }
      double deviation = 1 / Math.sqrt(d);
      var start = PalFit.users(settings, study, random);
      boolean latent =
          inputs == 0 || settings.option("placement", Placement.class) == Placement.LATENT;
      if (inputs > 0) new Maps(settings).startItems(start, inputs, random);
      if (latent) start.put("prototypes.latent", PalFit.normal(k, d, deviation, random));
      else start.put("prototypes", PalFit.normal(k, inputs, deviation, random));
      if (PalFit.carriesIdentity(settings, study)) {
        start.put("items.identity", PalFit.identities(study, d, inputs == 0, random));
      }
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
          PalMargins.a(settings),
          chosenDevice(),
          DataType.FLOAT32);
    }

    // See LinearObjective; what it leaves out goes through the plain path.
    private boolean linearInWeights() {
      boolean apart =
          settings.option("placement", Placement.class) != Placement.MIXED_THEN_MAPPED
              && settings.real("dropout") == 0
              && settings.real("boundStrength") == 0;
      return (settings.option("map", MapKind.class) == MapKind.LINEAR || apart)
          && settings.option("distance", Distance.class) == Distance.SQUARED
          && !chosenDevice().isGpu();
    }

    @Override
    String model() {
      return "PAL-A";
    }
  }

  // --------------------------------------------------------------------------------- inference

  @Override
  double[][] points(float[][] features, int[] identity) {
    double[][] u = mapped(features);
    fitted.addIdentities(u, identity);
    return u;
  }

  /** f of some vectors: in double precision where f is linear. */
  private double[][] mapped(float[][] features) {
    Tensor a = fitted.parameters().get("f.weight");
    if (a != null) return linear(a, features);
    if (!fitted.parameters().containsKey("f.1.weight")) {
      return new double[features.length][fitted.settings().integer("dimension")];
    }
    var maps = new Maps(fitted.settings());
    return Inference.run(fitted.startingWith("f."), features, (p, x) -> maps.items(p, x, asItIs()));
  }

  private static double[][] linear(Tensor a, float[][] features) {
    int inputs = a.size(1);
    double[][] u = new double[features.length][a.size(0)];
    for (int i = 0; i < u.length; i++) {
      for (int l = 0; l < u[i].length; l++) {
        for (int c = 0; c < inputs; c++) {
          u[i][l] += (double) a.values()[l * inputs + c] * features[i][c];
        }
      }
    }
    return u;
  }

  @Override
  double[][][] prototypes(float[][] promptFeatures) {
    return new double[][][] {prototypePoints()};
  }

  @Override
  public double[][] prototypePoints() {
    Tensor latent = fitted.parameters().get("prototypes.latent");
    return latent != null ? latent.rows() : mapped(inputs());
  }

  /** The prototypes in input space, [K][D]. */
  private float[][] inputs() {
    Tensor p = fitted.parameters().get("prototypes");
    float[][] rows = new float[p.size(0)][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Arrays.copyOfRange(p.values(), k * p.size(1), (k + 1) * p.size(1));
    }
    return rows;
  }

  @Override
  double[] point(double[] w, double[][] prototypes) {
    return mixesLinearly() ? super.point(w, prototypes) : mapped(new float[][] {mix(w)})[0];
  }

  private float[] mix(double[] w) {
    float[][] p = inputs();
    float[] mixed = new float[p[0].length];
    for (int k = 0; k < p.length; k++) {
      for (int c = 0; c < mixed.length; c++) mixed[c] += (float) w[k] * p[k][c];
    }
    return mixed;
  }

  @Override
  boolean mixesLinearly() {
    return fitted.parameters().containsKey("prototypes.latent")
        || fitted.settings().option("map", MapKind.class) == MapKind.LINEAR
        || fitted.settings().option("placement", Placement.class) != Placement.MIXED_THEN_MAPPED;
  }

  @Override
  public double[] idealPoint(String user) {
    return point(weights(user), prototypePoints());
  }

  @Override
  public double[][] itemPoints(List<String> items) {
    var catalog = Catalog.of(items);
    boolean[] all = new boolean[items.size()];
    Arrays.fill(all, true);
    return points(fitted.features(catalog, all, items(), "item"), fitted.identities(catalog));
  }

  @Override
  Closeness closeness() {
    return Closeness.of(fitted.settings().option("distance", Distance.class));
  }

  @Override
  double scale() {
    return 1;
  }

  @Override
  boolean joint() {
    return fitted.prompts().size() > 0;
  }
}
