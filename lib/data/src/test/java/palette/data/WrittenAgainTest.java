package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What is written is what is read again. */
class WrittenAgainTest {
  @TempDir Path folder;

  private static Preferences some() {
    return Preferences.builder()
        .item("t1", "Green \"tea\"\nfrom\tUji \u2028 \uD83C\uDF75")
        .prompt("q1", "What now?")
        .add(new Comparison("ann", "q1", "t1", "c1"))
        .add(Comparison.of("bob", "c1", "t1"), 0.4f)
        .tie(Comparison.of("bob", "c1", "w1"))
        .build();
  }

  private static void same(Preferences again, Preferences first) {
    assertThat(again.comparisons()).isEqualTo(first.comparisons());
    assertThat(again.ties().comparisons()).isEqualTo(first.ties().comparisons());
    assertThat(again.items().text(0)).isEqualTo(first.items().text(0));
    assertThat(again.prompts().text(0)).isEqualTo("What now?");
    assertThat(again.weight(1)).isEqualTo(first.weight(1));
  }

  @Test
  void comparisonsComeBackWithIdsTextsWeightsAndTies() throws IOException {
    var file = folder.resolve("deep/down/answers.jsonl");
    some().write(file);
    var ann = Files.readAllLines(file).get(0);
    assertThat(ann).startsWith("{\"user\":\"ann\",\"prompt\":\"What now?\",\"promptId\":\"q1\"");
    var text = Files.readString(file);
    assertThat(text.replace("\"weight\":1.0", "")).contains("\"tie\":true").endsWith("}\n");
    assertThat(text.lines().filter(l -> l.contains("weight")).count()).isEqualTo(2);
    var lines = Files.readString(file).lines().filter(l -> !l.contains("\"tie\"")).toList();
    assertThat(lines).hasSize(2);
    same(Preferences.jsonl(file).weight("weight").read(), some());
  }

  @Test
  void whatUsersSayOfThemselvesComesBackAndIsWrittenOnce() throws IOException {
    var told =
        Preferences.builder()
            .user("ann", "I paint \u2028 and \"read\".")
            .user("cem", "I run.")
            .add(Comparison.of("ann", "t1", "c1"))
            .add(Comparison.of("bob", "c1", "t1"))
            .add(Comparison.of("ann", "t1", "w1"))
            .tie(Comparison.of("ann", "c1", "w1"))
            .tie(Comparison.of("cem", "c1", "w1"))
            .build();
    var file = folder.resolve("told.jsonl");
    told.write(file);
    for (var again : List.of(Preferences.jsonl(file).read(), Preferences.read(file))) {
      assertThat(again.users().ids()).containsExactly("ann", "bob", "cem");
      assertThat(again.users().texts())
          .containsExactly("I paint \u2028 and \"read\".", "bob", "I run.");
      assertThat(again.ties().users()).isSameAs(again.users());
    }
    assertThat(Files.readString(file).split("I paint", -1)).hasSize(2);
    assertThat(Preferences.read(file).notes().get(0)).doesNotContain("Not used");
    var lines = Files.readAllLines(file);
    lines.add(lines.get(0).replace("I paint", "I draw"));
    Files.write(file, lines);
    assertThatThrownBy(() -> Preferences.jsonl(file).read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 6: expected one text for the id 'ann'");
  }

  @Test
  void gzByItsName() throws IOException {
    var file = folder.resolve("answers.jsonl.gz");
    some().write(file);
    assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b);
    same(Preferences.jsonl(file).weight("weight").read(), some());
  }

  @Test
  void aTableHoldsTheRowsAndIsReadBack() {
    var table = some().table();
    assertThat(table.columnNames())
        .containsExactly("user", "prompt", "chosen", "rejected", "weight");
    var again = Preferences.of(table).weight("weight").read();
    assertThat(again.comparisons()).isEqualTo(some().comparisons());
  }

  @Test
  void whoStoodFirstAndHowLongItTookComeBackAndChangeNoFingerprint() {
    var asked =
        Preferences.builder()
            .add(Comparison.of("ann", "tea", "coffee"), 1, 2, 3.5)
            .add(Comparison.of("ann", "milk", "coffee"), 1, 1, Double.NaN)
            .add(Comparison.of("ann", "milk", "tea"))
            .build();
    var file = folder.resolve("asked.jsonl");
    asked.write(file);
    var again = Preferences.jsonl(file).first("first").seconds("seconds").read();
    var table = Preferences.of(asked.table()).first("first").read();
    for (int row = 0; row < 3; row++) {
      assertThat(again.shown().place(row)).isEqualTo(2 - row);
      assertThat(table.shown().place(row)).isEqualTo(asked.shown().place(row));
      assertThat(again.shown().seconds(row)).isEqualTo(Double.valueOf(asked.shown().seconds(row)));
    }
    assertThat(again.where(row -> row > 0).shown().place(0)).isEqualTo(1);
    assertThat(again.fingerprint()).isEqualTo(Preferences.of(asked.comparisons()).fingerprint());
    assertThat(Preferences.jsonl(file).read().shown().hasPlaces()).isFalse();
  }

  @Test
  void theFingerprintFollowsTheDataAndNothingElse() {
    var print = some().fingerprint();
    assertThat(print).matches("[0-9a-f]{64}").isEqualTo(some().fingerprint());
    assertThat(some().select(new int[] {1, 0}).fingerprint()).isNotEqualTo(print);
    assertThat(some().withNotes(List.of("a note")).fingerprint()).isEqualTo(print);
    var items = some().items();
    var described = some().withItems(items.withVectors(new float[items.size()][2]));
    assertThat(described.fingerprint()).isNotEqualTo(print);
    var told = some().withUsers(some().users().withVectors(new float[some().users().size()][3]));
    assertThat(told.users().dimension()).isEqualTo(3);
    assertThat(told.ties().users()).isSameAs(told.users());
    assertThat(told.fingerprint()).isNotEqualTo(print);
    assertThatThrownBy(() -> some().withUsers(Catalog.empty()))
        .hasMessageContaining("the same ids");
    var tea = Preferences.of(List.of(Comparison.of("a", "b", "cd")));
    var shifted = Preferences.of(List.of(Comparison.of("a", "bc", "d")));
    assertThat(tea.fingerprint()).isNotEqualTo(shifted.fingerprint());
  }

  @Test
  void tablesAreWrittenAsCsv() throws IOException {
    var table =
        Table.create(
            "ranking",
            StringColumn.create("item", "tea, green", "coffee"),
            DoubleColumn.create("score", 1.25, -3));
    var file = folder.resolve("ranking.csv");
    Tables.write(table, file);
    assertThat(Files.readAllLines(file))
        .containsExactly("item,score", "\"tea, green\",1.25", "coffee,-3.0");
    var zipped = folder.resolve("ranking.csv.gz");
    Tables.write(table, zipped);
    var again = Judgements.ratings(zipped).user("item").read();
    assertThat(again.value(1)).isEqualTo(-3);
  }
}
