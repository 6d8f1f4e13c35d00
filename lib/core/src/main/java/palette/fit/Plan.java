package palette.fit;

import java.util.Map;
import palette.engine.Tensor;
import palette.support.Checks;

/**
 * Which way a fit goes, and why; it stands in the model's provenance.
 *
 * @param path its name
 * @param reason why this one, with the sizes that decided
 * @param opening makes the objective
 */
public record Plan(String path, String reason, Opening opening) {

  /** Opens an objective at these parameters; the seed is that of its noise. */
  public interface Opening {
    Objective open(Map<String, Tensor> start, long seed);
  }

  /**
   * The way that every basis can go. On the CPU its K rewards of the distinct items of a batch come
   * from libtorch and pairs and users from loops; on a GPU all of it is one graph there.
   */
  public static Plan general(Task task) {
    boolean generic = task.settings().get(FitSpec.GENERIC_SHARE) > 0; // the graph knows nobody such
    if (task.device().isGpu() && !generic) return graph(task, "on " + task.device());
    return new Plan(
        "rewards by graph",
        "any basis on the CPU",
        (start, seed) -> BasisObjective.of(task, task.perSide(), start, seed, GraphRewards::new));
  }

  /**
   * The same where an encoder learns: on the CPU, as a step there goes by parts that fit into the
   * memory.
   */
  static Plan encoded(Task task) {
    Checks.require(
        task.basis().linear() && !task.basis().readsPeople(),
        "encoder(..)",
        "a family whose margins are linear in what a person weighs",
        task.basis().name() + " with these options");
    return new Plan(
        "encoder and rewards by graph",
        "the encoder learns: " + task.settings().get(ModelSpec.TUNING),
        (start, seed) -> BasisObjective.of(task, task.perSide(), start, seed, GraphRewards::new));
  }

  /** One graph from the maps to the margins. */
  public static Plan graph(Task task, String reason) {
    return graph(task, reason, GraphObjective.margins(task.basis(), task.perSide()));
  }

  /** One graph with margins that need not be linear in the users' weights. */
  public static Plan graph(Task task, String reason, GraphObjective.Margins margins) {
    return new Plan(
        "one graph", reason, (start, seed) -> new GraphObjective(task, start, seed, margins));
  }

  @Override
  public String toString() {
    return path + ": " + reason;
  }
}
