package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.reward.ByMargins;
import palette.reward.PersonalModel;
import palette.reward.RewardSpec;
import palette.reward.Scorer;
import palette.support.Provenance;

/** Who knows people in another way than by weights over shared rewards is served as PAL is. */
class PersonalModelTest {

  /** Somebody is on the side of the statement that they chose last; before that, of "s0". */
  private record Sides(List<String> users) implements PersonalModel, RewardSpec {

    private static Scorer side(String name, int side) {
      return new ByMargins(
          name,
          answers -> {
            double[] margins = new double[answers.size()];
            for (int row = 0; row < margins.length; row++) {
              margins[row] = of(answers, answers.chosen(row)) == side ? 1 : -1;
            }
            return margins;
          });
    }

    private static int of(Preferences answers, int item) {
      return Integer.parseInt(answers.items().id(item).substring(1)) % 2;
    }

    @Override
    public String name() {
      return "sides";
    }

    @Override
    public int numbers() {
      return 1;
    }

    @Override
    public Scorer population() {
      return side("everybody", 0);
    }

    @Override
    public Scorer place(Preferences answers) {
      if (answers.size() == 0) return population();
      return side("somebody", of(answers, answers.chosen(answers.size() - 1)));
    }

    @Override
    public boolean knows(String user) {
      return users.contains(user);
    }

    @Override
    public double[] margins(Preferences answers) {
      double[] margins = new double[answers.size()];
      for (int row = 0; row < margins.length; row++) {
        int user = Integer.parseInt(answers.users().id(answers.user(row)).substring(1));
        margins[row] = of(answers, answers.chosen(row)) == user % 2 ? 1 : -1;
      }
      return margins;
    }

    @Override
    public double[] rewards(String user, String prompt, List<String> items) {
      return new double[items.size()];
    }

    @Override
    public double temperature() {
      return 1;
    }

    @Override
    public Provenance provenance() {
      return Provenance.now(Map.of());
    }

    @Override
    public String text() {
      return "sides";
    }

    @Override
    public String html() {
      return "sides";
    }

    @Override
    public Sides fit(Preferences train) {
      return new Sides(train.answering());
    }

    @Override
    public Sides fit(Preferences train, Preferences validation) {
      return fit(train);
    }

    @Override
    public Sides seed(long seed) {
      return this;
    }
  }

  /** Odd people agree with odd statements, even ones with even ones. */
  private static Judgements camps() {
    var builder = Judgements.builder();
    for (int u = 0; u < 30; u++) {
      for (int i = 0; i < 40; i++) builder.add("u" + u, "s" + i, u % 2 == i % 2 ? 1 : -1);
    }
    var voices = builder.build();
    return voices.withItems(Catalog.of(voices.items().ids(), new float[40][1]));
  }

  @Test
  void trialsPlaceItsNewcomersByWhatTheySay() {
    var trials = Trials.of(camps()).seeds(2).answers(0, 10).run(new Sides(List.of()));
    assertThat(trials.spread("sides", t -> t.seen().macroAccuracy()).mean()).isEqualTo(1);
    assertThat(trials.spread("sides", t -> t.accuracyAfter(0)).mean()).isBetween(0.3, 0.7);
    assertThat(trials.spread("sides", t -> t.accuracyAfter(10)).mean()).isEqualTo(1);
    assertThat(trials.curves()[0].name()).isEqualTo("sides");
  }

  private static final Preferences ANSWERS =
      Preferences.of(
          List.of(
              Comparison.of("u1", "s1", "s2"),
              Comparison.of("u3", "s1", "s2"),
              Comparison.of("u3", "s5", "s2")));

  @Test
  void evaluationScoresStrangersByThePopulation() {
    var evaluation = Evaluation.of(new Sides(List.of("u1")), ANSWERS);
    assertThat(evaluation.margins()).containsExactly(1, -1, -1);
    assertThat(evaluation.seen().orElseThrow().accuracy()).isEqualTo(1);
    assertThat(evaluation.unseen().orElseThrow().answers()).isEqualTo(2);
    var known = Evaluation.of(new Sides(List.of("u1", "u3")), ANSWERS);
    assertThat(Evaluation.compare(List.of(evaluation, known)).text()).contains("sides");
  }

  @Test
  void itsCurveRisesAndSweepsTakeIt() {
    var model = new Sides(List.of());
    var curve = LocalizationCurve.of(model, ANSWERS, ANSWERS, 0, 1);
    assertThat(curve.points().get(0).accuracy()).isZero();
    assertThat(curve.points().get(1).accuracy()).isEqualTo(1);
    assertThat(curve.name()).isEqualTo("sides");
    var split = camps().pairs(50, 1).splitByAnswer(0.8, 1);
    var sweep = Sweep.over("nothing", 1, 2).specs(n -> model).repeat(2).run(split);
    assertThat(sweep.table().rowCount()).isEqualTo(4);
  }
}
