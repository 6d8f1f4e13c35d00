package palette.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import palette.crowd.Crowd;
import palette.family.PalA;
import palette.fit.BasisModel;
import palette.simulate.World;
import palette.support.Texts;

/**
 * Very many people, 20 answers each, placed from a Parquet file to another by a basis that 500 of
 * them taught: seconds, and the most memory that the process ever had, making up the answers
 * included. Rows lie in the order of time, so that everybody's answers are all over the file.
 */
final class CrowdBench {
  private static final int EACH = 20;
  private static final Path FOLDER = Path.of("target", "bench", "crowd");

  private CrowdBench() {}

  /** Places so many; prints three lines. */
  static void report(int users) throws IOException, SQLException {
    Files.createDirectories(FOLDER);
    var world = World.spec().users(500).items(200).dimension(2).prototypes(3).seed(1).create();
    var model = PalA.spec().prototypes(3).dimension(2).epochs(30).fit(world.askEveryone(EACH));
    var answers = FOLDER.resolve("answers.parquet");
    long began = System.nanoTime();
    write(users, model, answers);
    say("made up %,d answers, %,d MB of Parquet", began, (long) users * EACH, megabytes(answers));
    began = System.nanoTime();
    var persons = FOLDER.resolve("persons.parquet");
    var placed = Crowd.of(model).place(answers, persons, FOLDER.resolve("refused.parquet"));
    say("%s, into %,d MB", began, placed, megabytes(persons));
    System.out.println("most resident memory so far: " + most());
  }

  private static void say(String what, long began, Object... values) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.println(Texts.format("%.1f s: ", seconds) + Texts.format(what, values));
  }

  private static long megabytes(Path file) throws IOException {
    return Files.size(file) >> 20;
  }

  private static String most() throws IOException {
    var status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return "unknown, as this is no Linux";
    try (var lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("unknown");
    }
  }

  /** Each has a mix of their own and errs as the logistic link says; DuckDB draws by hashes. */
  private static void write(int users, BasisModel model, Path file) throws SQLException {
    var items = model.items().ids();
    var rewards = new StringBuilder();
    int columns = model.prior().center().length;
    for (int i = 0; i < items.size(); i++) {
      var r = new double[3];
      for (int k = 0; k < 3; k++) {
        double[] corner = new double[columns];
        corner[k] = 1;
        r[k] = model.rewards(corner, null, items.subList(i, i + 1))[0] / model.temperature();
      }
      rewards.append(i == 0 ? "" : ", ");
      rewards.append(
          Texts.format("(%d, '%s', %.9f, %.9f, %.9f)", i, items.get(i), r[0], r[1], r[2]));
    }
    var options = new Properties();
    options.setProperty("threads", "2");
    options.setProperty("memory_limit", "2GB");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:", options);
        var statement = connection.createStatement()) {
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("CREATE TABLE items(i INTEGER, id VARCHAR, a DOUBLE, b DOUBLE, c DOUBLE)");
      statement.execute("INSERT INTO items VALUES " + rewards);
      statement.execute(
          """
          COPY (
            WITH asked AS (
              SELECT n %% %2$d AS u,
                     (hash(n) %% %3$d)::INTEGER AS i,
                     ((hash(n) + 1 + hash(n + 1000000000000) %% (%3$d - 1)) %% %3$d)::INTEGER AS j,
                     (hash(n + 2000000000000) %% 1000000 + .5) / 1000000 AS chance,
                     1 + hash(n %% %2$d + 3000000000000) %% 100 AS x,
                     1 + hash(n %% %2$d + 4000000000000) %% 100 AS y,
                     1 + hash(n %% %2$d + 5000000000000) %% 100 AS z
              FROM range(%1$d) t(n)),
            told AS (
              SELECT u, l.id AS one, r.id AS other,
                     chance < 1 / (1 + exp(-(x * (l.a - r.a) + y * (l.b - r.b) + z * (l.c - r.c)) / (x + y + z)))
                       AS liked
              FROM asked JOIN items l ON l.i = asked.i JOIN items r ON r.i = asked.j)
            SELECT 'user-' || u AS user,
                   CASE WHEN liked THEN one ELSE other END AS chosen,
                   CASE WHEN liked THEN other ELSE one END AS rejected
            FROM told) TO '%4$s' (FORMAT parquet)
          """
              .formatted((long) users * EACH, users, items.size(), file));
    }
  }
}
