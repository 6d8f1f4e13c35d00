package palette.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hundred people vote on forty statements, twenty on twenty, and five on nine only. */
class HoldoutTest {
  private static final Judgements ALL = voices();
  private final Holdout parts = ALL.holdOut(7);

  private static Judgements voices() {
    var builder = Judgements.builder();
    for (int u = 0; u < 125; u++) {
      int votes = u < 100 ? 40 : u < 120 ? 20 : 9;
      for (int i = 0; i < votes; i++) builder.add("u" + u, "s" + i, (u + i) % 3 == 0 ? -1 : 1);
    }
    return builder.build();
  }

  private static Set<String> rows(Judgements part) {
    var rows = new HashSet<String>();
    for (int row = 0; row < part.size(); row++) {
      rows.add(part.users().id(part.user(row)) + " " + part.items().id(part.item(row)));
    }
    return rows;
  }

  private static Set<String> people(Judgements part) {
    var people = new HashSet<String>();
    for (int row = 0; row < part.size(); row++) people.add(part.users().id(part.user(row)));
    return people;
  }

  @Test
  void aFifthOfThoseWhoSaidEnoughIsNew() {
    assertThat(people(parts.train())).hasSize(96);
    assertThat(people(parts.unseen()))
        .hasSize(24)
        .doesNotContainAnyElementsOf(people(parts.train()));
    assertThat(people(parts.train())).doesNotContain("u120", "u124");
  }

  @Test
  void noJudgementStandsInTwoParts() {
    var seen = new HashSet<String>();
    for (var part : List.of(parts.train(), parts.validation(), parts.test(), parts.unseen())) {
      assertThat(rows(part)).hasSize(part.size());
      assertThat(seen).doesNotContainAnyElementsOf(rows(part));
      seen.addAll(rows(part));
    }
    assertThat(seen).hasSize(100 * 40 + 20 * 20);
    assertThat(rows(parts.asked())).doesNotContainAnyElementsOf(rows(parts.heldOut()));
    assertThat(rows(parts.unseen()))
        .containsAll(rows(parts.asked()))
        .containsAll(rows(parts.heldOut()));
  }

  @Test
  void theSharesAreThoseOfTheProtocol() {
    var one = List.of(people(parts.train()).stream().filter(u -> u.length() == 2).findAny().get());
    assertThat(parts.train().ofUsers(one).size()).isEqualTo(26);
    assertThat(parts.validation().ofUsers(one).size()).isEqualTo(6);
    assertThat(parts.test().ofUsers(one).size()).isEqualTo(8);
    int asked = people(parts.asked()).size();
    assertThat(parts.asked().size()).isEqualTo(24 * asked);
    assertThat(parts.heldOut().size()).isEqualTo(16 * asked);
    assertThat(people(parts.asked()))
        .isEqualTo(people(parts.heldOut()))
        .noneMatch(u -> Integer.parseInt(u.substring(1)) >= 100);
  }

  @Test
  void whatANewUserSaysComesInARandomOrder() {
    var id = people(parts.asked()).iterator().next();
    var said = parts.asked().ofUsers(List.of(id));
    boolean rises = true;
    for (int row = 1; row < said.size(); row++) rises &= said.item(row - 1) < said.item(row);
    assertThat(rises).isFalse();
  }

  @Test
  void theSameSeedPartsAlikeAndAnotherDoesNot() {
    assertThat(rows(ALL.holdOut(7).test())).isEqualTo(rows(parts.test()));
    assertThat(rows(ALL.holdOut(8).test())).isNotEqualTo(rows(parts.test()));
  }

  @Test
  void itSaysWhatItDid() {
    assertThat(parts.text()).startsWith("Held out, seed 7\n").contains("seen users: train", "96");
  }
}
