package palette.personalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.numeric.LinkKind;
import palette.numeric.Links;
import palette.numeric.VectorLoops;
import palette.reward.Link;
import palette.support.InputException;
import palette.support.Seeds;

/** What is said to be sure at a level is right as often, over people as the prior has them. */
class BeliefTest {
  private static final int PEOPLE = 1_000;

  private static RowsModel model(boolean offHull) {
    return offHull ? RowsModel.offHull(8) : RowsModel.mixes(8);
  }

  /** Drawn from the prior, by leaving out whatever lies outside of the space. */
  private static double[][] people(RowsModel model, int n) {
    var prior = model.prior();
    var random = new SplittableRandom(7);
    double[][] people = new double[n][];
    for (int p = 0; p < n; ) {
      double[] w = Seeds.normal(prior.center().length, 1 / Math.sqrt(prior.strength()), random);
      double mean = Arrays.stream(prior.space().mix(w)).average().orElse(0);
      for (int k = 0; k < w.length; k++) {
        w[k] += prior.center()[k] - (prior.space().isFree(k) ? 0 : mean);
      }
      if (Arrays.stream(prior.space().mix(w)).min().orElse(0) >= 0) people[p++] = w;
    }
    return people;
  }

  private static Comparison answer(RowsModel model, double[] w, int i, int j, SplittableRandom r) {
    boolean first = r.nextDouble() < Links.logistic(model.reward(w, i) - model.reward(w, j));
    return new Comparison("ann", null, "i" + (first ? i : j), "i" + (first ? j : i));
  }

  private static Preferences answers(RowsModel model, double[] w, int n, SplittableRandom random) {
    var some = new ArrayList<Comparison>();
    for (int a = 0; a < n; a++) {
      int i = random.nextInt(RowsModel.ITEMS);
      int j = (i + 1 + random.nextInt(RowsModel.ITEMS - 1)) % RowsModel.ITEMS;
      some.add(answer(model, w, i, j, random));
    }
    return Preferences.of(some);
  }

  private static double mean(double[] w, RowsModel model) {
    return IntStream.range(0, RowsModel.ITEMS)
        .mapToDouble(i -> model.reward(w, i))
        .average()
        .orElse(0);
  }

  private static double rank(RowsModel model, double[] w, int item) {
    double own = model.reward(w, item);
    return 1 + IntStream.range(0, RowsModel.ITEMS).filter(i -> model.reward(w, i) > own).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("slow")
  void ninetyPercentAreNinetyPercent(boolean offHull) {
    var model = model(offHull);
    double[][] truth = people(model, PEOPLE);
    double[] found = sums(6, p -> held(model, truth[p], p));
    double region = found[0];
    double map = found[1];
    double reward = found[2];
    double rank = found[3];
    double stated = found[4];
    double right = found[5];
    assertThat(region / PEOPLE).isCloseTo(0.9, within(0.02));
    assertThat(map / PEOPLE).isCloseTo(0.9, within(0.02));
    assertThat(reward / PEOPLE).isCloseTo(0.9, within(0.02));
    assertThat(rank / PEOPLE).isGreaterThan(0.88); // whole numbers: rather too many
    assertThat(right / PEOPLE).isCloseTo(stated / PEOPLE, within(0.02));
  }

  /** Whether the truth about a person lies where it is said to with 90 %, and who is the best. */
  private static double[] held(RowsModel model, double[] w, int p) {
    var random = new SplittableRandom(p);
    var person = Localizer.of(model).fit(answers(model, w, 12, random));
    var belief = Belief.of(person, 500, p);
    int item = p % RowsModel.ITEMS;
    var ranking = belief.ranking(0.9, RowsModel.ids());
    var place =
        ranking.places().stream().filter(x -> x.item().equals("i" + item)).findFirst().get();
    int first = Integer.parseInt(ranking.places().get(0).item().substring(1));
    return new double[] {
      one(belief.region(0.9).contains(w)),
      one(belief.onMap(0.9).contains(model.idealPoint(w))),
      one(place.reward().contains(model.reward(w, item) - mean(w, model))),
      one(place.rank().contains(rank(model, w, item))),
      ranking.sure(),
      one(rank(model, w, first) == 1)
    };
  }

  private static double one(boolean holds) {
    return holds ? 1 : 0;
  }

  /** What is found with each person, summed; people are nothing to each other. */
  private static double[] sums(int columns, IntFunction<double[]> ofPerson) {
    double[] sums = new double[columns];
    IntStream.range(0, PEOPLE)
        .parallel()
        .mapToObj(ofPerson)
        .toList()
        .forEach(found -> VectorLoops.add(found, sums, columns));
    return sums;
  }

  private static Preferences somePairs() {
    var all = new ArrayList<Comparison>();
    for (int i = 0; i < RowsModel.ITEMS; i++) {
      for (int j = i % 2; j < i; j += 2) all.add(new Comparison("any", null, "i" + i, "i" + j));
    }
    return Preferences.of(all);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("slow")
  void whoIsSureOfTheBestIsRightAsOften(boolean offHull) {
    var model = model(offHull);
    double[][] truth = people(model, PEOPLE);
    var open = Localizer.of(model).fit(Preferences.of(List.of()));
    double[] found = sums(4, p -> asked(model, open, truth[p], p));
    double stated = found[0];
    double right = found[1];
    double stopped = found[2];
    double rightly = found[3];
    assertThat(right / PEOPLE).isCloseTo(stated / PEOPLE, within(0.02));
    assertThat(stopped).isGreaterThan(200);
    assertThat(rightly / stopped).isGreaterThan(0.8 - 0.02);
  }

  /**
   * An interview until it is sure: how sure, whether rightly so, and whether it stopped by that.
   */
  private static double[] asked(RowsModel model, Person open, double[] w, int p) {
    var random = new SplittableRandom(p);
    var pairs = new HashSet<Set<String>>();
    var inquiry =
        Questions.of(model)
            .untilSure(
                open,
                somePairs(),
                0.8,
                pair -> {
                  assertThat(pairs.add(Set.of(pair.chosen(), pair.rejected()))).isTrue();
                  int i = Integer.parseInt(pair.chosen().substring(1));
                  int j = Integer.parseInt(pair.rejected().substring(1));
                  return answer(model, w, i, j, random);
                });
    boolean sure = inquiry.ranking().sure() >= 0.8; // nobody can ask for more than there is
    int first = Integer.parseInt(inquiry.ranking().places().get(0).item().substring(1));
    boolean right = rank(model, w, first) == 1;
    return new double[] {inquiry.ranking().sure(), one(right), one(sure), one(sure && right)};
  }

  @Test
  void drawsStayInTheSpaceAndAreTheSameBySeed() {
    for (boolean offHull : new boolean[] {false, true}) {
      var model = model(offHull);
      var said = answers(model, model.prior().center(), 8, new SplittableRandom(2));
      var person = Localizer.of(model).fit(said);
      double[][] draws = Belief.of(person, 50, 3).draws();
      var space = model.prior().space();
      for (double[] w : draws) {
        double[] mix = space.mix(w);
        assertThat(Arrays.stream(mix).sum()).isCloseTo(1, within(1e-9));
        for (double share : mix) assertThat(share).isNotNegative();
      }
      assertThat(Belief.of(person, 50, 3).draws()).isDeepEqualTo(draws);
      assertThat(Belief.of(person, 50, 4).draws()).isNotEqualTo(draws);
      assertThat(Belief.of(person).ranking(0.9, RowsModel.ids()).text()).contains("best");
    }
  }

  @Test
  void whoSeesNoDifferenceIsNotBelievedToPreferWhatIsNamedFirst() {
    for (var kind : List.of(LinkKind.DAVIDSON, LinkKind.RAO_KUPPER)) {
      var model = model(false).link(new Link(kind, kind.start(), 0, 1));
      var tied = Preferences.builder();
      for (int n = 0; n < 20; n++) tied.tie(Comparison.of("ann", "i3", "i7"));
      var person = Localizer.of(model).fit(tied.build());
      var sure = Belief.of(person).ranking(0.9, List.of("i3", "i7")).sure();
      assertThat(sure).as(kind.label()).isLessThan(0.75);
    }
  }

  /** On a line, where what is left open can be summed up. */
  @Test
  void drawsAreWhatTheLinkLeavesOpen() {
    for (var kind : LinkKind.values()) {
      var link = new Link(kind, 1, 0.7, 0.8);
      var model = RowsModel.line().link(link);
      var said = Preferences.builder();
      for (int n = 0; n < 6; n++) said.add(Comparison.of("ann", "i3", "i7"), 1, 1 + n % 2, 0);
      if (kind.ties()) for (int n = 0; n < 6; n++) said.tie(Comparison.of("ann", "i3", "i7"));
      var person = Localizer.of(model).fit(said.build());
      double[][] draws = Belief.of(person, 4_000, 1).draws();
      double mean = Arrays.stream(draws).mapToDouble(w -> w[0]).average().orElseThrow();
      double mass = 0;
      double moment = 0;
      for (double w = -5; w < 5; w += 0.01) {
        double[] margins = person.evidence().at(new double[] {w});
        double log = -w * w / 2;
        for (int j = 0; j < margins.length; j++) {
          double at = (margins[j] + (j >= 6 ? 0 : j % 2 == 0 ? 0.7 : -0.7)) / 0.8;
          log -= kind.with(1).loss(at, j >= 6);
        }
        mass += Math.exp(log);
        moment += w * Math.exp(log);
      }
      assertThat(mean).as(kind.label()).isCloseTo(moment / mass, within(0.03));
    }
  }

  @Test
  void aModelWithoutAMapSaysSo() {
    var world = palette.simulate.World.spec().users(5).dimension(2).prototypes(2).seed(1).create();
    var person = Localizer.of(TrueModel.of(world, 2)).fit(world.newcomer(1).ask(3));
    assertThatThrownBy(() -> Belief.of(person).onMap(0.9))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("map");
    assertThatThrownBy(() -> Belief.of(person).region(1.5))
        .hasMessageContaining("level")
        .hasMessageContaining("1.5");
    var belief = Belief.of(person);
    var third = belief.region(1 / 3.0);
    long inside = Arrays.stream(belief.draws()).filter(third::contains).count();
    assertThat(inside / (double) belief.draws().length).isCloseTo(1 / 3.0, within(0.002));
  }
}
