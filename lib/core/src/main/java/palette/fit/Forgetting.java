package palette.fit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import palette.engine.Tensor;
import palette.reward.PrototypeModel;
import palette.support.InputException;
import palette.support.Provenance;

/** A fitted model without one user's numbers; no other number changes. */
final class Forgetting {
  private static final String FORGOTTEN = "forgotten";

  private final Fitted fitted;
  private final int user;

  private Forgetting(Fitted fitted, int user) {
    this.fitted = fitted;
    this.user = user;
  }

  static Fitted forget(Fitted fitted, String user) {
    int u = fitted.users().indexOf(user);
    if (u < 0) throw PrototypeModel.stranger(user, fitted.users().size());
    if (fitted.users().size() == 1) {
      throw new InputException(
          "user '" + user + "'",
          "a model of two training users or more",
          "a model of this one alone",
          "Delete the model: all of it was learned from this user.");
    }
    return new Forgetting(fitted, u).without();
  }

  private Fitted without() {
    int n = fitted.users().size();
    int[] others = IntStream.range(0, n).filter(u -> u != user).toArray();
    return new Fitted(
        fitted.spec(),
        fitted.users().select(others),
        fitted.items(),
        fitted.prompts(),
        parameters(),
        fitted.prior(),
        fitted.temperature(),
        fitted.fallback(),
        fitted.history(),
        provenance());
  }

  private Map<String, Tensor> parameters() {
    var ofUsers = ofUsers();
    var kept = new LinkedHashMap<String, Tensor>();
    fitted
        .parameters()
        .forEach((name, t) -> kept.put(name, ofUsers.contains(name) ? withoutRow(t) : t));
    return kept;
  }

  /** The names of what each user has numbers of their own in. */
  private Set<String> ofUsers() {
    return fitted.spec().start(sizes()).stream()
        .map(Parameter.Start::parameter)
        .filter(p -> p.kind() == Parameter.Kind.USER)
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  private Sizes sizes() {
    boolean joint = fitted.spec().basis().joint() && fitted.prompts().size() > 0;
    return new Sizes(
        fitted.settings(),
        fitted.users().size(),
        fitted.items().size(),
        fitted.items().dimension() + (joint ? fitted.prompts().dimension() : 0),
        fitted.prompts().size(),
        fitted.prompts().dimension(),
        Parameter.IDENTITY.of(fitted.parameters()) != null);
  }

  private Tensor withoutRow(Tensor all) {
    int row = all.values().length / all.size(0);
    float[] kept = Arrays.copyOf(all.values(), all.values().length - row);
    int after = (user + 1) * row;
    System.arraycopy(all.values(), after, kept, user * row, all.values().length - after);
    long[] shape = all.shape().clone();
    shape[0]--;
    return new Tensor(shape, kept);
  }

  // How many, and never who.
  private Provenance provenance() {
    var what = new HashMap<>(fitted.provenance().what());
    int before = Integer.parseInt(what.getOrDefault(FORGOTTEN, "0"));
    what.put(FORGOTTEN, "" + (before + 1));
    return new Provenance(what, fitted.provenance().circumstances());
  }
}
