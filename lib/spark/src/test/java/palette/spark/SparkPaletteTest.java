package palette.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.crowd.Crowd;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.family.PalA;
import palette.family.PalB;
import palette.fit.BasisModel;
import palette.personalize.Localizer;
import palette.simulate.World;
import palette.support.InputException;

/** Spark in this process, on two threads: the bits of fitAll, however the rows lie. */
class SparkPaletteTest {
  private static final StructType COLUMNS =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("chosen", DataTypes.StringType)
          .add("rejected", DataTypes.StringType)
          .add("place", DataTypes.StringType); // of another's business

  private static SparkSession spark;
  private static Preferences said;
  private static BasisModel model;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2, 2]") // two threads; what fails is tried twice
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "7")
            .getOrCreate();
    spark.sparkContext().setLogLevel("OFF"); // a task that a test loses is no news
    var world = World.spec().users(300).items(40).dimension(2).prototypes(3).seed(1).create();
    said = world.askEveryone(12);
    model = PalA.spec().prototypes(3).dimension(2).epochs(5).fit(said);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** What everybody said and one who says what all the others say, in nobody's order. */
  private static List<Comparison> answers() {
    var answers = new ArrayList<>(said.comparisons());
    for (var a : said.comparisons()) answers.add(Comparison.of("talker", a.chosen(), a.rejected()));
    Collections.shuffle(answers, new Random(1));
    return answers;
  }

  private static Row row(String user, String chosen, String rejected) {
    return RowFactory.create(user, chosen, rejected, "here");
  }

  private static List<Row> rows(List<Comparison> answers) {
    var rows = new ArrayList<Row>();
    for (var a : answers) rows.add(row(a.user(), a.chosen(), a.rejected()));
    return rows;
  }

  private static Dataset<Row> table(List<Row> rows) {
    return spark.createDataFrame(rows, COLUMNS);
  }

  private static Map<String, String> byFitAll(List<Comparison> answers) {
    var sorted = new ArrayList<>(answers);
    sorted.sort(
        Comparator.comparing(Comparison::user)
            .thenComparing(Comparison::chosen)
            .thenComparing(Comparison::rejected));
    var persons = Localizer.of(model).fitAll(Preferences.of(sorted));
    var all = new TreeMap<String, String>();
    for (var user : persons.users()) all.put(user, Arrays.toString(persons.weights(user)));
    return all;
  }

  private static Map<String, String> weights(Dataset<Row> persons) {
    var all = new TreeMap<String, String>();
    for (var row : persons.collectAsList()) {
      assertThat(all.put(row.getAs("user"), "" + row.getList(2))).as("placed once").isNull();
      assertThat(row.<Double>getAs("gap")).isLessThan(1e-6);
    }
    return all;
  }

  @Test
  void placesWithTheBitsOfFitAllAndSetsApartWhatCannotBeUsed() {
    var rows = rows(answers());
    rows.add(0, row("ann", "nothing known", said.items().id(0)));
    rows.add(1, row(null, said.items().id(1), said.items().id(0)));
    var placed = SparkPalette.place(table(rows).repartition(5), model);
    placed.write(folder + "/out");
    var persons = spark.read().parquet(folder + "/out/persons");
    assertThat(weights(persons)).isEqualTo(byFitAll(answers())).hasSize(301);
    long talked = persons.filter("user = 'talker'").first().<Integer>getAs("answers");
    assertThat(talked).isEqualTo(said.size());
    var refused = spark.read().parquet(folder + "/out/refused").orderBy("user").collectAsList();
    assertThat(refused).hasSize(2);
    assertThat(refused.get(0).<String>getAs("reason"))
        .isEqualTo("comparison: expected an id for 'user', found none.");
    assertThat(refused.get(1).<String>getAs("reason"))
        .isEqualTo(
            "item 'nothing known': expected one of the 40 that the model knows, found another.");
    assertThat(refused.get(1).<String>getAs("place")).isEqualTo("here");
  }

  @Test
  void emptyPartitionsPlaceNobody() {
    var few = rows(answers()).subList(0, 3);
    assertThat(weights(SparkPalette.place(table(few).repartition(9), model).persons()))
        .isEqualTo(byFitAll(answers().subList(0, 3)));
    var none = SparkPalette.place(table(List.of()), model);
    assertThat(none.persons().collectAsList()).isEmpty();
    assertThat(none.refused().collectAsList()).isEmpty();
  }

  @Test
  void aTaskThatIsLostIsTriedAgain() {
    // Fails in the middle of partition 1, the first time.
    MapPartitionsFunction<Row, Row> lost =
        all -> {
          var rows = new ArrayList<Row>();
          while (all.hasNext()) {
            rows.add(all.next());
            var task = TaskContext.get();
            if (rows.size() == 50 && task.partitionId() == 1 && task.attemptNumber() == 0)
              throw new IllegalStateException("lost");
          }
          return rows.iterator();
        };
    var answers = table(rows(answers())).repartition(4).mapPartitions(lost, Encoders.row(COLUMNS));
    assertThat(weights(SparkPalette.place(answers, model).persons()))
        .isEqualTo(byFitAll(answers()));
  }

  @Test
  void scoresByThePlacedTheTrainedAndTheMean() {
    var answers = answers().subList(0, 200);
    var persons = SparkPalette.place(table(rows(answers())), model).persons();
    var rows = rows(answers);
    rows.add(row("a stranger", said.items().id(0), said.items().id(1)));
    rows.add(row("ann", "x", said.items().id(1)));
    var joined = table(rows).join(persons.select("user", "weights"), "user", "left");
    int n = 0;
    for (var row :
        SparkPalette.score(joined.select("user", "chosen", "rejected", "weights"), model)
            .collectAsList()) {
      if (row.<String>getAs("chosen").equals("x")) {
        assertThat(row.<String>getAs("reason")).startsWith("item 'x': expected one of the 40");
        assertThat(row.isNullAt(4)).isTrue();
        continue;
      }
      double[] w =
          row.isNullAt(3)
              ? model.prior().center()
              : row.<Double>getList(3).stream().mapToDouble(x -> x).toArray();
      var one = Comparison.of(row.getString(0), row.getString(1), row.getString(2));
      double wanted = Crowd.of(model).probability().applyAsDouble(one, w);
      assertThat(row.<Double>getAs("probability")).isEqualTo(wanted);
      assertThat(row.isNullAt(5)).isTrue();
      n++;
    }
    assertThat(n).isEqualTo(201);

    var trained = SparkPalette.score(table(rows(answers)), model).collectAsList();
    for (int i = 0; i < 50; i++) {
      var a = answers.get(i);
      if (!model.knows(a.user())) continue;
      double[] w = model.weights(a.user());
      w = Arrays.copyOf(w, model.prior().center().length);
      assertThat(trained.get(i).<Double>getAs("probability"))
          .isEqualTo(Crowd.of(model).probability().applyAsDouble(a, w));
    }
  }

  @Test
  void promptsCountWhereTheModelKnowsThem() {
    var asked = new ArrayList<Comparison>();
    for (var a : said.comparisons()) {
      asked.add(new Comparison(a.user(), "p" + asked.size() % 2, a.chosen(), a.rejected()));
    }
    var all = Preferences.of(asked);
    float[][] vectors = {{1, 0}, {0, 1}};
    all =
        all.withItems(
            said.items()
                .select(all.items().ids().stream().mapToInt(said.items()::indexOf).toArray()));
    all = all.withPrompts(all.prompts().withVectors(vectors));
    var other = PalB.spec().prototypes(2).dimension(3).epochs(2).fit(all);
    var columns = COLUMNS.add("prompt", DataTypes.StringType);
    var rows = new ArrayList<Row>();
    for (var a : asked)
      rows.add(RowFactory.create(a.user(), a.chosen(), a.rejected(), "", a.prompt()));
    rows.add(RowFactory.create("ann", asked.get(0).chosen(), asked.get(0).rejected(), "", "p9"));
    var placed = SparkPalette.place(spark.createDataFrame(rows, columns), other);
    assertThat(placed.refused().first().<String>getAs("reason"))
        .isEqualTo("prompt 'p9': expected one of the 2 that the model knows, found another.");
    asked.sort(
        Comparator.comparing(Comparison::user)
            .thenComparing(Comparison::prompt)
            .thenComparing(Comparison::chosen)
            .thenComparing(Comparison::rejected));
    var persons = Localizer.of(other).fitAll(Preferences.of(asked));
    for (var row : placed.persons().orderBy(col("user")).collectAsList())
      assertThat("" + row.getList(2)).isEqualTo(Arrays.toString(persons.weights(row.getString(0))));
  }

  @Test
  void saysWhichColumnsItMisses() {
    var other = table(List.of()).withColumnRenamed("user", "worker");
    assertThatThrownBy(() -> SparkPalette.place(other, model))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "answers: expected columns [user, chosen, rejected], found [worker, chosen, rejected,"
                + " place]. Rename its columns, as in withColumnRenamed(\"worker\", \"user\").");
  }
}
