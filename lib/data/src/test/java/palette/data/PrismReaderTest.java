package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PRISM as its codebook describes it: scores within a turn, turns that go on from each other. */
class PrismReaderTest {
  @TempDir Path folder;

  private static String asked(int turn, String what) {
    return "{\"turn\":%d,\"role\":\"user\",\"content\":\"%s\"}".formatted(turn, what);
  }

  private static String said(int turn, String what, Object score, boolean chosen) {
    return "{\"turn\":%d,\"role\":\"model\",\"content\":\"%s\",\"model_name\":\"m\",\"score\":%s,\"if_chosen\":%b}"
        .formatted(turn, what, score, chosen);
  }

  private static String talk(String id, String user, String... history) {
    return "{\"conversation_id\":\"%s\",\"user_id\":\"%s\",\"conversation_history\":[%s]}"
        .formatted(id, user, String.join(",", history));
  }

  static final String TALK =
      talk(
          "c1",
          "u1",
          asked(0, "Tea?"),
          said(0, "Green.", 80, true),
          said(0, "Black.", 20, false),
          said(0, "White.", 20, false),
          said(0, "Green.", 80, false),
          asked(1, "Why?"),
          said(1, "It is mild.", 60, true),
          said(1, "", 10, false),
          said(1, "I like it.", 40, false));

  @Test
  void answersOfOneTurnArePairsByTheirScores() {
    var read = Preferences.prism(Written.file(folder, "conversations.jsonl", TALK)).read();
    assertThat(read.comparisons())
        .containsExactly(
            new Comparison("u1", "c1/0", "Green.", "Black."),
            new Comparison("u1", "c1/0", "Green.", "White."),
            new Comparison("u1", "c1/1", "It is mild.", "I like it."));
    assertThat(read.ties().comparison(0))
        .isEqualTo(new Comparison("u1", "c1/0", "Black.", "White."));
    assertThat(read.prompts().texts())
        .containsExactly("Tea?", "user: Tea?\n\nassistant: Green.\n\nuser: Why?");
    assertThat(read.notes())
        .containsExactly(
            "Turns go on from each other: .splitByConversation(...) keeps them on one side.",
            "1 tie kept apart in ties() and not trained on.",
            "1 answer repeated in its turn left out.",
            "1 answer empty or without a score left out.");
  }

  @Test
  void fourAnswersAreNotSixAnswersWorth() {
    var four =
        talk(
            "c",
            "u",
            asked(0, "Q"),
            said(0, "a", 1, false),
            said(0, "b", 2, false),
            said(0, "c", 3, false),
            said(0, "d", 4, true));
    var read = Preferences.prism(Written.file(folder, "c.jsonl", four)).read();
    assertThat(read.size()).isEqualTo(6);
    assertThat(read.weight(0)).isCloseTo(4 / 6.0, org.assertj.core.data.Offset.offset(1e-6));
  }

  private static String utterance(String talk, int turn, String asked, String said, int score) {
    return ("{\"conversation_id\":\"%s\",\"user_id\":\"u1\",\"turn\":%d,\"user_prompt\":\"%s\","
            + "\"model_response\":\"%s\",\"score\":%d,\"if_chosen\":%b}")
        .formatted(talk, turn, asked, said, score, score > 50);
  }

  @Test
  void utterancesSayTheSameInAnyOrder() {
    var whole = Preferences.prism(Written.file(folder, "conversations.jsonl", TALK)).read();
    var lines =
        Written.file(
            folder,
            "utterances.jsonl",
            utterance("c1", 1, "Why?", "It is mild.", 60),
            utterance("c1", 0, "Tea?", "Green.", 80),
            utterance("c1", 0, "Tea?", "Black.", 20),
            utterance("c1", 0, "Tea?", "White.", 20),
            utterance("c1", 1, "Why?", "I like it.", 40));
    var read = Preferences.prism(lines).read();
    assertThat(read.comparisons()).isEqualTo(whole.comparisons());
    assertThat(read.prompts().texts()).isEqualTo(whole.prompts().texts());
    assertThat(Preferences.prism(folder).read().fingerprint()).isEqualTo(whole.fingerprint());
  }

  @Test
  void turnsOfOneConversationStandOnOneSide() {
    var talks = new ArrayList<String>();
    for (int c = 0; c < 10; c++) {
      talks.add(
          talk(
              "c" + c,
              "u" + c % 2,
              asked(0, "Q" + c),
              said(0, "a" + c, 1, false),
              said(0, "b" + c, 2, true),
              asked(1, "R" + c),
              said(1, "x" + c, 1, false),
              said(1, "y" + c, 2, true)));
    }
    var file = Written.file(folder, "c.jsonl", talks.toArray(String[]::new));
    var parts = Preferences.prism(file).read().splitByConversation(0.6, 7);
    assertThat(talks(parts.train())).hasSize(6).doesNotContainAnyElementsOf(talks(parts.test()));
    assertThat(talks(parts.test())).hasSize(4);
    assertThat(parts.train().size() + parts.test().size()).isEqualTo(20);
    assertThat(parts.rule()).isEqualTo("by conversation, 60 % to train");
  }

  private static List<String> talks(Preferences part) {
    return part.comparisons().stream()
        .map(c -> c.prompt().substring(0, c.prompt().indexOf('/')))
        .distinct()
        .toList();
  }

  @Test
  void whatIsNoPrismIsSaid() {
    var role = Written.file(folder, "r.jsonl", TALK.replace("\"model\"", "\"bot\""));
    assertThatThrownBy(() -> Preferences.prism(role).read())
        .hasMessageStartingWith("r.jsonl line 1: expected user or model in 'role', found 'bot'.");
    var turn = Written.file(folder, "t.jsonl", TALK.replace("\"turn\":1", "\"turn\":1e9"));
    assertThatThrownBy(() -> Preferences.prism(turn).read())
        .hasMessageStartingWith("t.jsonl line 1: expected the number of a turn in 'turn'");
    var user =
        Written.file(
            folder,
            "u.jsonl",
            utterance("c1", 0, "Q", "A", 1),
            utterance("c1", 0, "Q", "B", 2).replace("u1", "u2"));
    assertThatThrownBy(() -> Preferences.prism(user).read())
        .hasMessageStartingWith("u.jsonl line 2: expected one user a conversation, found 'u2'.");
    assertThatThrownBy(() -> Preferences.prism(Written.file(folder, "o.jsonl", "{\"a\":1}")).read())
        .hasMessageContaining("expected a field 'conversation_id', found [a].");
    var empty = folder.resolve("empty");
    assertThat(empty.toFile().mkdir()).isTrue();
    assertThatThrownBy(() -> Preferences.prism(empty).read())
        .hasMessageContaining("expected one of [conversations.jsonl");
  }
}
