package palette.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import palette.family.Golden;

/** How probable an answer is where people are not always equally decided. */
class RandomStrengthTest {
  private static final double EXACT = 1e-9;

  static Stream<Named<JsonNode>> cases() {
    return Golden.cases("random-strength.json");
  }

  private static double[] at(JsonNode golden, double margin) {
    double first = golden.get("first").asDouble();
    double second = golden.get("second").asDouble();
    return switch (golden.get("kind").asText()) {
      case "gamma" -> RandomStrength.gamma(margin, first, second);
      case "draws" ->
          RandomStrength.logNormal(margin, first, second, Golden.numbers(golden.get("draws")));
      default -> RandomStrength.logNormal(margin, first, second);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theProbabilityOfAnAnswer(JsonNode golden) {
    double margin = golden.get("margin").asDouble();
    double expected = golden.get("probability").asDouble();
    assertThat(1 - at(golden, margin)[0]).isCloseTo(expected, within(EXACT));
    assertThat(at(golden, -margin)[0]).isCloseTo(expected, within(EXACT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void andItsSlopes(JsonNode golden) {
    double margin = golden.get("margin").asDouble();
    double[] here = at(golden, margin);
    double rise = at(golden, margin - 1e-5)[0] - at(golden, margin + 1e-5)[0];
    assertThat(here[1]).isCloseTo(rise / 2e-5, within(1e-8));
    if (golden.has("slopes")) {
      double[] slopes = Golden.numbers(golden.get("slopes"));
      for (int i = 0; i < 3; i++) assertThat(here[i + 1]).isCloseTo(slopes[i], within(EXACT));
    }
    if (golden.has("loss")) {
      double p = 1 - here[0];
      double[] slopes = Golden.numbers(golden.get("loss slopes"));
      assertThat(-Math.log(p)).isCloseTo(golden.get("loss").asDouble(), within(EXACT));
      for (int i = 0; i < 3; i++) {
        assertThat(-here[i + 1] / p).isCloseTo(slopes[i], within(EXACT));
      }
    }
  }

  @Test
  void withoutVariationItIsTheLogisticLink() {
    for (double t : new double[] {-9, -0.3, 0, 2, 17}) {
      assertThat(RandomStrength.gamma(t, 0)[0]).isCloseTo(Links.logistic(-t), within(1e-15));
      assertThat(RandomStrength.gamma(t, 1e-4)[0]).isCloseTo(Links.logistic(-t), within(1e-7));
      assertThat(RandomStrength.logNormal(t, 0)[0]).isCloseTo(Links.logistic(-t), within(1e-14));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GAMMA", "LOG_NORMAL"})
  void theTableSaysWhatTheFormulaSays(LinkKind kind) {
    double[] out = new double[4];
    for (double c : new double[] {0, 0.01, 0.33, -0.9, 1.71, 2.99, 5}) {
      var link = kind.with(c);
      for (double t : new double[] {-15.97, -7.3, -0.61, 0, 0.02, 1.9, 12.4, 16}) {
        link.at(t, false, out);
        assertThat(out[0]).as(c + " " + t).isCloseTo(link.loss(t, false), within(error(t)));
      }
    }
  }

  private static double error(double t) {
    return t < -7 ? 1e-2 * -t : 2e-4;
  }

  @ParameterizedTest
  @EnumSource(LinkKind.class)
  void slopesAgreeWithDifferences(LinkKind kind) {
    double[] here = new double[4];
    double[] less = new double[4];
    double[] more = new double[4];
    double h = 1e-5;
    for (boolean tied : kind.ties() ? new boolean[] {false, true} : new boolean[] {false}) {
      for (double z : new double[] {-0.7, 0.42, 1.3}) {
        for (double t : new double[] {-33, -4.21, -0.37, 0.3, 2.77, 25.3}) {
          String where = kind + " " + tied + " " + z + " " + t;
          kind.with(z).at(t, tied, here);
          kind.with(z).at(t - h, tied, less);
          kind.with(z).at(t + h, tied, more);
          assertThat(here[1]).as(where).isCloseTo((more[0] - less[0]) / (2 * h), within(1e-7));
          assertThat(here[2]).as(where).isCloseTo((more[1] - less[1]) / (2 * h), within(2e-5));
          kind.with(z - h).at(t, tied, less);
          kind.with(z + h).at(t, tied, more);
          assertThat(here[3]).as(where).isCloseTo((more[0] - less[0]) / (2 * h), within(1e-5));
        }
      }
    }
  }

  @Test
  void beyondItsRangeTheTableGoesOnWithoutAStep() {
    double[] near = new double[4];
    double[] far = new double[4];
    for (double c : new double[] {0, 0.4, 1.2}) {
      for (double t : new double[] {-16, 16}) {
        LinkKind.GAMMA.with(c).at(t, false, near);
        LinkKind.GAMMA.with(c).at(t * (1 + 1e-9), false, far);
        for (int i : new int[] {0, 1, 3}) {
          assertThat(far[i]).as(c + " " + t).isCloseTo(near[i], within(1e-6));
        }
        LinkKind.GAMMA.with(c).at(20 * t, false, far);
        assertThat(far[0]).isBetween(t < 0 ? near[0] : 0, t < 0 ? 400 : near[0]);
      }
    }
  }

  @Test
  void davidsonsAndRaosThreeProbabilities() {
    var davidson = LinkKind.DAVIDSON.with(Math.log(0.5));
    double t = Math.log(2);
    assertThat(Math.exp(-davidson.loss(t, false))).isCloseTo(0.539504287, within(EXACT));
    assertThat(Math.exp(-davidson.loss(t, true))).isCloseTo(0.190743570, within(EXACT));
    assertThat(Math.exp(-davidson.loss(-t, false))).isCloseTo(0.269752143, within(EXACT));
    // Strengths 2 and 1 at theta = 3: 2 / 5, 1 / 7 and what is left, 16 / 35.
    var rao = LinkKind.RAO_KUPPER.with(Math.log(Math.log(3)));
    assertThat(Math.exp(-rao.loss(t, false))).isCloseTo(2 / 5.0, within(EXACT));
    assertThat(Math.exp(-rao.loss(-t, false))).isCloseTo(1 / 7.0, within(EXACT));
    assertThat(Math.exp(-rao.loss(t, true))).isCloseTo(16 / 35.0, within(EXACT));
  }

  @ParameterizedTest
  @EnumSource(LinkKind.class)
  void aWrongAnswerCostsMoreTheLargerTheMarginAndBendsAsItIsSaid(LinkKind kind) {
    double[] out = new double[4];
    boolean convex = true;
    for (double t = -30; t < 30; t += 0.11) {
      kind.with(0.9).at(t, false, out);
      assertThat(out[1]).as("slope at " + t).isNegative();
      convex &= out[2] > -1e-7;
    }
    assertThat(convex).isEqualTo(kind.convex());
  }
}
