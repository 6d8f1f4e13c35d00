package palette.behaviour;

import java.util.List;
import java.util.function.Function;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.Simplex;
import palette.personalize.Person;
import palette.reward.PrototypeModel;
import palette.support.Checks;

/** Whoever says how good answers to a prompt are: the population, a person, or the truth. */
@FunctionalInterface
public interface Judge {

  /** A number for each item, higher is better; the prompt may be null. */
  double[] rewards(String prompt, List<String> items);

  /** One reward for everybody, at the population's weights. */
  static Judge population(PrototypeModel model) {
    return of(Person.of(model, "everybody", model.prior().center()));
  }

  /** The reward of one prototype alone, counted from 0. */
  static Judge prototype(PrototypeModel model, int k) {
    Checks.require(k >= 0 && k < model.prototypes(), "k", "0 to " + (model.prototypes() - 1), k);
    double[] alone = Simplex.vertex(model.prior().center().length, k);
    return of(Person.of(model, "prototype " + (k + 1), alone));
  }

  /** What somebody is believed to want, of a placed person or a training user. */
  static Judge of(Person person) {
    return (prompt, items) -> person.model().rewards(person.weights(), prompt, items);
  }

  /**
   * Whatever gives margins, {@code model::margins} or {@code world::margins}, about items with
   * vectors that no fit has met: rewards less that of the first item asked about.
   */
  static Judge of(Function<Preferences, double[]> margins, String user, Catalog items) {
    return (prompt, ids) -> {
      var pairs = Preferences.builder();
      for (var id : items.ids()) pairs.item(id, null);
      var others = ids.subList(1, ids.size());
      for (var id : others) pairs.add(new Comparison(user, prompt, id, ids.get(0)));
      double[] rewards = new double[ids.size()];
      double[] more = margins.apply(pairs.build().withItems(items));
      System.arraycopy(more, 0, rewards, 1, more.length);
      return rewards;
    };
  }
}
