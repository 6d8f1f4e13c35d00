package palette.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.embed.Embedder;
import palette.engine.Tensor;

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

  PalA(Fitted fitted) {
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

  /** Describes a PAL-A model. */
  public static final class Spec extends PalSpec<Spec> {
    Spec(Settings settings, Loss loss, Embedder embedder) {
      super(settings, loss, embedder);
    }

    @Override
    Spec with(Settings changed, Loss newLoss, Embedder newEmbedder) {
      return new Spec(changed, newLoss, newEmbedder);
    }

    /** f(x) = x + MLP(x); the dimension is that of the input. */
    public Spec residual(int hidden) {
      return mlp(hidden).with("map", MapKind.RESIDUAL);
    }

    /** How to measure; {@link Distance#SQUARED} by default. */
    public Spec distance(Distance distance) {
      return with("distance", distance);
    }

    /** Where the prototypes live; {@link Placement#MAPPED_THEN_MIXED} by default. */
    public Spec placement(Placement placement) {
      return with("placement", placement);
    }

    @Override
    public PalA fit(Preferences train) {
      var parts = setAside(train);
      return fit(parts.train(), parts.test());
    }

    @Override
    public PalA fit(Preferences train, Preferences validation) {
      var fitted = new PalFit(this).fit(train, validation, true, this::start, this::objective);
      return new PalA(Calibration.of(PalA::new, fitted, train, validation));
    }

    private Map<String, Tensor> start(Study study, SplittableRandom random) {
      int inputs = study.entries.dimension();
      int d = settings.integer("dimension");
      int k = settings.integer("prototypes");
      double deviation = 1 / Math.sqrt(d);
      var start = PalFit.users(settings, study, random);
      boolean latent =
          inputs == 0 || settings.option("placement", Placement.class) == Placement.LATENT;
      start.put("f.weight", PalFit.normal(d, inputs, deviation, random));
      if (latent) start.put("prototypes.latent", PalFit.normal(k, d, deviation, random));
      else start.put("prototypes", PalFit.normal(k, inputs, deviation, random));
      if (settings.flag("identity") || inputs == 0) {
        int items = study.items.size();
        start.put("items.identity", Tensor.of(new double[items * d], items, d));
      }
      return start;
    }

    private Objective objective(
        Study study, Map<String, Tensor> start, PalGroups groups, long seed) {
      return new LinearObjective(study, settings, loss, start, groups, seed);
    }

    @Override
    public String toString() {
      return "PAL-A " + settings + ", loss=" + loss;
    }
  }

  // --------------------------------------------------------------------------------- inference

  @Override
  double[][] points(float[][] features, int[] identity) {
    double[][] u = mapped(features);
    Tensor offsets = fitted.parameters().get("items.identity");
    for (int i = 0; offsets != null && i < u.length; i++) {
      for (int l = 0; identity[i] >= 0 && l < u[i].length; l++) {
        u[i][l] += offsets.values()[identity[i] * u[i].length + l];
      }
    }
    return u;
  }

  private double[][] mapped(float[][] features) {
    Tensor a = fitted.parameters().get("f.weight");
    int d = a.size(0);
    int inputs = a.size(1);
    double[][] u = new double[features.length][d];
    for (int i = 0; i < u.length; i++) {
      for (int l = 0; l < d; l++) {
        double sum = 0;
        for (int c = 0; c < inputs; c++)
          sum += (double) a.values()[l * inputs + c] * features[i][c];
        u[i][l] = sum;
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
    if (latent != null) return latent.rows();
    Tensor p = fitted.parameters().get("prototypes");
    float[][] rows = new float[p.size(0)][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Arrays.copyOfRange(p.values(), k * p.size(1), (k + 1) * p.size(1));
    }
    return mapped(rows);
  }

  @Override
  public double[] idealPoint(String user) {
    return point(weights(user), prototypePoints());
  }

  @Override
  public double[][] itemPoints(List<String> items) {
    var catalog = Catalog.of(items);
    return points(features(catalog, items(), "item"), identities(catalog));
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
