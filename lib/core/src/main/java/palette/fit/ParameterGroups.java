package palette.fit;

import java.util.HashMap;
import java.util.Map;
import palette.engine.AdamGroup;
import palette.reward.Settings;

/**
 * How Adam treats each parameter, by its kind. Priors are stated for a mean over answers, so that
 * they mean the same for fifty users and for fifty thousand: the loss is
 *
 * <pre>
 * mean over answers + mapPrior / 2 |maps|^2 + mean over users of userPrior / 2 |logits - mean|^2
 * </pre>
 */
public record ParameterGroups(Settings settings, int users, Map<String, Parameter.Kind> kinds) {

  /** Those of all that a model learns. */
  static ParameterGroups of(ModelSpec spec, Sizes sizes) {
    var kinds = new HashMap<String, Parameter.Kind>();
    for (var start : spec.start(sizes)) {
      kinds.put(start.parameter().name(), start.parameter().kind());
    }
    return new ParameterGroups(spec.settings(), sizes.users(), kinds);
  }

  /** The rates and priors of a parameter by its name. */
  public AdamGroup of(String name) {
    double maps = settings.get(FitSpec.MAP_RATE);
    double users = settings.get(FitSpec.USER_RATE);
    double prior = settings.get(FitSpec.MAP_PRIOR);
    return switch (kinds.get(name)) {
      case MAP -> new AdamGroup(maps, prior, settings.get(FitSpec.MAP_DECAY));
      case PROTOTYPE -> new AdamGroup(settings.get(FitSpec.PROTOTYPE_RATE), prior, 0);
      case ITEM -> new AdamGroup(maps, settings.get(FitSpec.IDENTITY_PRIOR), 0);
      case SCALE -> AdamGroup.of(maps);
      case USER -> new AdamGroup(users, userPrior(), settings.get(FitSpec.USER_DECAY));
      case USERS -> AdamGroup.of(users);
    };
  }

  private double userPrior() {
    return settings.get(FitSpec.USER_PRIOR) / this.users;
  }
}
