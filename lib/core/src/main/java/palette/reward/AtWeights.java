package palette.reward;

import palette.data.Preferences;

/** A model at one point of its weights, for whoever answered. */
record AtWeights(String name, PrototypeModel model, double[] weights) implements Scorer {

  @Override
  public double[] margins(Preferences answers) {
    return model.byWeight(answers).at(weights);
  }

  @Override
  public double temperature() {
    return model.temperature();
  }

  @Override
  public Link link() {
    return model.link();
  }
}
