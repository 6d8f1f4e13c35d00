package palette.behaviour;

import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.reward.PrototypeModel;
import palette.simulate.World;
import palette.support.Seeds;

/**
 * Forty people with ideal points, asked 20 times each with much noise, about things near the
 * middle; and candidates that are spread twice as wide, about which nobody was asked.
 */
final class Wide {
  static final int DIMENSION = 8;
  private static final int CANDIDATES = 1500;
  private static final String SOMEBODY = "user-0";

  final Preferences answers;
  private final World world;
  private final Catalog candidates;

  Wide(long seed) {
    world = World.spec().users(40).dimension(DIMENSION).prototypes(2).noise(1).seed(seed).create();
    answers = world.askEveryone(20);
    var random = Seeds.stream(seed, "candidates");
    var ids = IntStream.range(0, CANDIDATES).mapToObj(i -> "candidate-" + i).toList();
    float[][] vectors = new float[CANDIDATES][DIMENSION];
    for (var x : vectors) {
      for (int c = 0; c < x.length; c++) x[c] = (float) (random.nextGaussian() / Math.sqrt(2));
    }
    candidates = Catalog.of(ids, vectors);
  }

  OverOptimisation curve(PrototypeModel model, int... counts) {
    var learned = Judge.of(model::margins, SOMEBODY, candidates);
    var truth = Judge.of(world::margins, SOMEBODY, candidates);
    return OverOptimisation.of(learned, truth, null, candidates.ids(), counts);
  }
}
