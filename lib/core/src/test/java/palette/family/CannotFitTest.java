package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.personalize.Person;
import palette.reward.Loss;
import palette.support.InputException;

/** What cannot be learned, and what then is said. */
class CannotFitTest {
  private static final PalA.Spec TWO_CAMPS =
      PalA.spec().prototypes(2).dimension(2).epochs(30).seed(7).device("cpu");
  private static final Split<Preferences> SPLIT = Small.camps(40, 1).splitByAnswer(0.8, 2);

  @Test
  void aLossThatIsNoNumberIsAnError() {
    var broken = TWO_CAMPS.loss("log", m -> m.log());
    for (double share : new double[] {0, 0.1}) {
      assertThatThrownBy(() -> broken.validation(share).fit(SPLIT.train()))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("training, epoch 1: expected a finite loss, found NaN. Lower the")
          .hasMessageContaining(".rates(...)");
    }
  }

  @Test
  void aModelOfNoNumbersIsAnErrorAndNotTheBestOne() {
    for (var loss : List.of(Loss.LOGISTIC, Loss.HINGE, Loss.smoothHinge(0.5))) {
      var wild = TWO_CAMPS.loss(loss).rates(1e160, 1e160, 1);
      assertThatThrownBy(() -> wild.fit(SPLIT.train()))
          .hasMessageContaining("expected a finite loss, found NaN");
    }
  }

  @Test
  void whereTheLossLeavesTheNumbersTheBestEpochSoFarStays() {
    var calls = new int[1];
    var later = TWO_CAMPS.loss("later", m -> ++calls[0] < 60 ? m.neg() : m.mul(Double.NaN));
    var kept = later.fit(SPLIT.train());
    assertThat(kept.history().epochs()).hasSizeBetween(1, 9);
    assertThat(kept.history().epochs()).allMatch(e -> Double.isFinite(e.trainLoss()));
    var best = kept.history().epochs().get(kept.history().best() - 1);
    assertThat(best.validationLoss()).isFinite();
    assertThat(Arrays.stream(kept.margins(SPLIT.test()))).allMatch(Double::isFinite);
  }

  @Test
  void aLossMayNotForgetItsResultOrItsName() {
    assertThatThrownBy(() -> TWO_CAMPS.loss("none", m -> null).fit(SPLIT.train()))
        .hasMessageContaining("loss 'none': expected one value a pair, shape (")
        .hasMessageEndingWith("found null.");
    assertThatThrownBy(() -> TWO_CAMPS.loss(" ", m -> m))
        .hasMessage("loss: expected a name that is not empty, found ' '.");
  }

  @Test
  void aResidualMapKeepsTheSizeOfItsInput() {
    assertThatThrownBy(() -> TWO_CAMPS.residual(4).dimension(5).fit(SPLIT.train()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "residual f: expected a dimension of 2, as the vectors have, found 5. Say"
                + " .dimension(2), or .mlp(hidden) for another one.");
  }

  @Test
  void promptsNeedVectors() {
    var asked = Small.camps(4, 1, "item", List.of("one?", "two?"));
    for (var spec : List.of(PalA.spec(), PalB.spec(), PalB.spec().linear())) {
      assertThatThrownBy(() -> spec.fit(asked))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              "prompt '(one|two)\\?': expected a vector, found none, and no embedder\\. Give"
                  + " vectors with Catalog.withVectors, or fit with .embedder\\(...\\)\\.");
    }
  }

  @Test
  void newPromptsOfTheValidationAnswersNeedThemToo() {
    var validation = Small.camps(4, 1, "item", List.of("one?", "four?"));
    for (var spec : List.of(PalA.spec(), PalB.spec(), PalB.spec().linear())) {
      assertThatThrownBy(() -> spec.fit(Small.asked(4, 1), validation))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("prompt 'four?': expected a vector, found none, and no embedder");
    }
  }

  @Test
  void newItemsOfTheValidationAnswersNeedThemWhereThoseOfTrainingHaveThem() {
    var unheard = Small.idsOnly(Small.camps(4, 1, "new", null));
    for (var spec : List.of(PalA.spec(), PalA.spec().mlp(4), PalB.spec())) {
      assertThatThrownBy(() -> spec.fit(Small.camps(4, 1), unheard))
          .isInstanceOf(InputException.class)
          .hasMessageMatching("item 'new\\d+': expected a vector, found none, and no embedder.*");
    }
  }

  @Test
  void whoKnowsItemsByIdOnlyRanksNoOthers() {
    var answers = Small.idsOnly(Small.camps(10, 1));
    var items = List.of("item0", "TYPO", "item1");
    for (var spec : List.of(PalA.spec().epochs(2), PalB.spec().epochs(2))) {
      var model = spec.fit(answers);
      assertThatThrownBy(() -> Person.of(model, "user0").rank(items))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "item 'TYPO': expected one of the 40 training items, found a new one. Fit with"
                  + " vectors or .embedder(...) to score new items.");
    }
  }

  @Test
  void noItemOfTheAnswersIsANewOneWhereItemsAreKnownById() {
    var ids = IntStream.range(0, 15).mapToObj(i -> "i%02d".formatted(i)).toList();
    var chain = Preferences.builder();
    for (int i = 0; i < 14; i++) chain.add(Comparison.of("u" + i % 3, ids.get(i), ids.get(i + 1)));
    var answers = chain.build();
    var items = answers.items().ids();
    for (var spec : List.of(Population.spec(), PalA.spec().epochs(2), Rank.spec().epochs(2))) {
      for (long seed = 0; seed < 5; seed++) {
        var model = spec.seed(seed).fit(answers);
        assertThat(model.items().ids()).containsExactlyInAnyOrderElementsOf(items);
        assertThat(model.rewards("u0", null, ids)).hasSize(15);
      }
    }
  }

  @Test
  void aLossFromWhichTheOppositeOrNothingIsLearnedIsRefused() {
    var senseless =
        Map.<String, UnaryOperator<NDArray>>of(
            "one that rises",
            NDArray::exp,
            "one that is flat",
            m -> m.lt(0).toType(m.getDataType(), false));
    senseless.forEach(
        (found, loss) ->
            assertThatThrownBy(() -> TWO_CAMPS.loss("own", loss).fit(SPLIT.train()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("loss 'own': expected one that falls as")
                .hasMessageContaining("found " + found));
    TWO_CAMPS.epochs(1).loss("hinge", m -> m.neg().add(1).maximum(0)).fit(SPLIT.train());
  }

  @Test
  void threeRowsAreFittedWithAWord() {
    var answers = Small.camps(4, 1);
    assertThat(said(answers)).isEmpty();
    assertThat(said(answers.select(new int[] {0, 1, 2}))).startsWith("3 answers to train on: not");
  }

  private static String said(Preferences answers) {
    var before = System.err;
    var heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true));
    try {
      PalA.spec().epochs(1).validation(0).fit(answers);
    } finally {
      System.setErr(before);
    }
    return heard.toString();
  }
}
