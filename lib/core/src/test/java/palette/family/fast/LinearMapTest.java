package palette.family.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.family.PalA;
import palette.fit.PrototypeRewards;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/** Which of the two maps a fit takes is a matter of time only. */
class LinearMapTest {
  private static final int D = 70;
  private static final int d = 3;
  private static final int ITEMS = 40;
  private final SplittableRandom random = new SplittableRandom(5);
  private final TrainingSet data = data();

  @Test
  void libtorchsProductsAreThoseOfTheLoops() {
    var some = new PrototypeRewards.Lookup(new int[] {7, 0, 31, 7, 12}, null, 4);
    var all = new PrototypeRewards.Lookup(null, null, 33);
    try (var loops = new HeapMap(data);
        var products = new NativeMap(data, 1)) {
      for (var places : new PrototypeRewards.Lookup[] {some, all, some})
        compare(loops, products, places);
    }
  }

  @Test
  void placesThatAreKeptOutliveABatch() {
    var kept = new PrototypeRewards.Lookup(new int[] {7, 0, 31, 7, 12}, null, 5);
    var others = new PrototypeRewards.Lookup(new int[] {3, 4}, null, 2);
    try (var loops = new HeapMap(data);
        var products = new NativeMap(data, 1)) {
      for (var places : new PrototypeRewards.Lookup[] {kept, others, kept, others, kept}) {
        if (places == kept) products.keep(kept);
        compare(loops, products, places);
      }
    }
  }

  private void compare(LinearMap loops, LinearMap products, PrototypeRewards.Lookup places) {
    double[] a = Seeds.normal(d * D, 1, random);
    double[][] du = {
      Seeds.normal(ITEMS, 1, random), Seeds.normal(ITEMS, 1, random), Seeds.normal(ITEMS, 1, random)
    };
    double[][] expected = new double[d][ITEMS];
    double[][] u = new double[d][ITEMS];
    double[] expectedBack = a.clone();
    double[] back = a.clone();
    loops.map(places, a, expected);
    products.map(places, a, u);
    loops.back(du, expectedBack);
    products.back(du, back);
    for (int l = 0; l < d; l++) assertThat(u[l]).containsExactly(expected[l], within(1e-12));
    assertThat(back).containsExactly(expectedBack, within(1e-12));
  }

  @Test
  void aFitLeavesTheRecordingOfOperationsAsItWas() {
    var answers = answers(1000); // long enough for libtorch's products
    boolean before = Torch.recording();
    try {
      for (boolean on : new boolean[] {true, false}) {
        Torch.recording(on);
        PalA.spec().epochs(1).fit(answers);
        assertThat(Torch.recording()).isEqualTo(on);
      }
    } finally {
      Torch.recording(before);
    }
  }

  private TrainingSet data() {
    var answers = answers(D);
    return TrainingSet.of(answers, answers.first(0), false, false);
  }

  private Preferences answers(int inputs) {
    var builder = Preferences.builder();
    for (int i = 0; i < ITEMS; i += 2) builder.add(Comparison.of("u", "i" + i, "i" + (i + 1)));
    var answers = builder.build();
    float[][] vectors =
        IntStream.range(0, ITEMS)
            .mapToObj(i -> Tensor.of(Seeds.normal(inputs, 1, random), inputs).values())
            .toArray(float[][]::new);
    return answers.withItems(answers.items().withVectors(vectors));
  }
}
