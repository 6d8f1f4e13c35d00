package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import palette.family.PalA;
import palette.simulate.World;

/** A fit in a sweep has one thread, and is the fit that somebody would get alone. */
class SweepThreadsTest {

  @Test
  void aFitAloneEqualsTheSameFitInASweepBitForBit() {
    var world = World.spec().users(20).dimension(2).prototypes(2).noise(0.3).seed(3).create();
    var split = world.askEveryone(20).splitByAnswer(0.8, 3);
    var spec = PalA.spec().dimension(2).mlp(8).epochs(3); // the graph, whose threads are torch's
    var plan = Sweep.over("prototypes", 1, 2, 3).specs(spec::prototypes).repeat(2).workers(2);
    for (var run : plan.run(split).runs()) {
      var alone = spec.prototypes(run.value()).seed(run.seed()).threads(1).fit(split.train());
      assertThat(run.evaluation().margins()).isEqualTo(alone.margins(split.test()));
    }
  }
}
