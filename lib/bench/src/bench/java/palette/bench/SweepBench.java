package palette.bench;

import palette.evaluate.Sweep;
import palette.family.PalA;
import palette.reward.Loss;
import palette.simulate.World;
import palette.support.Texts;

/**
 * A sweep as in a notebook: K = 1 to 8, five seeds each, the papers' synthetic protocol (100 users,
 * d = 2, 100 answers a user, 600 epochs of batch 512, hinge, no early stopping), on all cores.
 */
public final class SweepBench {
  private SweepBench() {}

  /** Argument: repeats (3). */
  public static void main(String[] arguments) {
    int repeats = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    var world = World.spec().users(100).dimension(2).prototypes(3).seed(1).create();
    var split = world.askEveryone(150).splitByAnswer(2 / 3.0, 1);
    var spec =
        PalA.spec()
            .dimension(2)
            .identity(false)
            .loss(Loss.HINGE)
            .rates(5e-4, 5e-3, 5e-3)
            .batch(512)
            .epochs(600)
            .patience(600);
    double[] seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long began = System.nanoTime();
      var sweep =
          Sweep.over("prototypes", 1, 2, 3, 4, 5, 6, 7, 8)
              .specs(k -> spec.prototypes(k))
              .repeat(5)
              .run(split);
      seconds[i] = (System.nanoTime() - began) / 1e9;
      if (i == 0) System.out.println(sweep.text());
    }
    System.out.println(
        Texts.format(
            "K sweep, 8 x 5 fits of 600 epochs: %.1f s (median of %d)",
            Peers.median(seconds), repeats));
  }
}
