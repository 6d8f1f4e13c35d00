package palette.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.Small;
import palette.support.InputException;

/** What two camps' weights give away, and what they do not. */
class DisclosureTest {
  private static final Preferences ANSWERS = Small.camps(40, 1);
  private static PalA model;

  @BeforeAll
  static void fit() {
    model = PalA.spec().dimension(2).epochs(60).seed(7).fit(ANSWERS);
  }

  private static Map<String, String> camps() {
    var camps = new HashMap<String, String>();
    for (int u = 0; u < Small.USERS; u++) camps.put("user" + u, u % 2 == 0 ? "east" : "west");
    return camps;
  }

  @Test
  void theAnswersOfACampAreReadOffTheWeights() {
    var own = Disclosure.of(model, ANSWERS).facts().get(0);
    assertThat(own.users()).isEqualTo(60);
    assertThat(own.recovered()).isGreaterThan(0.9);
    assertThat(own.chance()).isLessThan(0.75);
    assertThat(own.clear()).isTrue();
  }

  @Test
  void theCampIsGuessedAndACoinIsNot() {
    var coins = new HashMap<String, String>();
    var random = new SplittableRandom(3);
    for (var user : camps().keySet()) coins.put(user, random.nextBoolean() ? "heads" : "tails");
    var facts = Disclosure.of(model, ANSWERS).group("camp", camps()).group("coin", coins).facts();
    assertThat(facts.get(1).recovered()).isGreaterThan(0.95);
    assertThat(facts.get(1).chance()).isLessThan(0.6);
    assertThat(facts.get(1).clear()).isTrue();
    assertThat(facts.get(2).clear()).isFalse();
  }

  @Test
  void aGroupOfMostIsGuessedByChanceAlready() {
    var most = new HashMap<>(camps());
    most.replaceAll((user, camp) -> "all");
    most.put("user3", "one");
    var fact = Disclosure.of(model, ANSWERS).group("most", most).facts().get(1);
    assertThat(fact.chance()).isGreaterThan(0.95);
    assertThat(fact.clear()).isFalse();
  }

  @Test
  void strangersAndSingleGroupsAreErrors() {
    var eve = Preferences.of(List.of(Comparison.of("eve", "item1", "item2")));
    assertThatThrownBy(() -> Disclosure.of(model, eve))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected those of training users of PAL-A, K=2");
    var disclosure = Disclosure.of(model, ANSWERS);
    assertThatThrownBy(() -> disclosure.group("city", Map.of("user1", "x")))
        .hasMessage("users with a group: expected at least 10, found 1.");
    var same = new HashMap<>(camps());
    same.replaceAll((user, camp) -> "x");
    assertThatThrownBy(() -> disclosure.group("city", same))
        .hasMessage("groups: expected at least 2, found [x].");
  }

  @Test
  void itShowsItselfAsATable() {
    var text = Disclosure.of(model, ANSWERS).group("camp", camps()).text();
    assertThat(text).startsWith("PAL-A, K=2: what a person's weights give away");
    assertThat(text).contains("own answers").contains("camp").contains(" to ");
  }
}
