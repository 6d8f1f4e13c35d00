package palette.bench;

import java.util.List;
import palette.evaluate.Evaluation;
import palette.family.PalA;
import palette.personalize.Localizer;
import palette.simulate.World;
import palette.support.Texts;

/**
 * How many users a sample must have for the basis: the basis is learned from some, 20 answers each,
 * and 1,000 others are placed by 20 answers and judged by 30 more. Five worlds of three prototypes
 * in 8 dimensions whose users err. Beside the accuracy stands how far it is behind that of the
 * largest sample, which is what a small one costs, and the slope of that on logarithmic axes; PAL's
 * Theorem C.2 bounds what the number of users costs by one of -1/2. What is missing to who knows
 * all ideal points does not vanish, since twenty answers tell only so much of a person.
 */
final class SampleBench {
  private static final List<Integer> SIZES = List.of(30, 100, 300, 1000, 3000);
  private static final int SEEDS = 5;
  private static final int NEWCOMERS = 1000;

  private SampleBench() {}

  static void report() {
    double[] accuracy = new double[SIZES.size()];
    double best = 0;
    for (int i = 0; i < accuracy.length; i++) {
      best = 0;
      for (int seed = 1; seed <= SEEDS; seed++) {
        var world =
            World.spec()
                .users(SIZES.get(i))
                .dimension(8)
                .prototypes(3)
                .noise(0.1)
                .seed(seed)
                .create();
        var spec = PalA.spec().prototypes(3).dimension(8).epochs(100);
        var model = spec.fit(world.askEveryone(20));
        var said = world.askNewcomers(NEWCOMERS, 50);
        int[] seen = new int[said.users().size()];
        var test = said.where(row -> seen[said.user(row)]++ >= 20);
        var placed = Localizer.of(model).fitAll(said.first(20));
        accuracy[i] += Evaluation.of(placed, test).accuracy() / SEEDS;
        best += right(world.margins(test)) / SEEDS;
      }
    }
    System.out.println(
        "| users in the sample | accuracy | behind the largest | slope from before |");
    System.out.println("|---|---|---|---|");
    int last = accuracy.length - 1;
    for (int i = 0; i <= last; i++) {
      double behind = accuracy[last] - accuracy[i];
      String slope = "";
      if (i > 0 && i < last) {
        double steps = Math.log((double) SIZES.get(i) / SIZES.get(i - 1));
        slope +=
            Texts.format("%.2f", Math.log(behind / (accuracy[last] - accuracy[i - 1])) / steps);
      }
      System.out.println(
          Texts.format("| %,d | %.4f | %.4f | %s |", SIZES.get(i), accuracy[i], behind, slope));
    }
    System.out.println(Texts.format("who knows all ideal points: %.4f", best));
  }

  /** How often whoever knows everybody's ideal point is right. */
  private static double right(double[] margins) {
    int right = 0;
    for (double m : margins) if (m > 0) right++;
    return (double) right / margins.length;
  }
}
