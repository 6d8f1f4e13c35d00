package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats of well-known data sets: persona, HH-RLHF, summarize-from-feedback, label tables. */
class PublicFormatsTest {
  @TempDir Path folder;

  private static String persona(String statement, String answer) {
    return "{\"statement\":\"%s\",\"label_confidence\":0.9,\"answer_matching_behavior\":\"%s\"}"
        .formatted(statement, answer);
  }

  @Test
  void personaStatementsKnowTheirTopic() {
    Written.file(folder, "likes-tea.jsonl", persona("Tea is life", " Yes"), persona("Ugh", " No"));
    Written.gz(folder, "likes-art.jsonl.gz", persona("I paint", " Yes"));
    var read = Statements.persona(folder).read();
    assertThat(read.topics()).containsExactly("likes-art", "likes-tea");
    assertThat(read.of("likes-tea").all())
        .containsExactly(
            new Statement("likes-tea-1", "likes-tea", "Tea is life", true),
            new Statement("likes-tea-2", "likes-tea", "Ugh", false));
    assertThat(read.catalog().text(2)).isEqualTo("Ugh");
  }

  @Test
  void anAnswerThatIsNeitherYesNorNoIsAnError() {
    var file = Written.file(folder, "p.jsonl", persona("Tea", "Maybe"));
    assertThatThrownBy(() -> Statements.persona(file).read())
        .hasMessage(
            "p.jsonl line 1: expected Yes or No in 'answer_matching_behavior', found 'Maybe'. Mend"
                + " it, or read with .skipInvalid(), which leaves bad lines out.");
  }

  private static String dialogue(String chosen, String rejected) {
    return "{\"chosen\":\"\\n\\nHuman: Hi\\n\\nAssistant: %s\",\"rejected\":\"\\n\\nHuman: Hi\\n\\nAssistant: %s\"}"
        .formatted(chosen, rejected);
  }

  @Test
  void theSharedDialogueIsThePrompt() {
    var file =
        Written.file(
            folder,
            "hh.jsonl",
            dialogue(
                "Hello!\\n\\nHuman: Tea?\\n\\nAssistant: Yes",
                "Hello!\\n\\nHuman: Tea?\\n\\nAssistant: No"),
            dialogue("Same", "Same"),
            dialogue("Hello", ""));
    var read = Preferences.hhRlhf(file).read();
    assertThat(read.comparisons())
        .containsExactly(
            new Comparison(
                "everyone",
                "\n\nHuman: Hi\n\nAssistant: Hello!\n\nHuman: Tea?\n\nAssistant:",
                "Yes",
                "No"));
    assertThat(read.notes())
        .containsExactly(
            "1 pair of equal answers left out.", "1 pair with an empty answer left out.");
  }

  private static String summary(String info, String choice, String split) {
    return ("{\"info\":{\"id\":\"t3\",%s},\"split\":\"%s\",\"summaries\":[{\"text\":\" short\","
            + "\"policy\":\"sup\"},{\"text\":\"long\",\"policy\":\"ref\"}],\"choice\":%s,"
            + "\"worker\":\"w1\",\"batch\":\"b\",\"extra\":{\"confidence\":8}}")
        .formatted(info, split, choice);
  }

  @Test
  void summarizeFromFeedbackHasPostsAndWorkers() {
    var file =
        Written.file(
            folder,
            "tldr.jsonl",
            summary("\"post\":\"A post\",\"title\":\"T\"", "1", "train"),
            summary("\"article\":\"News\"", "0", "valid2").replace("t3", "cnn"));
    var all = Preferences.summarizeFromFeedback(file).read();
    assertThat(all.comparison(0)).isEqualTo(new Comparison("w1", "t3", "long", "short"));
    assertThat(all.prompts().text(0)).isEqualTo("A post");
  }

  @Test
  void aChoiceOutsideItsRangeIsAnError() {
    var file = Written.file(folder, "tldr.jsonl", summary("\"post\":\"A\"", "2", "train"));
    assertThatThrownBy(() -> Preferences.summarizeFromFeedback(file).read())
        .hasMessage(
            "tldr.jsonl line 1: expected 0 or 1 in 'choice', found '2'. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
  }

  @Test
  @Tag("shared")
  void realPersona() {
    var read = Statements.persona(Written.shared("persona")).read();
    assertThat(read.topics()).hasSize(6);
    for (var topic : read.topics()) {
      var mine = read.of(topic);
      assertThat(mine.size()).isEqualTo(1000);
      assertThat(mine.all().stream().filter(Statement::matches).count()).isEqualTo(500);
    }
  }

  // Counted with Python's json: pairs left after 1 equal and those with an empty answer.
  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "harmless-base.test.first1812.jsonl.gz, 1808, 4, 0",
    "helpful-base.test.first1854.jsonl.gz, 1850, 3, 1"
  })
  void realDialogues(String name, int pairs, int empty, int equal) {
    var read = Preferences.hhRlhf(Written.shared("hh-rlhf/" + name)).read();
    assertThat(read.size()).isEqualTo(pairs);
    assertThat(read.notes()).hasSize(equal + 1).anyMatch(n -> n.startsWith(empty + " pairs with"));
  }

  // Counted with Python's csv.
  @ParameterizedTest
  @Tag("shared")
  @CsvSource({
    "SoundQuality.csv.gz, 33, 18004",
    "GermanParties2009.csv, 155, 2325",
    "FirstNames.csv, 151, 2265"
  })
  void realPairsWithLabels(String name, int users, int pairs) {
    var read =
        Preferences.csv(Written.shared("psychotools/" + name))
            .left("item1")
            .right("item2")
            .label("pref")
            .leftWins("1")
            .rightWins("-1")
            .read();
    assertThat(read.summary().users()).isEqualTo(users);
    assertThat(read.size()).isEqualTo(pairs);
  }

  @Test
  @Tag("shared")
  void realArgumentsHaveTies() {
    var read =
        Preferences.csv(Path.of(Written.shared("ukp_convarg") + "/labels.tsv.gz"))
            .user("worker")
            .prompt("debate")
            .left("arg1")
            .right("arg2")
            .label("label")
            .leftWins("a1")
            .rightWins("a2")
            .tie("equal")
            .read();
    assertThat(read.size()).isEqualTo(24_274 + 23_966);
    assertThat(read.ties().size()).isEqualTo(14_297);
    assertThat(read.users().size()).isEqualTo(3444);
    assertThat(read.items().size()).isEqualTo(872);
    assertThat(read.prompts().size()).isEqualTo(26);
    assertThat(read.notes())
        .containsExactly("14,297 ties kept apart in ties() and not trained on.");
  }
}
