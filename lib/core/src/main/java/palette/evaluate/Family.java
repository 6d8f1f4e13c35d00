package palette.evaluate;

import java.util.List;
import java.util.function.IntFunction;
import palette.data.Preferences;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.support.Checks;

/**
 * A way to model people, at one size or at several of which the data choose: each is fitted on the
 * same training answers and judged by its log loss on the validation answers of the training users.
 * Whether the simplest is enough, {@link Choice} says; otherwise the first of the others is taken
 * whose loss lies above the lowest by no more than one standard error of the difference, paired by
 * user. That error is smaller than people differ: it takes more prototypes, which predict better
 * where one is not enough, and would take them where one is. What is taken is fitted already, so
 * choosing among four sizes costs four fits. Test answers play no part.
 *
 * @param name in tables; null for the fitted model's own
 * @param vectors whether it says nothing of items that are known by id only
 * @param sizes the values to choose among, the simplest first, K of most families; 0 where there is
 *     nothing to choose
 * @param specs makes a spec of a size
 */
public record Family(
    String name, boolean vectors, List<Integer> sizes, IntFunction<? extends RewardSpec> specs) {

  public Family {
    sizes = List.copyOf(Checks.notEmpty("sizes", sizes));
    Checks.present("specs", specs);
  }

  /** One spec as it is, under its model's name. */
  public static Family of(RewardSpec spec) {
    return new Family(null, false, List.of(0), size -> spec);
  }

  /** A family that chooses among K = 1, 2, 4 and 8. */
  static Family sized(String name, IntFunction<? extends RewardSpec> specs) {
    return new Family(name, false, List.of(1, 2, 4, 8), specs);
  }

  /** The same for items with vectors only. */
  Family needingVectors() {
    return new Family(name, true, sizes, specs);
  }

  /** The same as one of several: its fits have checkpoints of their own, where they have any. */
  Family part(String part) {
    return new Family(name, vectors, sizes, size -> specs.apply(size).part(part));
  }

  /** What was taken: a size and its fitted model. */
  record Taken(int size, RewardModel model) {}

  Taken fit(Preferences train, Preferences validation, long seed) {
    if (sizes.size() == 1) return fit(sizes.get(0), train, validation, seed);
    var plan = new SweepPlan<>("size", sizes, specs::apply, 1, seed, 1);
    var sweep = plan.run(spec -> spec.fit(train, validation), validation);
    var taken = taken(sweep, validation);
    return new Taken(taken.value(), taken.model());
  }

  static Sweep.Run<Integer> taken(Sweep<Integer> sweep, Preferences validation) {
    var runs = sweep.runs();
    var simplest = runs.get(0);
    var choice = Choice.of(List.of(sweep), 1, validation);
    if (choice.chosen().equals(simplest.value())) return simplest;
    var lowest = runs.get(sweep.values().indexOf(choice.lowest().value()));
    var others = runs.stream().skip(1);
    return others.filter(run -> isAsGood(run, lowest)).findFirst().orElseThrow();
  }

  private static boolean isAsGood(Sweep.Run<?> run, Sweep.Run<?> lowest) {
    var above = run.evaluation().perUser().lossesAbove(lowest.evaluation().perUser());
    double[] loss = Choice.overUsers(List.of(above));
    return loss[0] <= loss[1];
  }

  Taken fit(int size, Preferences train, Preferences validation, long seed) {
    var spec = specs.apply(size).seed(seed).threads(1);
    return new Taken(size, spec.fit(train, validation));
  }
}
