package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickAPicTest {
  private static final String HEADER = "user_id,caption,image_0_uid,image_1_uid,label_0";
  private static final String ROWS =
      "(VALUES (7, 'a cat', 'A', 'B', 1.0, '\\x01'::BLOB, '\\x02\\x03'::BLOB),"
          + " (8, 'a cat', 'A', 'C', 0.0, '\\x01'::BLOB, NULL),"
          + " (8, 'a dog', 'B', 'D', 0.5, '\\x02\\x03'::BLOB, '\\x04'::BLOB))"
          + " AS t(user_id, caption, image_0_uid, image_1_uid, label_0, jpg_0, jpg_1)";
  @TempDir Path folder;

  private Path parquet(String rows) throws SQLException {
    var file = folder.resolve("it's.parquet");
    try (var base = DriverManager.getConnection("jdbc:duckdb:");
        var statement = base.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM %s) TO '%s' (FORMAT PARQUET)"
              .formatted(rows, file.toString().replace("'", "''")));
    }
    return file;
  }

  @Test
  void parquetAndCsvSayTheSame() throws SQLException {
    var csv =
        Written.file(folder, "p.csv", HEADER, "7,a cat,A,B,1", "8,a cat,A,C,0", "8,a dog,B,D,0.5");
    var written = Preferences.pickAPic(csv).read();
    var packed = Preferences.pickAPic(parquet(ROWS)).read();
    assertThat(packed.comparisons())
        .containsExactly(
            new Comparison("7", "a cat", "A", "B"), new Comparison("8", "a cat", "C", "A"))
        .isEqualTo(written.comparisons());
    assertThat(packed.ties().comparisons()).containsExactly(new Comparison("8", "a dog", "B", "D"));
    assertThat(packed.notes()).containsExactly("1 tie kept apart in ties() and not trained on.");
  }

  @Test
  void imagesComeOnceEachWithTheirBytes() throws SQLException {
    var images = new HashMap<String, byte[]>();
    Preferences.pickAPic(parquet(ROWS))
        .eachImage((uid, bytes) -> assertThat(images.put(uid, bytes)).isNull());
    assertThat(images).containsOnlyKeys("A", "B", "D");
    assertThat(images.get("B")).containsExactly(2, 3);
  }

  @Test
  void aBadLabelIsNamedWithItsRow() throws SQLException {
    var file = parquet(ROWS.replace("'C', 0.0", "'C', 0.7"));
    assertThatThrownBy(() -> Preferences.pickAPic(file).read())
        .hasMessageStartingWith(
            "it's.parquet row 2: expected 0, 0.5 or 1 in 'label_0', found 0.7.");
    assertThat(Preferences.pickAPic(file).skipInvalid(new java.util.ArrayList<>()).read().size())
        .isEqualTo(1);
  }

  @Test
  void whatIsNoParquetFileIsSaid() {
    var text = Written.file(folder, "text.parquet", "not Parquet");
    assertThatThrownBy(() -> Preferences.pickAPic(text).read())
        .hasMessageStartingWith("text.parquet: expected a Parquet file, found ");
    assertThatThrownBy(() -> Preferences.pickAPic(folder.resolve("none.parquet")).read())
        .hasMessage("none.parquet: expected a Parquet file, found no such file. Check the path.");
    var csv = Written.file(folder, "p.csv", HEADER, "7,a cat,A,B,1");
    assertThatThrownBy(() -> Preferences.pickAPic(csv).eachImage((uid, bytes) -> {}))
        .hasMessageContaining("Only Parquet files hold images.");
  }
}
