package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.Golden;
import palette.fit.TrainingSet;
import palette.numeric.Links;

class GoldenLossTest {
  private static final double EXACT = 1e-9;

  static Stream<Named<JsonNode>> losses() {
    return Golden.cases("losses.json");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theLossOfAMargin(JsonNode golden) {
    var loss = Loss.named(golden.get("loss").asText());
    double margin = golden.get("margin").asDouble();
    assertThat(loss.value(margin)).isCloseTo(golden.get("value").asDouble(), within(EXACT));
    double rise = loss.value(margin + 1e-6) - loss.value(margin - 1e-6);
    assertThat(loss.slope(margin)).isCloseTo(rise / 2e-6, within(1e-6));
  }

  @Test
  void theLossOfNoNumberIsNoNumber() {
    for (var loss : List.of(Loss.LOGISTIC, Loss.HINGE, Loss.smoothHinge(0.5))) {
      assertThat(loss.value(Double.NaN)).as(loss.name()).isNaN();
      assertThat(loss.slope(Double.NaN)).as(loss.name()).isNaN();
    }
  }

  @Test
  void aLossOfOnesOwnHasItsSlopes() {
    var logistic = Loss.of("mine", m -> m.neg().exp().add(1).log());
    var hinge = Loss.of("kink", m -> m.neg().add(1).maximum(0));
    for (double margin : new double[] {-30, -2, -0.1, 0, 0.7, 3, 12}) {
      assertThat(logistic.value(margin)).isCloseTo(Loss.LOGISTIC.value(margin), within(1e-12));
      assertThat(logistic.slope(margin)).isCloseTo(Loss.LOGISTIC.slope(margin), within(1e-8));
      assertThat(hinge.value(margin)).isCloseTo(Loss.HINGE.value(margin), within(1e-12));
      assertThat(hinge.slope(margin)).isCloseTo(Loss.HINGE.slope(margin), within(1e-8));
    }
  }

  @Test
  void aLossOfOnesOwnDoesNotTakeTheNameOfOneThatLearnsTemperatures() {
    assertThatThrownBy(() -> Loss.of("mine + user temperatures", m -> m.neg()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withUserTemperatures");
    var mine = Loss.of("mine", m -> m.neg()).withUserTemperatures();
    assertThat(mine.userTemperatures()).isTrue();
    assertThat(Loss.named(mine.name()).name()).isEqualTo(mine.name());
    assertThat(Loss.forgotten(mine.name()).userTemperatures()).as("as saved").isTrue();
  }

  @Test
  void aLossOfOnesOwnIsItselfWhateverItsName() {
    assertThat(Loss.of("Plackett-Luce of mine", m -> m.neg()).choices()).isFalse();
    assertThat(Loss.of("mine + position", m -> m.neg()).position()).isFalse();
    assertThat(Loss.named(Loss.PLACKETT_LUCE.name()).choices()).isTrue();
  }

  static Stream<Named<JsonNode>> cumulative() {
    return Golden.cases("cumulative.json");
  }

  @ParameterizedTest
  @MethodSource("cumulative")
  void theCumulativeLossOfAText(JsonNode golden) {
    double[] tokens =
        golden.has("tokens")
            ? Golden.numbers(golden.get("tokens"))
            : Arrays.stream(Golden.numbers(golden.get("margins"))).map(Links::logLoss).toArray();
    assertThat(Loss.cumulative(tokens)).isCloseTo(golden.get("value").asDouble(), within(EXACT));
  }

  static Stream<Named<JsonNode>> weights() {
    return Golden.cases("weights.json");
  }

  @ParameterizedTest
  @MethodSource("weights")
  void balancedUsersCountAlike(JsonNode golden) {
    var builder = Preferences.builder();
    golden.get("users").forEach(u -> builder.add(Comparison.of(u.asText(), "a", "b")));
    var answers = builder.build();
    var rows = TrainingSet.of(answers, answers.first(0), false, true).train;
    double[] weights = Golden.numbers(golden.get("batch"));
    for (int b = 0; b < weights.length; b++) weights[b] = rows.weight[(int) weights[b]];
    double sum = Arrays.stream(weights).sum();
    double mean = 0;
    for (int b = 0; b < weights.length; b++) {
      weights[b] /= sum;
      mean += weights[b] * golden.get("losses").get(b).asDouble();
    }
    assertThat(weights).containsExactly(Golden.numbers(golden.get("weights")), within(EXACT));
    assertThat(mean).isCloseTo(golden.get("mean").asDouble(), within(EXACT));
  }
}
