package palette.family;

import java.util.List;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.fit.ChainedSpec;
import palette.fit.Fitted;
import palette.fit.ModelSpec;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.Texts;

/**
 * One score for everybody, the baseline of every comparison.
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
public final class Population extends BasisModel {
  static final Option<Double> RIDGE = Option.of("ridge", 0.0);
  static final Option<Double> IDENTITY_RIDGE = Option.of("identityRidge", 0.0);
  static final List<Option<?>> OPTIONS =
      List.of(RIDGE, IDENTITY_RIDGE, ChainedSpec.VALIDATION, ChainedSpec.SEED);

  Population(Fitted fitted) {
    super(fitted);
  }

  /** The defaults: both ridges chosen on a tenth of the answers, vectors from the data. */
  public static Spec spec() {
    return new Spec(Settings.of(OPTIONS), null);
  }

  /** Describes a population model. */
  public static final class Spec extends ChainedSpec<Spec> {
    Spec(Settings settings, Embedder embedder) {
      super(settings, null, embedder);
    }

    /**
     * A Gaussian prior on v, {@code answers / 2 * |v|^2}. 0, the default: of 10, 100 and 1000 the
     * best on the validation answers, 100 without any.
     */
    public Spec ridge(double answers) {
      return with(RIDGE, Checks.notNegative("ridge", answers));
    }

    /** The same on the items' own numbers; 0: of 1, 3, 10, 30 and 100 the best, 10 without. */
    public Spec identityRidge(double answers) {
      return with(IDENTITY_RIDGE, Checks.notNegative("identityRidge", answers));
    }

    @Override
    public Basis basis() {
      return new PopulationBasis();
    }

    @Override
    public Population model(Fitted fitted) {
      return new Population(fitted);
    }

    @Override
    public Spec like(Settings other, Loss none, Embedder otherEmbedder) {
      return new Spec(other, otherEmbedder);
    }

    /** None: it is the score for everybody itself. */
    @Override
    public ModelSpec everybody() {
      return null;
    }

    @Override
    public Population fit(Preferences train, Preferences validation) {
      return PopulationFit.fit(this, train, validation);
    }
  }

  @Override
  public String name() {
    return "population";
  }

  @Override
  protected List<List<String>> facts() {
    int inputs = items().dimension();
    String vectors = inputs == 0 ? "by id only" : "with vectors of " + inputs;
    return List.of(
        List.of("items", Texts.format("%,d %s", items().size(), vectors)),
        List.of("ridge on content, on items", ridges()),
        List.of("temperature", Texts.format("%.3f", temperature())),
        List.of("settings", fitted().spec().toString()));
  }

  private String ridges() {
    float[] used = PopulationBasis.RIDGES.of(fitted().parameters()).values();
    return Texts.format("%.0f, %.0f answers", used[0], used[1]);
  }
}
