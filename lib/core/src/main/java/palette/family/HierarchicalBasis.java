package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import palette.fit.Basis;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.ItemRewards;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Space;

/** What an item is, as a basis: r = [x / size ; e_x], with e_x zero where items carry no own. */
record HierarchicalBasis() implements Basis {
  static final Parameter SIZE = Parameter.scale("size");

  @Override
  public String name() {
    return "hierarchical";
  }

  @Override
  public Space space() {
    return Space.FREE;
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    return List.of(SIZE.value(1));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray size = p.get(SIZE);
    int inputs = x.hasItems() ? (int) x.items().getShape().get(1) : 0;
    int own = p.settings().get(FitSpec.PROTOTYPES) - inputs;
    NDArray content = inputs == 0 ? null : x.itemVectors().div(size);
    if (own == 0) return content;
    NDArray ones = x.own(size.getManager().eye(own).toType(size.getDataType(), false));
    return content == null ? ones : content.concat(ones, 1);
  }

  @Override
  public ItemRewards at(Fitted fitted, ItemRewards.Scene scene) {
    return new Rows(SIZE.of(fitted.parameters()).values()[0], scene);
  }

  /** Only the columns that an item has are touched. */
  record Rows(double size, ItemRewards.Scene scene) implements ItemRewards {

    @Override
    public void rewards(int item, int prompt, double[] into) {
      Arrays.fill(into, 0);
      add(item, 1, into);
    }

    @Override
    public void margins(int chosen, int rejected, int prompt, double[] into) {
      Arrays.fill(into, 0);
      add(chosen, 1, into);
      add(rejected, -1, into);
    }

    private void add(int item, double sign, double[] into) {
      float[] x = scene.items()[item];
      for (int c = 0; c < x.length; c++) into[c] += sign * x[c] / size;
      int own = x.length + scene.known()[item];
      if (scene.known()[item] >= 0 && own < into.length) into[own] += sign;
    }
  }
}
