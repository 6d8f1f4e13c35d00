package palette.family;

import java.util.List;
import palette.data.Embedder;
import palette.data.Preferences;
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.fit.ChainedSpec;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.ModelSpec;
import palette.fit.Parameter;
import palette.fit.Sizes;
import palette.fit.UserWeights;
import palette.reward.Loss;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.Texts;

/**
 * A ridge of each user's own around the population:
 *
 * <pre>reward_u(x) = w_u . [x / size ; e_x],   w_u = w_0 + d_u,   d_u ~ N(0, I / ridge)</pre>
 *
 * with e_x the unit vector of a known item and {@code size} the vectors' root mean squared length,
 * so that content and items are believed alike. K is as many as the vectors' numbers and the known
 * items together. Items carry numbers of their own as {@link ModelSpec#carriesIdentities} says; an
 * item unknown to the training has its content alone.
 *
 * <p>It is solved in two steps, each convex and with one solution: w_0 is the {@link Population}'s
 * score over its temperature, and then d_u is everybody's own logistic ridge by Newton steps, in
 * the space that their answers span ({@link palette.numeric.Newton}). So nothing is drawn, training
 * users and newcomers are placed by one rule, and who has said nothing is the population. Of ridges
 * of 1, 3, 10, 30 and 100 answers that of the lowest validation loss is taken.
 *
 * <p>What it cannot do: people learn nothing from each other but w_0, so twenty answers say nothing
 * of items that are unlike those answered. Prompts are ignored. A model holds users times K
 * numbers.
 *
 * <pre>{@code
 * var model = Hierarchical.spec().fit(split.train());
 * }</pre>
 */
public final class Hierarchical extends BasisModel {
  static final Option<Double> RIDGE = Option.of("ridge", 0.0);

  Hierarchical(Fitted fitted) {
    super(fitted);
  }

  /** The ridge chosen on a tenth of the answers, vectors from the data. */
  public static Spec spec() {
    var settings = Settings.of(List.of(RIDGE, ChainedSpec.VALIDATION, ChainedSpec.SEED));
    return new Spec(settings.with(FitSpec.PROTOTYPES, 0), null);
  }

  /** Describes a hierarchical model; its prototypes are counted by the fit. */
  public static final class Spec extends ChainedSpec<Spec> {
    Spec(Settings settings, Embedder embedder) {
      super(settings, Loss.LOGISTIC, embedder);
    }

    /** How near people lie to the population, in answers; 0, the default: chosen by validation. */
    public Spec ridge(double answers) {
      return with(RIDGE, Checks.notNegative("ridge", answers));
    }

    @Override
    public Basis basis() {
      return new HierarchicalBasis();
    }

    @Override
    public List<Parameter.Start> start(Sizes n) {
      int k = n.prototypes();
      return List.of(
          UserWeights.OFFSET.zeros(n.users(), k),
          UserWeights.MEAN.zeros(k),
          HierarchicalBasis.SIZE.value(1));
    }

    @Override
    public Hierarchical model(Fitted fitted) {
      return new Hierarchical(fitted);
    }

    @Override
    public Spec like(Settings other, Loss same, Embedder otherEmbedder) {
      return new Spec(other, otherEmbedder);
    }

    @Override
    public ModelSpec everybody() {
      return Population.spec();
    }

    @Override
    public Hierarchical fit(Preferences train, Preferences validation) {
      return HierarchicalFit.fit(this, train, validation);
    }
  }

  @Override
  public String name() {
    return new HierarchicalBasis().name();
  }

  @Override
  protected List<List<String>> facts() {
    String own = Texts.format("%,d, %,d", users().size(), items().size());
    return List.of(
        List.of("users, items", own),
        List.of("weights", Texts.format("%,d", prototypes())),
        List.of("ridge", Texts.format("%.0f answers", prior().strength())),
        List.of("localization", "convex"),
        List.of("settings", fitted().spec().toString()));
  }
}
