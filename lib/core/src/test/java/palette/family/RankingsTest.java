package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.encode.Tiny;
import palette.encode.Tuning;
import palette.engine.Tensor;
import palette.evaluate.Evaluation;
import palette.fit.BasisModel;
import palette.fit.BasisObjective;
import palette.fit.Plan;
import palette.fit.TrainingSet;
import palette.reward.Choices;
import palette.reward.Loss;
import palette.support.Seeds;

/** Whole rankings by Plackett and Luce, from the stages that all their pairs tell of. */
class RankingsTest {
  private static final PalA.Spec PAIRS =
      PalA.spec().prototypes(2).dimension(2).epochs(40).seed(5).threads(1);
  private static final PalA.Spec WHOLE = PAIRS.loss(Loss.PLACKETT_LUCE);

  /** Two camps rank 8 of 20 items each, by an exponential race of each item's worth to them. */
  private static Judgements rankings(int people, long seed) {
    var random = Seeds.stream(seed, "rankings");
    double[][] x = new double[20][];
    for (int i = 0; i < 20; i++) x[i] = Seeds.normal(2, 1, Seeds.stream(3, "item " + i));
    var said = Judgements.builder();
    for (int person = 0; person < people; person++) {
      int[] some = Arrays.copyOf(Seeds.permutation(20, random), 8);
      double[] worth = new double[20];
      for (int i : some) worth[i] = 2 * x[i][person % 2] - Math.log(-Math.log(random.nextDouble()));
      var order = IntStream.of(some).boxed().sorted(Comparator.comparing(i -> -worth[i])).toList();
      for (int rank = 0; rank < 8; rank++) {
        said.add("u" + person, "i" + order.get(rank), -rank);
      }
    }
    var all = said.build();
    var vectors = new ArrayList<float[]>();
    for (var id : all.items().ids()) {
      vectors.add(Tensor.of(x[Integer.parseInt(id.substring(1))], 2).values());
    }
    return all.withItems(all.items().withVectors(vectors.toArray(new float[0][])));
  }

  @Test
  void threeItemsByHand() {
    var pairs = Judgements.builder().add("u", "a", 3).add("u", "b", 2).add("u", "c", 1).build();
    var answers = pairs.pairs();
    double[] worth = {1, 0.5, -1};
    int[] choices = Choices.of(answers);
    double all = 0;
    for (int first = 0; first < 3; first++) {
      int of = first;
      double[] m =
          IntStream.range(0, 3)
              .filter(row -> choices[row] == of)
              .mapToDouble(row -> worth[answers.chosen(row)] - worth[answers.rejected(row)])
              .toArray();
      if (m.length > 0) all += Choices.loss(m, 0, m.length, new double[m.length]);
    }
    double first = Math.exp(1) / (Math.exp(1) + Math.exp(0.5) + Math.exp(-1));
    double second = Math.exp(0.5) / (Math.exp(0.5) + Math.exp(-1));
    assertThat(all).isCloseTo(-Math.log(first * second), within(1e-12));
  }

  @Test
  void aPairByItselfIsLogisticAndLargeMarginsStayFinite() {
    for (double m : new double[] {-800, -2, 0, 0.3, 800}) {
      double[] slope = new double[1];
      double loss = Choices.loss(new double[] {m}, 0, 1, slope);
      assertThat(loss).isCloseTo(Loss.LOGISTIC.value(m), within(1e-12 * Math.max(1, loss)));
      assertThat(slope[0]).isCloseTo(Loss.LOGISTIC.slope(m), within(1e-12));
    }
  }

  private static TrainingSet data() {
    var answers = rankings(6, 1).pairs();
    return new TrainingSet(answers, answers.first(11), true, false, TrainingSet.Together.CHOICES);
  }

  @Test
  void gradientsAreThoseOfDifferencesAndOfOneGraph() {
    var data = data();
    var start = Gradients.random(WHOLE, data, false);
    var plan = WHOLE.identity(false).basis().plan(Gradients.task(WHOLE.identity(false), data));
    int[] all = Gradients.all(data);
    var objective = (BasisObjective) plan.opening().open(start, 1);
    double mean = objective.accumulate(all, 0, all.length);
    Gradients.compare(start, objective.gradients(), 1e-4, 1e-6, moved -> whole(plan, moved, all));
    try (var graph = Gradients.graph(WHOLE, data, start, Device.cpu(), DataType.FLOAT64)) {
      assertThat(graph.accumulate(all, 0, all.length)).isCloseTo(mean, within(1e-5));
      double seen = graph.measure(data.validation).loss();
      assertThat(objective.measure(data.validation).loss()).isCloseTo(seen, within(1e-5));
    }
  }

  private static double whole(Plan plan, java.util.Map<String, Tensor> start, int[] all) {
    return ((BasisObjective) plan.opening().open(start, 1)).accumulate(all, 0, all.length);
  }

  @Test
  void noOrderAndNoBatchPartsAChoice() {
    var rows = data().train;
    int[] order = Seeds.permutation(rows.size(), Seeds.stream(4, "order"));
    int[] together = rows.together(order);
    assertThat(Arrays.stream(together).sorted().toArray()).containsExactly(Gradients.all(data()));
    assertThat(together[0]).isEqualTo(rows.choice[order[0]]);
    for (int from = 0; from < together.length; ) {
      int end = rows.end(together, from + 5);
      assertThat(end).isGreaterThanOrEqualTo(Math.min(together.length, from + 5));
      if (end < together.length) {
        assertThat(rows.choice[together[end]]).isNotEqualTo(rows.choice[together[end - 1]]);
      }
      from = end;
    }
    double people = Arrays.stream(rows.weight).sum();
    assertThat(people).as("seven stages a person").isCloseTo(6 * 7, within(1e-9));
  }

  @Test
  void wholeRankingsDoNotWorseThanPairs() {
    double accuracy = 0;
    double loss = 0;
    for (long seed = 1; seed <= 4; seed++) {
      var parts = rankings(60, seed).splitByAnswer(0.75, seed);
      Preferences test = parts.test().pairs();
      var pairs = Evaluation.of(PAIRS.seed(seed).fit(parts.train().pairs()), test);
      var whole = Evaluation.of(WHOLE.seed(seed).fit(parts.train().pairs()), test);
      accuracy += (whole.accuracy() - pairs.accuracy()) / 4;
      loss += (whole.choiceLoss() - pairs.choiceLoss()) / 4;
    }
    assertThat(accuracy).isGreaterThan(-0.005);
    assertThat(loss).isLessThan(0.005);
  }

  @Test
  void aFitRepeatsItselfAndIsSavedWithItsLoss() {
    var answers = rankings(20, 2).pairs();
    BasisModel one = WHOLE.epochs(3).fit(answers);
    BasisModel two = WHOLE.epochs(3).fit(answers);
    assertThat(two.margins(answers)).isEqualTo(one.margins(answers));
    assertThat(Loss.named(WHOLE.loss().name())).isSameAs(Loss.PLACKETT_LUCE);
    assertThat(one.name()).contains("Plackett-Luce");
  }

  @Test
  void whatCannotBeSaidOfRankingsIsRefused() {
    var answers = rankings(4, 2).pairs();
    assertThatThrownBy(() -> WHOLE.balanced().fit(answers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("balanced()");
    for (var spec : new BasisSpec[] {UserTokens.individual(), Mrm.spec()}) {
      assertThatThrownBy(() -> spec.loss(Loss.PLACKETT_LUCE).fit(answers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("single pairs");
    }
    var reads = UserTokens.individual().encoder(Tiny.encoder(), Tuning.of("all"));
    var texts = Preferences.builder();
    for (int row = 0; row < answers.size(); row++) texts.add(answers.comparison(row));
    assertThatThrownBy(() -> reads.loss(Loss.PLACKETT_LUCE).fit(texts.build()))
        .hasMessageContaining("single pairs");
  }
}
