package palette.reward;

import palette.engine.AdamGroup;

/**
 * How Adam treats each parameter of a PAL model. Priors are stated in answers: the objective is the
 * sum over answers plus {@code prior / 2 * |parameter|^2}, so for a mean over answers of total
 * weight W the ridge is prior / W.
 */
record PalGroups(Settings settings, double totalWeight) {

  AdamGroup of(String name) {
    double maps = settings.real("mapRate");
    double users = settings.real("userRate");
    return switch (name) {
      case "users.offset" -> new AdamGroup(users, ridge("userPrior"), settings.real("userDecay"));
      case "users.mean" -> AdamGroup.of(users);
      case "prototypes", "prototypes.latent" ->
          new AdamGroup(settings.real("prototypeRate"), ridge("mapPrior"), 0);
      case "items.identity" -> new AdamGroup(maps, ridge("identityPrior"), 0);
      case "scale" -> AdamGroup.of(maps);
      default -> new AdamGroup(maps, ridge("mapPrior"), settings.real("mapDecay"));
    };
  }

  private double ridge(String prior) {
    return settings.real(prior) / totalWeight;
  }
}
