package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.support.InputException;

/** Parquet files: the one that was named is read, and nothing is made up of what it holds. */
class ParquetTest {
  @TempDir Path folder;

  /** Written under a name that means nothing to DuckDB, then moved. */
  private Path parquet(String name, String select) throws SQLException, IOException {
    var plain = folder.resolve("plain.tmp");
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + plain + "' (FORMAT PARQUET)");
    }
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.move(plain, file);
  }

  private Path answer(String name, String chosen) throws SQLException, IOException {
    return parquet(name, "SELECT 'ann' AS \"user\", '" + chosen + "' AS chosen, 'z' AS rejected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a[1].parquet", "w*.parquet", "q?.parquet", "**/a.parquet", "[!b].parquet"})
  void aPathMeansItselfAndIsNoPattern(String name) throws Exception {
    for (var other : new String[] {"a1", "w1", "q1", "deep/a", "a", "c"}) {
      answer(other + ".parquet", "wrong");
    }
    var read = Preferences.csv(answer(name, "right")).read();
    assertThat(read.comparisons()).containsExactly(Comparison.of("ann", "right", "z"));
  }

  @Test
  void aFolderNamedAsAColumnIsNone() throws Exception {
    var file = answer("user=bob/chosen=x/f.parquet", "tea");
    assertThat(Preferences.csv(file).read().comparison(0))
        .isEqualTo(Comparison.of("ann", "tea", "z"));
  }

  @Test
  void aListARecordAndAMapAreNoTexts() throws Exception {
    var file =
        parquet(
            "n.parquet",
            "SELECT 'u' AS \"user\", ['x', 'y'] AS chosen, 'd' AS rejected,"
                + " {'a': 1} AS r, MAP {'k': 1} AS m");
    var reader = Preferences.csv(file);
    assertThatThrownBy(reader::read)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("n.parquet row 1: expected a text in 'chosen', found a list.");
    assertThatThrownBy(reader.chosen("r")::read).hasMessageContaining("in 'r', found a record.");
    assertThatThrownBy(reader.chosen("m")::read).hasMessageContaining("in 'm', found a record.");
  }

  @Test
  void numbersOfAllKindsAreThoseOfTheFile() throws Exception {
    var file =
        parquet(
            "v.parquet",
            "SELECT 'ann' AS \"user\", 3.7::FLOAT AS f, 0.1::DOUBLE AS d, 1e20::DOUBLE AS big,"
                + " 1.10::DECIMAL(5,2) AS dec, 7::BIGINT AS i, NULL::DOUBLE AS nothing");
    var read = Judgements.ratings(file).read();
    assertThat(read.items().ids()).containsExactly("f", "d", "big", "dec", "i");
    assertThat(IntStream.range(0, 5).mapToObj(read::value))
        .containsExactly(3.7, 0.1, 1e20, 1.1, 7.0);
  }

  @Test
  void anEndingInCapitalsIsTheSameEnding() throws Exception {
    assertThat(Preferences.csv(answer("F.PARQUET", "tea")).read().size()).isEqualTo(1);
    assertThat(Preferences.parquet(answer("export.data", "tea")).read().size()).isEqualTo(1);
    var json = "{\"user\":\"a\",\"item\":\"x\",\"value\":1}";
    assertThat(Judgements.ratings(Written.gz(folder, "R.JSONL.GZ", json)).read().size())
        .isEqualTo(1);
  }

  @Test
  void filesThatAreNoneLeaveNoThreadBehind() throws Exception {
    var bad = Written.file(folder, "bad.parquet", "no Parquet at all");
    answer("good.parquet", "tea"); // the library is loaded
    Preferences.csv(folder.resolve("good.parquet")).read();
    long before = nativeThreads();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> Preferences.csv(bad).read())
          .hasMessageStartingWith("bad.parquet: expected a Parquet file, found ")
          .message()
          .doesNotContain("SELECT");
    }
    assertThat(nativeThreads()).isLessThan(before + 25);
  }

  // DuckDB's threads are not Java's: on Linux the system counts them.
  private static long nativeThreads() throws IOException {
    var tasks = Path.of("/proc/self/task");
    if (!Files.isDirectory(tasks)) return 0;
    try (var all = Files.list(tasks)) {
      return all.count();
    }
  }

  /** Run by the next test in a Java of its own. */
  public static final class Reads {
    public static void main(String[] file) {
      try {
        Preferences.csv(Path.of(file[0])).read();
      } catch (InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsNamedWithWhatToDo() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var missing = folder.resolve("missing").toString();
    var process =
        new ProcessBuilder(
                java,
                "-Djava.io.tmpdir=" + missing,
                "-cp",
                path,
                Reads.class.getName(),
                answer("t.parquet", "tea").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains(
            "t.parquet, DuckDB: expected native libraries that load, found java.nio.file.NoSuch")
        .contains("-Djava.io.tmpdir=FOLDER");
  }
}
