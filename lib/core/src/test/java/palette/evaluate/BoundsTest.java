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
  void moreAnswersHelpSeenUsersAsTheRootOfTheirNumber() {
    double[] m = {100, 200, 400, 800, 1600};
    double[] risk =
        Arrays.stream(m).map(n -> Bounds.of(16, 3, 1000, (long) n).seenUsers()).toArray();
    assertThat(Slope.of(m, risk).value()).isCloseTo(-0.5, within(1e-9));
  }

  @Test
  void aNewUsersOwnTermStaysHoweverManyOthersThereAre() {
    // N to infinity leaves 3 L sqrt(K zv^2 / (D m)) = 3 sqrt(3 / 100)
    assertThat(Bounds.of(16, 3, Long.MAX_VALUE, 100).newUsers())
        .isCloseTo(3 * Math.sqrt(0.03), within(1e-5));
  }

  @Test
  void morePrototypesCostMore() {
    assertThat(Bounds.of(16, 6, 1000, 100).newUsers()).isGreaterThan(SMALL.newUsers());
  }

  @Test
  void itSaysThatABoundAboveOnePromisesNothing() {
    assertThat(SMALL.text())
        .isEqualTo(
            "Excess risk by theory at D=16, K=3, N=1,000, m=100: seen users at most 15.111 (larger"
                + " than 1, which promises nothing: only its slope speaks); new users at most"
                + " 12.091 (larger than 1, which promises nothing: only its slope speaks).");
    assertThat(Bounds.of(16, 3, 10_000_000_000L, 1_000_000).text()).doesNotContain("larger than 1");
  }

  @Test
  void sizesThatAreNoneAreErrors() {
    assertThatThrownBy(() -> Bounds.of(16, 3, 0, 100))
        .hasMessage("users: expected a whole number of at least 1, found 0.");
  }
}
