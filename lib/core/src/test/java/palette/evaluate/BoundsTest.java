package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
  private static final Bounds SMALL = Bounds.of(16, 3, 1000, 100);

  @ParameterizedTest
  @CsvSource({
    "16, 3, 1000, 100, 15.110609016, 12.091047864",
    "16, 3, 100000, 1000, 7.571276614, 1.321460029",
    "768, 2, 10000, 1000, 27.548252537, 138.792904833"
  })
  void theGoldenValuesOfMethodsSix(int d, int k, long n, long m, double seen, double unseen) {
    assertThat(Bounds.of(d, k, n, m).seenUsers()).isCloseTo(seen, within(1e-9));
    assertThat(Bounds.of(d, k, n, m).newUsers()).isCloseTo(unseen, within(1e-9));
  }

  @Test
  void theDefaultNormsAreDAndItsRootAndFollowD() {
    assertThat(SMALL.norms(16, 4).seenUsers()).isEqualTo(SMALL.seenUsers());
    assertThat(SMALL.norms(16, 4).newUsers()).isEqualTo(SMALL.newUsers());
    assertThat(SMALL.dimension(768).users(10_000).answers(1000).prototypes(2))
        .isEqualTo(Bounds.of(768, 2, 10_000, 1000));
  }

  @Test
  void moreAnswersHelpSeenUsersAsTheRootOfTheirNumber() {
    double[] m = {100, 200, 400, 800, 1600};
    double[] risk = Arrays.stream(m).map(n -> SMALL.answers((long) n).seenUsers()).toArray();
    assertThat(Slope.of(m, risk).value()).isCloseTo(-0.5, within(1e-9));
  }

  @Test
  void aNewUsersOwnTermStaysHoweverManyOthersThereAre() {
    // N to infinity leaves 3 L sqrt(K zv^2 / (D m)) = 3 sqrt(3 / 100)
    assertThat(SMALL.users(Long.MAX_VALUE).newUsers()).isCloseTo(3 * Math.sqrt(0.03), within(1e-5));
  }

  @Test
  void steeperLossesAndMoreCertaintyCostMore() {
    assertThat(SMALL.lipschitz(2).seenUsers()).isGreaterThan(1.9 * SMALL.seenUsers());
    assertThat(SMALL.delta(0.001).newUsers()).isGreaterThan(SMALL.newUsers());
    assertThat(SMALL.prototypes(6).newUsers()).isGreaterThan(SMALL.newUsers());
  }

  @Test
  void itSaysThatABoundAboveOnePromisesNothing() {
    assertThat(SMALL.text())
        .isEqualTo(
            "Excess risk by theory at D=16, K=3, N=1,000, m=100: seen users at most 15.111 (larger"
                + " than 1, which promises nothing: only its slope speaks); new users at most"
                + " 12.091 (larger than 1, which promises nothing: only its slope speaks).");
    assertThat(SMALL.users(10_000_000_000L).answers(1_000_000).text())
        .doesNotContain("larger than 1");
  }

  @Test
  void sizesThatAreNoneAreErrors() {
    assertThatThrownBy(() -> SMALL.users(0))
        .hasMessage("users: expected a whole number of at least 1, found 0.");
    assertThatThrownBy(() -> SMALL.delta(1))
        .hasMessage("delta: expected a fraction between 0 and 1, found 1.0.");
  }
}
