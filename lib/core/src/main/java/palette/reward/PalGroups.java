package palette.reward;

import palette.engine.AdamGroup;

/**
 * How Adam treats each parameter of a PAL model. Priors are stated for a mean over answers, so that
 * they mean the same for fifty users and for fifty thousand: the loss is
 *
 * <pre>
 * mean over answers + mapPrior / 2 |maps|^2 + mean over users of userPrior / 2 |logits - mean|^2
 * </pre>
 */
record PalGroups(Settings settings, int users) {

  AdamGroup of(String name) {
    double maps = settings.real("mapRate");
    double rate = settings.real("userRate");
    return switch (name) {
      case "users.offset" ->
          new AdamGroup(rate, settings.real("userPrior") / users, settings.real("userDecay"));
      case "users.mean" -> AdamGroup.of(rate);
      case "prototypes", "prototypes.latent" ->
          new AdamGroup(settings.real("prototypeRate"), settings.real("mapPrior"), 0);
      case "items.identity" -> new AdamGroup(maps, settings.real("identityPrior"), 0);
      case "scale" -> AdamGroup.of(maps);
      default -> new AdamGroup(maps, settings.real("mapPrior"), settings.real("mapDecay"));
    };
  }
}
