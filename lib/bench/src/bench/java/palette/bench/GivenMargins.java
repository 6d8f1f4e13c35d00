package palette.bench;

import java.util.List;
import java.util.Map;
import palette.data.Preferences;
import palette.reward.PrototypeModel;
import palette.reward.Scorer;
import palette.reward.WeightMargins;
import palette.support.Provenance;

/** A model that has the margins of one batch and nothing else. */
record GivenMargins(WeightMargins margins, Prior prior) implements PrototypeModel {

  @Override
  public WeightMargins byWeight(Preferences answers) {
    return margins;
  }

  @Override
  public int prototypes() {
    return margins.columns();
  }

  @Override
  public double temperature() {
    return 1;
  }

  @Override
  public String name() {
    return "given margins";
  }

  @Override
  public List<String> users() {
    return List.of();
  }

  @Override
  public Provenance provenance() {
    return new Provenance(Map.of(), Map.of());
  }

  @Override
  public String text() {
    return name();
  }

  @Override
  public String html() {
    return name();
  }

  @Override
  public double[] weights(String user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] rewards(double[] weights, String prompt, List<String> items) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    throw new UnsupportedOperationException();
  }
}
