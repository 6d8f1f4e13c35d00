package palette.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import palette.support.Home;

/** Palette without palette-notebook has no DuckDB; a Parquet file is an error that says so. */
class WithoutDuckDbTest {
  // As DuckDB's own address fails where its jar is not there.
  private static SQLException noDriver() {
    return catchThrowableOfType(
        SQLException.class, () -> DriverManager.getConnection("jdbc:nobody-knows-this:"));
  }

  @Test
  void theErrorNamesTheJarToAdd() {
    assertThat(ParquetRows.withoutDuckDb("votes.parquet", noDriver()))
        .hasMessage(
            "votes.parquet: expected DuckDB on the class path, found none. Parquet needs DuckDB:"
                + " add org.duckdb:duckdb_jdbc:1.4.4.0 (palette-notebook brings it), or write the"
                + " file as CSV.");
  }

  @Test
  void thatJarIsTheOneOfTheBuild() throws IOException {
    var pom = Files.readString(Home.resolve("pom.xml"));
    var version = pom.replaceAll("(?s).*<duckdb.version>(.*)</duckdb.version>.*", "$1");
    assertThat(ParquetRows.withoutDuckDb("votes.parquet", noDriver()))
        .hasMessageContaining("duckdb_jdbc:" + version + " ");
  }
}
