package palette.policy;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.behaviour.Judge;
import palette.engine.AdamGroup;
import palette.support.Checks;
import palette.support.Seeds;

/**
 * How a reward changes a policy: KL-regularised policy gradient, which maximises
 *
 * <pre>E[reward(answer)] - beta KL(policy || base)</pre>
 *
 * and so goes to base exp(reward / beta) / Z, as {@link Dpo} does by pairs and {@code
 * BestOfN.sample} without training. A step draws some answers y_1 .. y_n to each prompt, and moves
 * along the mean of
 *
 * <pre>
 * a_i grad log pi(y_i),  a_i = R_i - (mean of the other R_j),
 * R_i = reward(y_i) - beta (log pi(y_i) - log base(y_i))
 * </pre>
 *
 * (REINFORCE with a leave-one-out baseline, arXiv 2402.14740), by Adam.
 *
 * <pre>{@code
 * var course = PolicyGradient.of(base).beta(.5).train(prompts, Judge.prototype(pal, 1));
 * course.policy().generate("What is ice like?");
 * course.rounds().get(29).divergence();           // nats from base, after 29 steps
 * }</pre>
 *
 * @param beta what a nat from the base costs, in units of the reward
 * @param answers how many are drawn to a prompt in a step
 * @param rate Adam's learning rate
 * @param seed of what is drawn
 */
public record PolicyGradient(
    Policy base, double beta, int answers, int steps, double rate, long seed) {

  /** Checks the numbers. */
  public PolicyGradient {
    Checks.present("base", base);
    Checks.notNegative("beta", beta);
    Checks.atLeast(2, "answers", answers);
    Checks.atLeast(1, "steps", steps);
    Checks.positive("rate", rate);
  }

  /** The defaults: beta .5, 4 answers to a prompt, 30 steps at a rate of 3e-4, seed 1. */
  public static PolicyGradient of(Policy base) {
    return new PolicyGradient(base, .5, 4, 30, 3e-4, 1);
  }

  /** The same with another price of a nat from the base. */
  public PolicyGradient beta(double price) {
    return new PolicyGradient(base, price, answers, steps, rate, seed);
  }

  /** The same with so many answers to a prompt in a step. */
  public PolicyGradient answers(int count) {
    return new PolicyGradient(base, beta, count, steps, rate, seed);
  }

  /** The same with so many steps. */
  public PolicyGradient steps(int count) {
    return new PolicyGradient(base, beta, answers, count, rate, seed);
  }

  /** The same at another learning rate. */
  public PolicyGradient rate(double value) {
    return new PolicyGradient(base, beta, answers, steps, value, seed);
  }

  /** The same with other draws. */
  public PolicyGradient seed(long value) {
    return new PolicyGradient(base, beta, answers, steps, rate, value);
  }

  /** What a policy has become, and what was drawn before each step. */
  public record Course(Policy policy, List<Round> rounds) {}

  /**
   * What was drawn before a step.
   *
   * @param reward the mean of the answers' rewards
   * @param divergence the mean of log pi - log base over the answers: KL(policy || base) in nats,
   *     estimated
   * @param said the answers to each prompt, in the prompts' order
   */
  public record Round(double reward, double divergence, List<List<String>> said) {}

  /** Trains by the reward of answers to these prompts. */
  public Course train(List<String> prompts, Judge reward) {
    Checks.notEmpty("prompts", prompts);
    var goal = new Drawn(prompts, reward);
    int[] rows = IntStream.range(0, goal.rows()).toArray();
    var draws = Seeds.stream(seed, "policy gradient");
    var rounds = new ArrayList<Round>();
    try (var objective =
        new PolicyObjective(
            Device.cpu(),
            base.shape,
            Voices.ONE,
            base.weights,
            goal,
            name -> AdamGroup.of(rate),
            Runtime.getRuntime().availableProcessors(),
            DataType.FLOAT32)) {
      for (int step = 0; step < steps; step++) {
        rounds.add(goal.draw(base.with(objective.parameters()), draws));
        objective.step(rows, 0, rows.length);
      }
      return new Course(base.with(objective.parameters()), List.copyOf(rounds));
    }
  }

  /** The answers of one step, prompt by prompt, and how far each is above the others. */
  private final class Drawn implements Goal {
    private final List<String> asked; // the prompts, each as often as it is answered
    private final Judge judge;
    private final double[] advantages;
    private List<Script> scripts;

    Drawn(List<String> prompts, Judge judge) {
      this.asked = prompts.stream().flatMap(p -> Collections.nCopies(answers, p).stream()).toList();
      this.judge = judge;
      this.advantages = new double[asked.size()];
    }

    Round draw(Policy policy, SplittableRandom draws) {
      scripts = policy.draw(asked, Sampling.seed(draws.nextLong()));
      double[] moved = policy.logProbabilities(scripts);
      double[] before = base.logProbabilities(scripts);
      var said = new ArrayList<List<String>>();
      double total = 0;
      for (int from = 0; from < moved.length; from += answers) {
        var its = scripts.subList(from, from + answers).stream().map(policy::told).toList();
        double[] rewards = rewards(asked.get(from), its);
        total += Arrays.stream(rewards).sum();
        for (int i = 0; i < answers; i++) {
          moved[from + i] -= before[from + i];
          rewards[i] -= beta * moved[from + i];
        }
        double sum = Arrays.stream(rewards).sum();
        for (int i = 0; i < answers; i++) {
          advantages[from + i] = rewards[i] - (sum - rewards[i]) / (answers - 1);
        }
        said.add(its);
      }
      double nats = Arrays.stream(moved).average().orElseThrow();
      return new Round(total / moved.length, nats, List.copyOf(said));
    }

    /** A judge is asked about each text once. */
    private double[] rewards(String prompt, List<String> its) {
      var texts = its.stream().distinct().toList();
      double[] rewards = judge.rewards(prompt, texts);
      return its.stream().mapToDouble(text -> rewards[texts.indexOf(text)]).toArray();
    }

    @Override
    public int rows() {
      return asked.size();
    }

    @Override
    public List<Script> scripts(int row) {
      return scripts.subList(row, row + 1);
    }

    @Override
    public double cost(int row, double[] logProbs, double[] slopes, double[] own) {
      slopes[0] = -advantages[row];
      return -advantages[row] * logProbs[0];
    }
  }
}
