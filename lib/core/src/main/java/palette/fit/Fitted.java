package palette.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.engine.Tensor;
import palette.personalize.Persons;
import palette.reward.History;
import palette.reward.Link;
import palette.reward.LinkFit;
import palette.reward.PrototypeModel;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Settings;
import palette.support.InputException;
import palette.support.Provenance;

/** Everything that a fit leaves behind and a saved model holds. */
public record Fitted(
    ModelSpec spec,
    Catalog users,
    Catalog items,
    Catalog prompts,
    Map<String, Tensor> parameters,
    Prior prior,
    double temperature,
    BasisModel fallback,
    History history,
    Provenance provenance) {
  private static final String FORGOTTEN = "forgotten";
  static final String LINK = "link";
  private static final double LEAST = 1e-9; // a weight of 0 has no logit

  /** The options of the spec. */
  public Settings settings() {
    return spec.settings();
  }

  /** What makes probabilities of margins. */
  Link link() {
    var own = new HashMap<String, double[]>();
    startingWith("link.").forEach((name, t) -> own.put(name, t.doubles()));
    return LearnedLoss.link(spec.loss(), own, temperature);
  }

  /** The same with a link whose numbers come from answers that were set aside. */
  Fitted linked(LinkFit fit) {
    var all = new LinkedHashMap<>(parameters);
    double[] shape = {fit.link().shape()};
    double[] position = {fit.link().position()};
    all.computeIfPresent(LearnedLoss.SHAPE.name(), (name, t) -> Tensor.of(shape, 1));
    all.computeIfPresent(LearnedLoss.POSITION.name(), (name, t) -> Tensor.of(position, 1));
    return with(spec, users, all, prior).saying(LINK, fit.toString());
  }

  /** The same with other mixes of these training users. */
  Fitted mixing(Persons people) {
    float[] offsets = UserWeights.OFFSET.of(parameters).values().clone();
    Tensor mean = UserWeights.MEAN.of(parameters);
    for (String user : people.users()) {
      double[] w = people.weights(user);
      for (int k = 0; k < w.length; k++) {
        double z = Math.log(Math.max(w[k], LEAST)) - (mean == null ? 0 : mean.values()[k]);
        offsets[users.indexOf(user) * w.length + k] = (float) z;
      }
    }
    var all = new LinkedHashMap<>(parameters);
    all.computeIfPresent(UserWeights.OFFSET.name(), (n, t) -> new Tensor(t.shape(), offsets));
    return with(spec, users, all, prior);
  }

  /** The same with what is learned after the maps. */
  public Fitted calibrated(Prior believed, double degree, BasisModel everybody) {
    return new Fitted(
        spec, users, items, prompts, parameters, believed, degree, everybody, history, provenance);
  }

  /** The same with one more thing known of where it comes from. */
  Fitted saying(String name, String what) {
    var all = new HashMap<>(provenance.what());
    all.put(name, what);
    var from = new Provenance(all, provenance.circumstances());
    return new Fitted(
        spec, users, items, prompts, parameters, prior, temperature, fallback, history, from);
  }

  /** The same with other numbers and what is believed by them. */
  public Fitted learned(ModelSpec other, Map<String, Tensor> numbers, Prior believed, String what) {
    return with(other, users, numbers, believed).saying("afterwards", what);
  }

  private Fitted with(ModelSpec its, Catalog people, Map<String, Tensor> numbers, Prior believed) {
    return new Fitted(
        its, people, items, prompts, numbers, believed, temperature, fallback, history, provenance);
  }

  /** The parameters whose names begin like this. */
  public Map<String, Tensor> startingWith(String prefix) {
    var some = new LinkedHashMap<String, Tensor>();
    parameters.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) some.put(name, tensor);
        });
    return some;
  }

  /** Vectors of what is wanted, as the fit saw them: a known id's, a catalog's, an embedder's. */
  float[][] features(Catalog items, IntPredicate wanted, Catalog known, String what) {
    float[][] rows = new float[items.size()][];
    float[] nothing = new float[known.dimension()];
    var units = VectorUnits.of(parameters);
    UnaryOperator<float[]> seen = known == prompts ? units::prompt : units::item;
    var toEmbed = new ArrayList<Integer>();
    for (int i = 0; i < rows.length; i++) {
      int k = wanted.test(i) ? known.indexOf(items.id(i)) : -1;
      if (!wanted.test(i)) rows[i] = nothing;
      else if (k >= 0) rows[i] = known.hasVectors() ? seen.apply(known.vector(k)) : nothing;
      else if (!known.hasVectors() && known.size() > 0) rows[i] = nothing; // by id only: average
      else if (items.hasVectors() && spec.encoder() == null)
        rows[i] = seen.apply(fitting(items, i, known, what));
      else toEmbed.add(i);
    }
    if (toEmbed.isEmpty()) return rows;
    if (spec.embedder() == null) throw noVector(items.id(toEmbed.get(0)), what);
    float[][] vectors = spec.embedder().checked(toEmbed.stream().map(items::text).toList());
    for (int i = 0; i < vectors.length; i++) rows[toEmbed.get(i)] = seen.apply(vectors[i]);
    return rows;
  }

  private static float[] fitting(Catalog items, int i, Catalog known, String what) {
    if (items.dimension() == known.dimension()) return items.vector(i);
    throw new InputException(
        "vector of " + what + " '" + items.id(i) + "'",
        known.dimension() + " numbers, as in training",
        "" + items.dimension(),
        "Take the vectors from the same embedder.");
  }

  private static InputException noVector(String id, String what) {
    return new InputException(
        what + " '" + id + "'",
        "a known id, or a vector",
        "neither, and the model has no embedder",
        "Give vectors with Catalog.withVectors, or fit with .embedder(...).");
  }

  /** Whoever knows items by id only can say nothing of another one. */
  public void requireKnown(List<String> wanted) {
    if (items.hasVectors() || spec.embedder() != null) return;
    for (var item : wanted) {
      if (items.indexOf(item) >= 0) continue;
      throw new InputException(
          "item '" + item + "'",
          "one of the " + items.size() + " training items",
          "a new one",
          "Fit with vectors or .embedder(...) to score new items.");
    }
  }

  /** Positions among the known items, -1 for new ones. */
  public int[] identities(Catalog wanted) {
    return identities(wanted, i -> true);
  }

  /** The same of those that will be looked at, -1 for others. */
  int[] identities(Catalog all, IntPredicate wanted) {
    return IntStream.range(0, all.size())
        .map(i -> wanted.test(i) ? items.indexOf(all.id(i)) : -1)
        .toArray();
  }

  /** The vectors of some items, as {@link #features} finds them. */
  public float[][] itemFeatures(Catalog wanted) {
    return features(wanted, i -> true, items, "item");
  }

  // ----------------------------------------------------------------------------------- forgetting

  /** The same without one user's numbers; no other number changes. */
  Fitted without(String user) {
    int u = users.indexOf(user);
    if (u < 0) throw PrototypeModel.stranger(user, users.size());
    if (users.size() == 1) {
      throw new InputException(
          "user '" + user + "'",
          "a model of two training users or more",
          "a model of this one alone",
          "Delete the model: all of it was learned from this user.");
    }
    int[] others = IntStream.range(0, users.size()).filter(other -> other != u).toArray();
    var without = with(spec, users.select(others), parametersWithout(u), prior);
    String written =
        provenance.what().getOrDefault(FORGOTTEN, "0"); // by any hand, in a saved model
    int before = written.matches("\\d{1,8}") ? Integer.parseInt(written) : 0;
    return without.saying(FORGOTTEN, "" + (before + 1)); // how many, and never who
  }

  private Map<String, Tensor> parametersWithout(int user) {
    var ofUsers = ofUsers();
    var kept = new LinkedHashMap<String, Tensor>();
    parameters.forEach(
        (name, t) -> kept.put(name, ofUsers.contains(name) ? withoutRow(t, user) : t));
    return kept;
  }

  /** The names of what each user has numbers of their own in. */
  private Set<String> ofUsers() {
    return spec.start(sizes()).stream()
        .map(Parameter.Start::parameter)
        .filter(p -> p.kind() == Parameter.Kind.USER)
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  private Sizes sizes() {
    return Sizes.of(
        spec,
        users.size(),
        items.size(),
        items.dimension(),
        prompts.size(),
        prompts.dimension(),
        Parameter.IDENTITY.of(parameters) != null);
  }

  private static Tensor withoutRow(Tensor all, int user) {
    int row = all.values().length / all.size(0);
    float[] kept = Arrays.copyOf(all.values(), all.values().length - row);
    int after = (user + 1) * row;
    System.arraycopy(all.values(), after, kept, user * row, all.values().length - after);
    long[] shape = all.shape().clone();
    shape[0]--;
    return new Tensor(shape, kept);
  }
}
