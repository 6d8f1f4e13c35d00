package palette.family;

import palette.data.Embedder;
import palette.family.read.ReadModel;
import palette.family.read.Reading;
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.ModelSpec;
import palette.reward.Loss;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.Checks;

/**
 * Describes a model of any family, one of your own too.
 *
 * <pre>{@code
 * var model = BasisSpec.of(new LoRe()).prototypes(5).seed(7).fit(split.train());
 * }</pre>
 */
public final class BasisSpec extends FitSpec<BasisSpec> {
  private final Basis basis;

  private BasisSpec(Basis basis, Settings settings, Loss loss, Embedder embedder) {
    super(settings, loss, embedder);
    this.basis = basis;
  }

  /** A family with every option at its default. */
  public static BasisSpec of(Basis basis) {
    Checks.present("basis", basis);
    var settings = defaults(COMMON, basis);
    if (basis.space() == Space.POINT) settings = settings.with(PROTOTYPES, 1);
    return new BasisSpec(basis, settings, Loss.LOGISTIC, null);
  }

  /** K; 1 where everybody has the same reward. */
  @Override
  public BasisSpec prototypes(int k) {
    boolean one = basis.space() == Space.POINT;
    Checks.require(!one || k == 1, "prototypes", "1, since all have one reward", k);
    return super.prototypes(k);
  }

  @Override
  public Basis basis() {
    return basis;
  }

  @Override
  public BasisSpec like(Settings other, Loss otherLoss, Embedder otherEmbedder) {
    return new BasisSpec(basis, other, otherLoss, otherEmbedder);
  }

  @Override
  public BasisModel model(Fitted fitted) {
    return basis instanceof Reading ? new ReadModel(fitted) : new BasisModel(fitted);
  }

  @Override
  public ModelSpec everybody() {
    return Population.spec();
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && basis.equals(((BasisSpec) other).basis);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
