package palette.reward;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which tensors a saved model must hold, and in which shapes, by its spec and its sizes. */
final class ModelShapes {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Settings settings;
  private final long k;
  private final long d;
  private final long hidden;

  /**
   * How many users, items and prompts a model has, how long their vectors are (0: none), and
   * whether its items carry offsets, which an identity of "auto" leaves open.
   */
  record Sizes(
      long users, long items, long itemInputs, long prompts, long promptInputs, boolean offsets) {}

  private ModelShapes(Settings settings) {
    this.settings = settings;
    this.k = settings.integer("prototypes");
    this.d = settings.integer("dimension");
    this.hidden = settings.integer("hidden");
  }

  static Map<String, long[]> palA(Settings settings, Sizes sizes) {
    var made = new ModelShapes(settings);
    long inputs = sizes.itemInputs + sizes.promptInputs;
    boolean latent =
        inputs == 0 || settings.option("placement", Placement.class) == Placement.LATENT;
    made.users(sizes.users);
    made.map(inputs);
    if (latent) made.put("prototypes.latent", made.k, made.d);
    else made.put("prototypes", made.k, inputs);
    made.identities(sizes, inputs);
    return made.shapes;
  }

  static Map<String, long[]> palB(Settings settings, Sizes sizes) {
    var made = new ModelShapes(settings);
    made.users(sizes.users);
    made.map(sizes.itemInputs);
    if (sizes.prompts > 0) made.heads(sizes.promptInputs);
    else made.put("prototypes.latent", made.k, made.d);
    made.identities(sizes, sizes.itemInputs);
    made.put("scale", 1);
    return made.shapes;
  }

  static Map<String, long[]> population(long items, long inputs) {
    var shapes = new LinkedHashMap<String, long[]>();
    shapes.put("content", new long[] {inputs});
    shapes.put("items", new long[] {items});
    shapes.put("ridges", new long[] {2});
    return shapes;
  }

  private void users(long users) {
    put("users.offset", users, k);
    if (settings.real("userPrior") > 0) put("users.mean", k);
  }

  private void identities(Sizes sizes, long inputs) {
    boolean carried =
        switch (settings.option("identity", String.class)) {
          case "yes" -> true;
          case "no" -> inputs == 0;
          default -> sizes.offsets || inputs == 0;
        };
    if (carried) put("items.identity", sizes.items, d);
  }

  private void map(long inputs) {
    if (inputs == 0) return;
    if (linear()) {
      put("f.weight", d, inputs);
      return;
    }
    put("f.1.weight", hidden, inputs);
    put("f.1.bias", hidden);
    put("f.2.weight", d, hidden);
    put("f.2.bias", d);
  }

  private void heads(long inputs) {
    if (linear()) {
      put("heads.weight", k * d, inputs);
      return;
    }
    put("heads.1.weight", k * hidden, inputs);
    put("heads.1.bias", k * hidden);
    put("heads.2.weight", k, hidden, d);
    put("heads.2.bias", k, 1, d);
  }

  private boolean linear() {
    return settings.option("map", MapKind.class) == MapKind.LINEAR;
  }

  private void put(String name, long... shape) {
    shapes.put(name, shape);
  }
}
