package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import palette.data.Preferences;
import palette.data.Split;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.support.Seeds;

class SweepTest {
  private final Split<Preferences> split =
      new Split<>(Cases.answers("ann", 1), Cases.answers("ann", 20, "bob", 20), "by hand", 0);

  /** Items whose worth is drawn with the seed; the chosen gain {@code help}. */
  private record Luck(double help, long own) implements RewardSpec {
    @Override
    public RewardModel fit(Preferences train) {
      var items = new java.util.HashMap<String, double[]>();
      var random = Seeds.stream(own, "luck");
      for (int i = 0; i < 20; i++) {
        items.put("left " + i, new double[] {Math.max(0, random.nextDouble() - help)});
        items.put("right " + i, new double[] {random.nextDouble()});
      }
      var everybody = Map.of("ann", new double[] {1}, "bob", new double[] {1});
      return new FakePal("luck " + help, new double[][] {{0}}, everybody, items);
    }

    @Override
    public RewardModel fit(Preferences train, Preferences validation) {
      return fit(train);
    }

    @Override
    public RewardSpec seed(long seed) {
      return new Luck(help, seed);
    }
  }

  @Test
  void theNumberOfWorkersChangesNothing() {
    var plan = Sweep.over("help", 0.0, 0.2, 0.5).specs(h -> new Luck(h, 0)).repeat(4);
    var one = plan.workers(1).run(split).table().removeColumns("seconds");
    var eight = plan.workers(8).run(split).table().removeColumns("seconds");
    assertThat(eight.print()).isEqualTo(one.print());
    assertThat(one.rowCount()).isEqualTo(12);
  }

  @Test
  void valuesShareSeedsAndRepeatsDoNot() {
    var sweep = Sweep.over("help", 0.0, 0.2).specs(h -> new Luck(h, 0)).repeat(2).run(split);
    var seeds = sweep.runs().stream().map(Sweep.Run::seed).toList();
    assertThat(seeds.get(0)).isEqualTo(seeds.get(2)).isNotEqualTo(seeds.get(1));
    assertThat(seeds.get(1)).isEqualTo(seeds.get(3));
    assertThat(sweep.complete()).isTrue();
  }

  @Test
  void theSpreadIsMeanAndDeviationOverRepeats() {
    var sweep = Sweep.over("help", 0.1).specs(h -> new Luck(h, 0)).repeat(2).run(split);
    double a = sweep.runs().get(0).evaluation().accuracy();
    double b = sweep.runs().get(1).evaluation().accuracy();
    var spread = sweep.spread(0.1, Evaluation::accuracy);
    assertThat(spread.repeats()).isEqualTo(2);
    assertThat(spread.mean()).isCloseTo((a + b) / 2, within(1e-12));
    assertThat(spread.deviation()).isCloseTo(Math.abs(a - b) / Math.sqrt(2), within(1e-12));
  }

  @Test
  void valuesMayBeAnything() {
    var sweep = Sweep.over("loss", "logistic", "hinge").specs(name -> new Luck(1, 0)).run(split);
    assertThat(sweep.table().stringColumn("loss").asList()).containsExactly("logistic", "hinge");
    assertThat(sweep.text()).startsWith("Sweep over loss: 2 fits\n").contains("1.000");
    var counts = Sweep.over("prototypes", 1, 2).specs(k -> new Luck(1, 0)).run(split);
    assertThat(counts.table().intColumn("prototypes").asList()).containsExactly(1, 2);
  }

  @Test
  void aFailingFitIsNamed() {
    var plan =
        Sweep.over("prototypes", 1, 2)
            .specs(
                k -> {
                  if (k == 2) throw new IllegalArgumentException("No room.");
                  return new Luck(1, 0);
                });
    assertThatThrownBy(() -> plan.run(split))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Sweep over prototypes: the fit with 2, repeat 1, failed. No room.");
  }

  @Test
  void anInterruptKeepsTheFinishedFits() throws InterruptedException {
    var stuck = new CountDownLatch(1);
    var plan =
        Sweep.over("prototypes", 1, 2, 3)
            .workers(1)
            .specs(
                k -> {
                  if (k == 2) hang(stuck);
                  return new Luck(1, 0);
                });
    var result = new Sweep<?>[1];
    boolean[] flagged = new boolean[1];
    var cell =
        new Thread(
            () -> {
              result[0] = plan.run(split);
              flagged[0] = Thread.currentThread().isInterrupted();
            });
    cell.start();
    stuck.await();
    cell.interrupt();
    cell.join(10_000);
    assertThat(result[0].complete()).isFalse();
    assertThat(result[0].runs()).hasSize(1);
    assertThat(result[0].text()).startsWith("Sweep over prototypes: 1 of 3 fits, interrupted\n");
    assertThat(flagged[0]).isTrue();
  }

  private static void hang(CountDownLatch reached) {
    reached.countDown();
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aValueTwiceIsAnError() {
    assertThatThrownBy(() -> Sweep.over("prototypes", 2, 2))
        .hasMessage("values of prototypes: expected each once, found [2, 2].");
  }

  @Test
  void aPlanSaysWhatItWillDo() {
    assertThat(Sweep.over("help", 0.0, 0.2).specs(h -> new Luck(h, 0)).repeat(4).workers(2))
        .hasToString("Sweep over help [0.0, 0.2], repeated 4 times, seed 1, 2 at once");
  }
}
