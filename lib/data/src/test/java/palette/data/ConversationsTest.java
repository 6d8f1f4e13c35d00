package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

/** Conversational rows of TRL, UltraFeedback and SynthesizeMe: lists of role and content. */
class ConversationsTest {
  private static final String ASKED = said("user", "Tea?");

  @TempDir Path folder;

  private static String said(String role, String content) {
    return "{'role':'" + role + "','content':'" + content + "'}";
  }

  private static String list(String... messages) {
    return "[" + String.join(",", messages) + "]";
  }

  private static String answer(String content) {
    return said("assistant", content);
  }

  private Preferences read(String... rows) {
    for (int i = 0; i < rows.length; i++) rows[i] = rows[i].replace('\'', '"');
    return Preferences.jsonl(Written.file(folder, "trl.jsonl", rows)).read();
  }

  private static String row(String prompt, String chosen, String rejected) {
    return "{" + prompt + "'chosen':" + chosen + ",'rejected':" + rejected + "}";
  }

  private static final Comparison YES = new Comparison("everyone", "Tea?", "Yes", "No");

  @Test
  void aPromptAndTwoAnswersAreTexts() {
    var explicit = row("'prompt':" + list(ASKED) + ",", list(answer("Yes")), list(answer("No")));
    assertThat(read(explicit).comparisons()).containsExactly(YES);
  }

  @Test
  void whatBothBeginWithIsThePrompt() {
    var yes = list(ASKED, answer("Yes"));
    var no = list(ASKED, answer("No"));
    assertThat(read(row("", yes, no)).comparisons()).containsExactly(YES);
    assertThat(read(row("'prompt':" + list(ASKED) + ",", yes, no)).comparisons())
        .containsExactly(YES);
    assertThat(
            read(row("'prompt':'Tea?','prompt_id':'7','score_chosen':9.5,", yes, no)).comparisons())
        .containsExactly(YES);
    assertThat(
            read(row("'context':" + list(ASKED) + ",", answer("Yes"), answer("No"))).comparisons())
        .containsExactly(YES);
  }

  @Test
  void longerConversationsKeepTheirRoles() {
    var begin =
        new String[] {said("system", "Be brief."), ASKED, answer("Which?"), said("user", "Green.")};
    var yes = list(begin[0], begin[1], begin[2], begin[3], answer("Here."));
    var no = list(begin[0], begin[1], begin[2], begin[3], answer("None."), said("user", "Oh."));
    assertThat(read(row("", yes, no)).comparison(0))
        .isEqualTo(
            new Comparison(
                "everyone",
                "system: Be brief.\n\nuser: Tea?\n\nassistant: Which?\n\nuser: Green.",
                "Here.",
                "assistant: None.\n\nuser: Oh."));
  }

  @Test
  void oneUserIsSaidAndNotMadeOfAnyField() {
    var yes = row("", list(ASKED, answer("Yes")), list(ASKED, answer("No")));
    assertThat(read(yes).notes())
        .containsExactly(
            "No field 'user': all answers are those of one user, \"everyone\". .user(\"...\") names"
                + " one.");
    assertThatThrownBy(() -> read(yes.replace("{'chosen'", "{'source':'x','chosen'")))
        .hasMessageContaining("expected a field 'user'")
        .hasMessageEndingWith("Or say .oneUser(\"everyone\"), if there are no users.");
    assertThatThrownBy(() -> read(yes, yes.replace("{'chosen'", "{'user':'x','chosen'")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2: expected no field 'user', as in the records before");
  }

  @Test
  void otherListsAreNoConversations() {
    assertThatThrownBy(() -> read(row("", "['Yes']", "['No']")))
        .hasMessageContaining("expected a text in 'chosen', found a list.");
    assertThatThrownBy(() -> read(row("", list(answer("Yes")), "'No'")))
        .hasMessageContaining("expected a text in 'chosen', found a list.");
  }

  @Test
  void parquetHoldsThemAsJsonlDoes() throws SQLException {
    var file = folder.resolve("ultra.parquet");
    var yes =
        list(ASKED, answer("Yes")).replace("'role':", "role: ").replace("'content':", "content: ");
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT 'Tea?' AS prompt, %s AS chosen, %s AS rejected) TO '%s' (FORMAT PARQUET)"
              .formatted(yes, yes.replace("'Yes'", "'No'"), file));
    }
    assertThat(Preferences.parquet(file).read().comparisons()).containsExactly(YES);
  }

  // ------------------------------------------------------------------------------ a JSON array

  private Path array(String text) {
    return Written.file(folder, "a.json", text.replace('\'', '"'));
  }

  private static final String ANN = "{'user':'ann','chosen':'x','rejected':'y'}";

  @Test
  void anArrayIsReadHoweverItsLinesAreBroken() {
    var wide = ANN.replace(",", ",\n  ");
    for (var text :
        List.of("[" + ANN + "," + ANN + "]", "\n [\n" + wide + ",\n" + wide + "\n]\n")) {
      assertThat(Preferences.jsonl(array(text)).read().size()).isEqualTo(2);
    }
    assertThatThrownBy(() -> Preferences.jsonl(array("[]")).read())
        .hasMessage("a.json: expected at least one record, found none. Check the file.");
  }

  @Test
  void aBadElementIsNamedAndLeftOutByItself() {
    var file = array("[" + ANN + ",\n7,\n" + ANN.replace("'y'", "'x'") + "," + ANN + "]");
    assertThatThrownBy(() -> Preferences.jsonl(file).read())
        .hasMessageStartingWith("a.json line 2, element 2: expected a JSON object, found '7'.");
    var read = Preferences.jsonl(file).skipInvalid(new java.util.ArrayList<>()).read();
    assertThat(read.size()).isEqualTo(2);
  }

  @Test
  void anArrayThatBreaksOffIsNotHalfRead() {
    var cut = array("[" + ANN + ",\n{'user':");
    assertThatThrownBy(() -> Preferences.jsonl(cut).skipInvalid().read())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "a.json line 3 column 1: expected a whole array, found its end cut");
    var broken = array("[" + ANN + ",\n{'user' 7}, " + ANN + "]");
    assertThatThrownBy(() -> Preferences.jsonl(broken).skipInvalid().read())
        .hasMessageStartingWith("a.json line 2 column ")
        .hasMessageContaining("expected JSON as it began, found none.");
    assertThatThrownBy(() -> Preferences.jsonl(array("[".repeat(2000))).read())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.json");
    var none = array("[" + ANN + ", {'w':NaN}]");
    assertThatThrownBy(() -> Preferences.jsonl(none).read())
        .hasMessageEndingWith("NaN is no JSON; leave the field out.");
    assertThatThrownBy(() -> Preferences.jsonl(array("[" + ANN + "]\n" + ANN)).read())
        .hasMessageContaining("expected nothing behind the array, found more.");
  }
}
