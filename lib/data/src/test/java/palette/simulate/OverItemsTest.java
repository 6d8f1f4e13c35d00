package palette.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;

/** Planted tastes over items that are given. */
class OverItemsTest {
  private final Catalog items = shiftedAndStretched(Planting.items(300, 24, 1));

  private static Catalog shiftedAndStretched(Catalog items) {
    float[][] vectors = items.vectors();
    for (float[] v : vectors) for (int c = 0; c < v.length; c++) v[c] = 5 + 10 * v[c];
    return items.withVectors(vectors);
  }

  @Test
  void answersAreAboutTheGivenItems() {
    var world = World.overItems(items).users(10).prototypes(4).seed(2).create();
    var answers = world.askEveryone(50);
    assertThat(answers.items().ids()).isEqualTo(items.ids());
    assertThat(answers.items().vectors()).isDeepEqualTo(items.vectors());
    assertThat(Arrays.stream(world.margins(answers))).allMatch(m -> m > 0);
  }

  @Test
  void prototypesAreItemsApartInLatentSpace() {
    var world = World.overItems(items).prototypes(4).seed(2).create();
    double[][] points = world.prototypePoints();
    for (int k = 0; k < 4; k++) {
      float[] asItem = new float[24];
      for (int c = 0; c < 24; c++) asItem[c] = (float) world.prototypes()[k][c];
      assertThat(List.of(items.vectors())).anyMatch(v -> Arrays.equals(v, asItem));
      for (int j = 0; j < k; j++) {
        assertThat(Planting.squaredDistance(points[j], points[k])).isGreaterThanOrEqualTo(1);
      }
    }
  }

  @Test
  void theScaleOfTheVectorsDoesNotChangeWhatNoiseMeans() {
    assertThat(Planting.scale(items)).isCloseTo(10, within(0.3));
    var world = World.overItems(items).noise(0.5).seed(2).create();
    assertThat(world.bestAccuracy()).isBetween(0.6, 0.97);
  }

  @Test
  void itemsNeedVectorsThatDiffer() {
    assertThatThrownBy(() -> World.overItems(Catalog.of(List.of("a", "b"))))
        .hasMessage("items: expected items with vectors, found none.");
    var equal = Catalog.of(List.of("a", "b"), new float[][] {{1, 2}, {1, 2}});
    assertThatThrownBy(() -> World.overItems(equal).create())
        .hasMessage("items: expected different vectors, found equal ones.");
  }
}
