package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.fit.Basis;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.ItemRewards;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Option;
import palette.reward.Space;

/** The population as a basis: one reward, r(x) = v.x + e_x, which all weigh by 1. */
record PopulationBasis() implements Basis {
  static final Parameter CONTENT = Parameter.map("content"); // v
  static final Parameter OWN = Parameter.item("items"); // e
  static final Parameter RIDGES = Parameter.scale("ridges"); // both, as the fit chose them

  @Override
  public String name() {
    return "population";
  }

  @Override
  public Space space() {
    return Space.POINT;
  }

  @Override
  public List<Option<?>> options() {
    return Population.OPTIONS;
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    return List.of(CONTENT.zeros(n.inputs()), OWN.zeros(n.items()), RIDGES.zeros(2));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray own = x.own(p.get(OWN).reshape(-1, 1));
    return x.hasItems() ? x.itemVectors().matMul(p.get(CONTENT).reshape(-1, 1)).add(own) : own;
  }

  @Override
  public ItemRewards at(Fitted fitted, ItemRewards.Scene scene) {
    return new Scores(
        CONTENT.of(fitted.parameters()).doubles(), OWN.of(fitted.parameters()).doubles(), scene);
  }

  /** In double precision; an item that is not known has e = 0, one without a vector v.x = 0. */
  private record Scores(double[] content, double[] own, ItemRewards.Scene scene)
      implements ItemRewards {

    @Override
    public void rewards(int item, int prompt, double[] into) {
      int known = scene.known()[item];
      double sum = known < 0 ? 0 : own[known];
      float[] x = scene.items()[item];
      for (int c = 0; c < x.length; c++) sum += content[c] * x[c];
      into[0] = sum;
    }
  }
}
