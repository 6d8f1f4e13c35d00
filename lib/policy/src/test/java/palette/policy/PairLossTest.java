package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.Loss;

/** Golden values, computed elsewhere in double precision. */
class PairLossTest {
  private static final Offset<Double> EXACT = within(1e-9);
  private static final double T = (-12.5 + 14) - (-13 + 13.2);

  private final double[] slopes = new double[3];

  @ParameterizedTest
  @CsvSource({
    ".1, .6302581946816906, -.0467545693612681",
    ".5, .4200553357027151, -.1714947686632506"
  })
  void dpo(double beta, double loss, double slope) {
    var dpo = PairLoss.of(Loss.LOGISTIC).formula();
    assertThat(dpo.at(T, beta, 0, slopes)).isCloseTo(loss, EXACT);
    assertThat(slopes[0]).isCloseTo(slope, EXACT);
  }

  @Test
  void ipoAndHinge() {
    assertThat(PairLoss.IPO.formula().at(T, .1, 0, slopes)).isCloseTo(13.69, EXACT);
    assertThat(slopes[0]).isCloseTo(-7.4, EXACT);
    var hinge = PairLoss.of(Loss.HINGE).formula();
    assertThat(hinge.at(T, .1, 0, slopes)).isCloseTo(.87, EXACT);
    assertThat(slopes[0]).isCloseTo(-.1, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 20, 5, .6183052429919663",
    "2, 20, .5, .5124922020968508",
    ".5, 5, 3, .5690310366312925",
    "4, 40, -2, .4503082214241431",
    "1, 1, 1, .6931471805599453",
    "10, 100, 12, .761860503730386",
    ".8, 8, 40, .8473902011586359",
    "3, 2, .01, .5037498437664033"
  })
  void gamma(double shape, double rate, double t, double chosen) {
    double loss = PairLoss.GAMMA.formula().at(t, shape / rate, 1 / Math.sqrt(shape), slopes);
    assertThat(Math.exp(-loss)).isCloseTo(chosen, EXACT);
  }

  @Test
  void slopesOfGamma() {
    double chosen = .6183052429919663;
    PairLoss.GAMMA.formula().at(5, .1, Math.sqrt(.5), slopes);
    assertThat(slopes[0]).isCloseTo(-.0213335102872 / chosen, EXACT);
    assertThat(slopes[1]).isCloseTo(-5 * .0213335102872 / chosen, EXACT);
    double byScale = 2 * .0555880302466 + 20 * -.0053333775718;
    assertThat(slopes[2]).isCloseTo(2 * byScale / chosen, EXACT);
  }

  @Test
  void logNormal() {
    double sigma = .5;
    double beta = .1 * Math.exp(sigma * sigma / 2);
    double variation = Math.sqrt(Math.expm1(sigma * sigma));
    var drawn = PairLoss.DRAWN.formula();
    assertThat(drawn.at(5, beta, variation, slopes)).isCloseTo(.455735340558, EXACT);
    assertThat(slopes[0]).isCloseTo(-.038722248539, EXACT);
    assertThat(slopes[1]).isCloseTo(-.193611242695, EXACT);
    double bySigma = -.069572871998 + sigma * .193611242695;
    double square = variation * variation;
    assertThat(slopes[2]).isCloseTo(bySigma * square / (1 + square) / sigma, EXACT);
    assertThat(Math.exp(-drawn.at(-2, beta, variation, slopes))).isCloseTo(.444374543433, EXACT);
    var exact = PairLoss.LOG_NORMAL.formula();
    assertThat(Math.exp(-exact.at(5, beta, variation, slopes))).isCloseTo(.634700128667, EXACT);
    assertThat(Math.exp(-exact.at(-2, beta, variation, slopes))).isCloseTo(.443841816563, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    ".5, .5696463720568399, -.072262624343749, -.1374584993281195",
    ".9, .3868523741970382, -.1300727238187482, -.0274916998656237"
  })
  void pdpoMixesTheUsersVoiceAndTheGenericOne(double alpha, double loss, double du, double d0) {
    var base = Policy.spec().width(16).epochs(1).pretrain(List.of("a b a b", "b a"));
    var answers = Preferences.of(List.of(new Comparison("u", "a", "b", "a")));
    var spec = Dpo.of(base).individual().beta(.5);
    var goal = new PairCost(spec, answers, Catalog.of(List.of("u")), alpha, 0);
    double ref = base.logProbability("a", "b") - base.logProbability("a", "a");
    double[] said = {ref + 1.8, 0, ref - .4, 0};
    double[] by = new double[4];
    assertThat(goal.cost(0, said, by, new double[0])).isCloseTo(loss, EXACT);
    assertThat(by).containsExactly(new double[] {du, -du, d0, -d0}, EXACT);
    assertThat(goal.scripts(0)).extracting(Script::speaker).containsExactly(1, 1, 0, 0);
  }

  /**
   * pi = ref exp(r / beta) / Z is where the loss of all pairs, each as often as it is so, is least.
   */
  @ParameterizedTest
  @CsvSource({
    ".5, .247719518297, .020115114703, .732165367",
    "1, .433267979926, .0956342294, .471097790674"
  })
  void theOptimumIsTheClosedForm(double beta, double a, double b, double c) {
    double[] reference = {Math.log(.5), Math.log(.3), Math.log(.2)};
    double[] reward = {1, 0, 2};
    double[] z = reference.clone();
    var dpo = PairLoss.of(Loss.LOGISTIC).formula();
    for (int step = 0; step < 3000; step++) {
      double[] gradient = new double[3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double often = 1 / (1 + Math.exp(reward[j] - reward[i]));
          dpo.at(z[i] - z[j] - reference[i] + reference[j], beta, 0, slopes);
          gradient[i] += i == j ? 0 : often * slopes[0];
          gradient[j] -= i == j ? 0 : often * slopes[0];
        }
      }
      for (int i = 0; i < 3; i++) z[i] -= gradient[i];
    }
    double sum = Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]);
    double[] policy = {Math.exp(z[0]) / sum, Math.exp(z[1]) / sum, Math.exp(z[2]) / sum};
    assertThat(policy).containsExactly(new double[] {a, b, c}, within(1e-6));
  }
}
