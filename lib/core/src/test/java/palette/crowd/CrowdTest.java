package palette.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palette.crowd.Crowd.Placed;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.io.ParquetParts;
import palette.family.LoRe;
import palette.family.PalA;
import palette.family.PalB;
import palette.family.Small;
import palette.fit.BasisModel;
import palette.fit.ModelSpec;
import palette.personalize.Localizer;
import palette.support.InputException;

/** People one after another, and from a file, get the bits that fitAll gives them. */
class CrowdTest {
  private static final BasisModel MODEL = spec("PAL-A").fit(Small.camps(20, 1));

  @TempDir Path folder;

  private static ModelSpec spec(String family) {
    return switch (family) {
      case "LoRe" -> LoRe.spec().prototypes(2).epochs(3);
      case "PAL-B" -> PalB.spec().prototypes(2).dimension(4).epochs(3);
      case "layers" -> PalA.spec().prototypes(2).dimension(3).mlp(8).epochs(3);
      default -> PalA.spec().prototypes(3).dimension(2).epochs(5).partition(1);
    };
  }

  /** What people say, 300 of them, one a great deal; in nobody's order. */
  private static List<Comparison> answers(Preferences from, int talk) {
    var random = new Random(talk);
    var pool = from.comparisons();
    var answers = new ArrayList<Comparison>();
    for (int n = 0; n < talk + 3_000; n++) {
      var one = pool.get(random.nextInt(pool.size()));
      String user = n < talk ? "talker" : "u" + random.nextInt(300);
      answers.add(new Comparison(user, one.prompt(), one.chosen(), one.rejected()));
    }
    return answers;
  }

  private static Preferences inOrder(List<Comparison> answers) {
    var sorted = new ArrayList<>(answers);
    var prompt = Comparator.nullsFirst(Comparator.<String>naturalOrder());
    sorted.sort(
        Comparator.comparing(Comparison::user)
            .thenComparing(Comparison::prompt, prompt)
            .thenComparing(Comparison::chosen)
            .thenComparing(Comparison::rejected));
    return Preferences.of(sorted);
  }

  private static Map<String, String> byFitAll(BasisModel model, List<Comparison> answers) {
    var persons = Localizer.of(model).fitAll(inOrder(answers));
    var all = new TreeMap<String, String>();
    for (var user : persons.users()) all.put(user, Arrays.toString(persons.weights(user)));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAL-A", "layers", "PAL-B", "LoRe"})
  void placesWithTheBitsOfFitAll(String family) {
    var asked = family.equals("PAL-B") ? Small.asked(20, 1) : Small.camps(20, 1);
    var model = spec(family).fit(asked);
    var answers = answers(asked, 17_000);
    answers.sort(Comparator.comparing(Comparison::user));
    var all = answers.iterator();
    var placed = Crowd.of(model).place(() -> all.hasNext() ? all.next() : null);
    var weights = new TreeMap<String, String>();
    int n = 0;
    double largest = 0;
    while (placed.hasNext()) {
      Placed one = placed.next();
      weights.put(one.user(), Arrays.toString(one.weights()));
      largest = Math.max(largest, one.gap());
      n += one.answers();
    }
    assertThat(n).isEqualTo(answers.size());
    assertThat(weights).isEqualTo(byFitAll(model, answers)).hasSizeGreaterThan(256);
    assertThat(largest).isEqualTo(Localizer.of(model).fitAll(inOrder(answers)).largestGap());
  }

  // ------------------------------------------------------------------------------------- files

  @Test
  void placesAFileAndSetsApartWhatCannotBeUsed() throws Exception {
    var answers = answers(Small.camps(20, 1), 500);
    var rows = new ArrayList<String>();
    for (var a : answers) rows.add(row(a.user(), a.chosen(), a.rejected()));
    rows.add(row("ann", "item1", "no \"such\", item"));
    rows.add(row(null, "item1", "item2"));
    rows.add(row("bob\n,", "item1", "item1"));
    rows.add(row("bob\n,", "item1", "item2"));
    Collections.shuffle(rows, new Random(1));
    var report = place(file("answers.parquet", rows), "one");
    assertThat(report.users()).isEqualTo(302);
    assertThat(report.refused()).isEqualTo(3);
    assertThat(report.toString())
        .startsWith("302 users placed, gap at most ")
        .endsWith("; 3 answers refused");

    var good = new ArrayList<>(answers);
    good.add(Comparison.of("bob\n,", "item1", "item2"));
    assertThat(weights(folder.resolve("one"))).isEqualTo(byFitAll(MODEL, good));
    var refused =
        query("SELECT user, reason FROM read_parquet('" + folder.resolve("one.refused") + "')");
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "ann: item 'no \"such\", item': expected one of the 40 that the model knows, found"
                + " another.",
            "null: comparison: expected an id for 'user', found none.",
            "bob\n,: comparison of user 'bob\n,': expected two different items, found 'item1' as"
                + " chosen and as rejected. Leave the row out, or give the items ids of their own.");
  }

  @Test
  void theSameAnswersInAnotherOrderMakeTheSameFile() throws Exception {
    var rows = new ArrayList<String>();
    for (var a : answers(Small.camps(20, 1), 500))
      rows.add(row(a.user(), a.chosen(), a.rejected()));
    place(file("a.parquet", rows), "one");
    Collections.shuffle(rows, new Random(1));
    place(file("b.parquet", rows), "two");
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("two"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> "" + f.getFileName()))
          .containsExactlyInAnyOrder(
              "a.parquet", "b.parquet", "one", "two", "one.refused", "two.refused");
    }
  }

  @Test
  void aFileWithoutAnswersPlacesNobody() throws Exception {
    var none = file("none.parquet", List.of(row("ann", "item1", "item1")));
    assertThat(place(none, "one").users()).isZero();
    assertThat(weights(folder.resolve("one"))).isEmpty();
  }

  @Test
  @Tag("slow")
  void aFileOfSeveralPartsPlacesEverybodyOnce() throws Exception {
    var file = folder.resolve("long.parquet");
    String pair = "'item' || n % 40 AS chosen, 'item' || (n + 1 + n % 7) % 40 AS rejected";
    String all = "SELECT 'user' || n % 205000 AS user, " + pair + " FROM range(4100000) t(n)";
    run("COPY (" + all + ") TO '" + file + "' (FORMAT parquet)");
    assertThat(new ParquetParts(file, List.of("user"), "prompt").size()).isEqualTo(2);
    assertThat(place(file, "one").users()).isEqualTo(205_000);
    String counts = "SELECT count(DISTINCT user), sum(answers) FROM read_parquet('";
    assertThat(query(counts + folder.resolve("one") + "')")).containsExactly("205000: 4100000");
  }

  @Test
  void saysWhichColumnsItMisses() throws Exception {
    var other = folder.resolve("other.parquet");
    run("COPY (SELECT 'ann' AS worker, 'a' AS chosen) TO '" + other + "' (FORMAT parquet)");
    assertThatThrownBy(() -> place(other, "one"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "other.parquet: expected columns [user, chosen, rejected], found [worker, chosen]."
                + " Rename its columns, as in SELECT worker AS user.");
  }

  private Crowd.Report place(Path answers, String name) {
    return Crowd.of(MODEL).place(answers, folder.resolve(name), folder.resolve(name + ".refused"));
  }

  private static String row(String... values) {
    var texts = Arrays.stream(values).map(v -> v == null ? "NULL" : "'" + v + "'").toList();
    return "(" + String.join(", ", texts) + ")";
  }

  private Path file(String name, List<String> rows) throws SQLException {
    var file = folder.resolve(name);
    var all = "(VALUES " + String.join(", ", rows) + ") AS t(user, chosen, rejected)";
    run("COPY (SELECT * FROM " + all + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private static void run(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var found = connection.createStatement().executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (found.next()) all.add(found.getString(1) + ": " + found.getString(2));
      return all;
    }
  }

  private static Map<String, String> weights(Path file) throws SQLException {
    var all = new TreeMap<String, String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var found =
            connection
                .createStatement()
                .executeQuery("SELECT user, weights FROM read_parquet('" + file + "')")) {
      while (found.next()) {
        Array weights = found.getArray(2);
        all.put(found.getString(1), Arrays.toString((Object[]) weights.getArray()));
      }
    }
    return all;
  }

  @Test
  void knowsWhatSomebodyWouldChoose() {
    var answers = Small.camps(20, 1).comparisons().subList(0, 50);
    var who = IntStream.range(0, 50).mapToObj(i -> new double[] {.2, .3, .5}).toList();
    var probability = Crowd.of(MODEL).probability();
    for (int i = 0; i < 50; i++) {
      double[] both =
          MODEL.rewards(
              who.get(i), null, List.of(answers.get(i).chosen(), answers.get(i).rejected()));
      assertThat(probability.applyAsDouble(answers.get(i), who.get(i)))
          .isCloseTo(MODEL.link().probability(both[0] - both[1]), within(1e-12));
    }
  }
}
