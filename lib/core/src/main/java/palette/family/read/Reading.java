package palette.family.read;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import palette.fit.Basis;
import palette.fit.Inputs;
import palette.fit.Parameters;
import palette.fit.Plan;
import palette.fit.Task;
import palette.reward.Settings;
import palette.reward.Space;
import palette.support.Checks;

/**
 * A basis whose users are read from their answers,
 *
 * <pre>reward_u(x) = w_u . r(x),   w_u = read(the answers of u)</pre>
 *
 * It is trained as it will be used: each step reads the people of a batch from some of their other
 * answers, as many each, from one to {@code context}, and descends the loss of the batch's answers.
 * Specs need {@code userPrior(0)}, since nothing of users is learned.
 */
public interface Reading extends Basis {

  /** What each item brings to an answer that is read, [m][S]. */
  NDArray sides(Parameters p, Inputs x);

  /**
   * Reads some people.
   *
   * @param chosen the sides of what they chose, [people][answers][S]
   * @param rejected the sides of what they did not
   * @param noise what to draw by in training; null elsewhere
   */
  People read(Parameters p, NDArray chosen, NDArray rejected, Noise noise);

  /**
   * People as they were read.
   *
   * @param weights w, [people][K]
   * @param price a scalar that is added to the mean loss of an answer; null for none
   */
  record People(NDArray weights, NDArray price) {}

  /** Random numbers of a training step, and how many steps were before it. */
  record Noise(RandomGenerator random, int step) {}

  /** How much each person's mean loss counts in a step, given these losses; null: by answers. */
  default double[] counts(Settings settings, double[] losses) {
    return null;
  }

  @Override
  default Space space() {
    return Space.FREE;
  }

  @Override
  default boolean readsPeople() {
    return true;
  }

  @Override
  default Plan plan(Task task) {
    var loss = task.loss();
    Checks.require(
        !loss.shape() && !loss.position() && !loss.userTemperatures() && !loss.choices(),
        name(),
        "a loss of single pairs that learns no numbers of its own",
        loss.name());
    return new Plan(
        "reader",
        "people are read from their answers",
        (start, seed) -> new ReadingObjective(this, task, start, seed));
  }
}
