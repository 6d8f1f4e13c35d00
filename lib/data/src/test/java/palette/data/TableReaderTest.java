package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
  @TempDir Path folder;

  @Test
  void aWideTableHasAColumnAnItem() {
    var file = Written.file(folder, "r.csv", "id,n,j1,j2,j3", "a,2,-1.5,99,4", "b,1,,2,99");
    var read = Judgements.ratings(file).user("id").ignore("n").missing("99").range(-10, 10).read();
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.value(0)).isEqualTo(-1.5);
    assertThat(read.pairs().comparisons()).containsExactly(Comparison.of("a", "j3", "j1"));
  }

  @Test
  void aLongTableHasARowAJudgement() {
    var file = Written.file(folder, "r.csv", "who,film,stars", "a,Alien,5", "a,Jaws,3", "b,Jaws,");
    var read = Judgements.ratings(file).user("who").item("film").value("stars").read();
    assertThat(read.pairs().comparisons()).containsExactly(Comparison.of("a", "Alien", "Jaws"));
    var json =
        Written.file(
            folder, "r.jsonl", "{\"user\":\"a\",\"item\":\"x\",\"value\":1}", "{\"user\":1}");
    var bad = new ArrayList<BadLine>();
    assertThat(Judgements.ratings(json).item("item").skipInvalid(bad).read().size()).isEqualTo(1);
    assertThat(bad.get(0).reason()).contains("line 2: expected a field 'item'");
  }

  @Test
  void aValueOutsideItsRangeIsNamedWithLineAndField() {
    var file = Written.file(folder, "r.csv", "user,j1,j2", "a,1,2", "b,3,99");
    assertThatThrownBy(() -> Judgements.ratings(file).range(-10, 10).read())
        .hasMessage(
            "r.csv line 3, field 'j2': expected a value from -10.0 to 10.0, found '99'."
                + " If it means that nothing was said, name it with .missing(\"99\").");
    var text = Written.file(folder, "t.csv", "user,j1", "a,good");
    assertThatThrownBy(() -> Judgements.ratings(text).read())
        .hasMessage(
            "t.csv line 2: expected a number in 'j1', found 'good'. If it means that nothing was"
                + " said, name it with .missing(\"good\").");
  }

  @Test
  void votesAreOneZeroOrMinusOne() {
    var file = Written.file(folder, "v.csv", "user,s1,s2,s3", "a,1,0,-1");
    var read = Judgements.votes(file).read();
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.notes()).containsExactly("1 pass vote left out.");
    var wrong = Written.file(folder, "w.csv", "user,s1", "a,0.5");
    assertThatThrownBy(() -> Judgements.votes(wrong).read())
        .hasMessageContaining("w.csv line 2, field 's1': expected 1, 0 or -1, found '0.5'.");
  }

  @Test
  void textsComeFromATableOfTheirOwn() {
    var file = Written.file(folder, "r.csv", "user,j1,j2", "a,1,2");
    var texts = Written.file(folder, "t.csv", "joke,words", "j2,\"Knock, knock\"", "j9,Unseen");
    var read = Judgements.ratings(file).itemTexts(texts, "joke", "words").read();
    assertThat(read.items().texts()).containsExactly("j1", "Knock, knock");
    assertThat(read.notes()).containsExactly("1 item without a text.");
  }

  @Test
  void aUserInTwoRowsOfAWideTableIsAnError() {
    var file = Written.file(folder, "r.csv", "user,j1", "a,1", "a,2");
    assertThatThrownBy(() -> Judgements.ratings(file).read())
        .hasMessage(
            "r.csv line 3: expected each user once, found 'a' twice. Mend it, or read with"
                + " .skipInvalid(), which leaves bad lines out.");
  }

  @Test
  @Tag("shared")
  void jester() {
    var read =
        Judgements.ratings(Written.shared("jester/ratings.dev.csv.gz"))
            .ignore("n_rated")
            .missing("99")
            .range(-10, 10)
            .itemTexts(Written.shared("jester/jokes.csv"), "joke", "text")
            .read();
    assertThat(read.size()).isEqualTo(290_505);
    assertThat(read.users().size()).isEqualTo(3992);
    assertThat(read.items().size()).isEqualTo(100);
    assertThat(read.items().hasTexts()).isTrue();
    assertThat(read.notes()).isEmpty();
  }

  @Test
  @Tag("shared")
  void pubs() {
    var read =
        Judgements.ratings(Written.shared("preflib/00013-social/00013-00000002.csv"))
            .user("userid")
            .read();
    assertThat(read.users().size()).isEqualTo(93);
    assertThat(read.items().size()).isEqualTo(23);
  }
}
