package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MovieLens in its two forms, and other tables without a header. */
class MovieLensTest {
  @TempDir Path folder;

  @Test
  void tablesWithHeaders() {
    Written.file(folder, "ratings.csv", "userId,movieId,rating,timestamp", "1,31,2.5,1260759144");
    Written.file(folder, "movies.csv", "movieId,title,genres", "31,\"Minds, Dangerous\",Drama");
    var read = Judgements.movieLens(folder).read();
    assertThat(read.items().ids()).containsExactly("31");
    assertThat(read.items().text(0)).isEqualTo("Minds, Dangerous");
    assertThat(read.value(0)).isEqualTo(2.5);
  }

  private void old(String... ratings) {
    Written.file(folder, "ratings.dat", ratings);
    var movies = "914::My Fair \"Lady\": 1964::Musical\n3408::Amélie::Comedy\n";
    Written.bytes(folder.resolve("movies.dat"), movies.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void columnsThatTwoColonsPartInLatin1() {
    old("1::914::3::978301968", "1::3408::4::978300275");
    var read = Judgements.movieLens(folder).read();
    assertThat(read.items().texts()).containsExactly("My Fair \"Lady\": 1964", "Amélie");
    assertThat(read.pairs().comparisons()).containsExactly(Comparison.of("1", "3408", "914"));
    assertThat(Judgements.movieLens(folder.resolve("ratings.dat")).read().size()).isEqualTo(2);
  }

  @Test
  void aLineWithTooFewColumnsIsSaid() {
    old("1::914::3::978301968", "1::3408::4");
    assertThatThrownBy(() -> Judgements.movieLens(folder).read())
        .hasMessageStartingWith(
            "ratings.dat line 2: expected 4 fields, found 3. .header(...) names 4;");
  }

  @Test
  void withoutMoviesTheIdsAreTheTexts() {
    Written.file(folder, "ratings.csv", "userId,movieId,rating,timestamp", "1,31,2.5,1260759144");
    assertThat(Judgements.movieLens(folder).read().items().hasTexts()).isFalse();
  }

  @Test
  void aTableWithoutAHeaderGetsItsNamesInTheCall() {
    var ratings = Written.file(folder, "r.csv", "ana,soup,4", "ben,soup,2");
    var read = Judgements.ratings(ratings).header("user", "item", "value").read();
    assertThat(read.size()).isEqualTo(2);
    var pairs = Written.file(folder, "p.tsv", "ana\tsoup\tsalad");
    assertThat(Preferences.csv(pairs).header("user", "chosen", "rejected").read().comparisons())
        .containsExactly(Comparison.of("ana", "soup", "salad"));
  }
}
