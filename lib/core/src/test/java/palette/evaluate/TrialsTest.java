package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Judgements;
import palette.family.PalA;
import palette.family.Population;
import palette.support.Interval;

/** Two camps that want the opposite of each other: one score for everybody knows nothing. */
class TrialsTest {
  private static final PalA.Spec PAL = PalA.spec().dimension(2).epochs(30);

  /** Statements on a line from -1 to 1; odd people agree with the left half, even ones not. */
  private static Judgements camps(int users, int statements) {
    var builder = Judgements.builder();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < statements; i++) {
        builder.add("u" + u, "s" + i, (u % 2 == 0) == (i % 2 == 0) ? 1 : -1);
      }
    }
    var voices = builder.build();
    float[][] vectors = new float[statements][];
    for (int i = 0; i < statements; i++) vectors[i] = new float[] {i % 2 == 0 ? 1 : -1, 1};
    return voices.withItems(Catalog.of(voices.items().ids(), vectors));
  }

  private static Trials run(Judgements voices) {
    return Trials.of(voices)
        .seeds(2)
        .answers(0, 10)
        .run(Population.spec(), PAL.prototypes(1), PAL.prototypes(2));
  }

  @Test
  void twoCampsNeedTwoPrototypes() {
    var trials = run(camps(30, 40));
    assertThat(trials.models()).containsExactly("population", "PAL-A, K=1", "PAL-A, K=2");
    var gain = trials.gain("PAL-A, K=2", "PAL-A, K=1");
    assertThat(gain.value()).isGreaterThan(0.3);
    assertThat(gain.clear()).isTrue();
    assertThat(gain.text()).startsWith("A clear gain of PAL-A, K=2 over PAL-A, K=1 (+0.");
    double before = trials.spread("PAL-A, K=2", t -> t.accuracyAfter(0)).mean();
    double after = trials.spread("PAL-A, K=2", t -> t.accuracyAfter(10)).mean();
    assertThat(after).isGreaterThan(before + 0.2);
    assertThat(trials.all()).hasSize(6);
    assertThat(trials.curves()).hasSize(3);
    assertThat(trials.text()).contains("new, after 0", "after 10", " ± ");
  }

  @Test
  void aModelHasNoGainOverItself() {
    var trials = run(camps(30, 40));
    var gain = trials.gain("PAL-A, K=2", "PAL-A, K=2");
    assertThat(gain.value()).isCloseTo(0, within(1e-12));
    assertThat(gain.clear()).isFalse();
    assertThat(gain.text())
        .isEqualTo(
            "No gain beyond noise from PAL-A, K=2 over PAL-A, K=2 (+0.000 over 2 splits, sd 0.000;"
                + " 95 % of resamples of users +0.000 to +0.000).");
  }

  @Test
  void whereNobodyNewSaidEnoughTheTableSaysSo() {
    var trials = Trials.of(camps(20, 20)).seeds(1).run(Population.spec());
    assertThat(trials.curves()).isEmpty();
    assertThat(trials.text()).contains("nobody said enough");
  }

  @Test
  void theResultsDoNotDependOnHowManyRunAtOnce() {
    var plan = Trials.of(camps(20, 40)).seeds(2);
    var one = plan.workers(1).run(PAL.prototypes(1), PAL.prototypes(2));
    var two = plan.workers(2).run(PAL.prototypes(1), PAL.prototypes(2));
    assertThat(one.text()).isEqualTo(two.text());
  }

  @Test
  void modelsOfOneNameCannotBeToldApart() {
    assertThatThrownBy(() -> Trials.of(camps(20, 20)).run(Population.spec(), Population.spec()))
        .hasMessage("specs: expected models of different names, found [population].");
    var trials = Trials.of(camps(20, 20)).seeds(1).run(Population.spec());
    assertThatThrownBy(() -> trials.gain("PAL-A, K=4", "population"))
        .hasMessage("model: expected one of [population], found PAL-A, K=4.");
  }

  @Test
  void aGainIsClearOnlyAgainstBothNoises() {
    assertThat(gain(0.05, 0.01, 0.09, 0.01).clear()).isTrue();
    assertThat(gain(0.05, -0.01, 0.11, 0.01).clear()).isFalse();
    assertThat(gain(0.05, 0.01, 0.09, 0.03).clear()).isFalse();
    assertThat(gain(0.05, 0.01, 0.09, Double.NaN).clear()).isTrue();
  }

  private static Gain gain(double value, double low, double high, double deviation) {
    return new Gain("a", "b", value, new Interval(low, high), 3, deviation);
  }
}
