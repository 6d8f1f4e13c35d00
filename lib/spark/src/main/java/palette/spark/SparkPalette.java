package palette.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import palette.crowd.Crowd;
import palette.data.Comparison;
import palette.fit.BasisModel;
import palette.support.Checks;
import palette.support.InputException;

/**
 * People of any number over Apache Spark, by a model that was learned from some of them. Answers
 * are rows with the columns user, chosen, rejected and, where the model knows prompts, prompt;
 * others are handed on. Items and prompts have to be known to the model, which is one of Palette's
 * own families. Nothing is computed before somebody asks for the rows.
 */
public final class SparkPalette {
  private static final List<String> NEEDED = List.of("user", "chosen", "rejected");
  private static final StructType PERSONS =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("answers", DataTypes.IntegerType)
          .add("weights", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("gap", DataTypes.DoubleType);

  private SparkPalette() {}

  /**
   * Everybody placed, and what could not be used.
   *
   * @param persons user, answers, weights, gap, as {@link Crowd.Placed} has them
   * @param refused the rows as they came, with a column reason more
   */
  public record People(Dataset<Row> persons, Dataset<Row> refused) {

    /** Writes both as Parquet, into the folders persons and refused below this one. */
    public void write(String folder) {
      persons.write().parquet(folder + "/persons");
      refused.write().parquet(folder + "/refused");
    }
  }

  /**
   * Places everybody who answered. The answers of a user meet in one partition, each of which is
   * placed by one thread; the weights are those of {@link Crowd}, however the rows lie and however
   * often a task is tried.
   *
   * @throws InputException if a column is missing
   */
  public static People place(Dataset<Row> answers, BasisModel model) {
    var carried = Carried.in(answers.sparkSession(), model);
    var checked = answers.withColumn("reason", reason(answers, carried));
    var good = checked.filter(col("reason").isNull()).select(columns(answers));
    var persons =
        good.repartition(col("user"))
            .sortWithinPartitions("user")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> placed(rows, carried),
                Encoders.row(PERSONS));
    return new People(persons, checked.filter(col("reason").isNotNull()));
  }

  /**
   * The rows with a column probability more: that the user prefers chosen to rejected, by the
   * column weights where there is one and it is not null, as a join with {@link People#persons}
   * leaves it; else by what a training user was found to be, or the mean of all. Another column,
   * reason, says why a row has none.
   *
   * @throws InputException if a column is missing
   */
  public static Dataset<Row> score(Dataset<Row> answers, BasisModel model) {
    var carried = Carried.in(answers.sparkSession(), model);
    columns(answers);
    var schema =
        answers
            .schema()
            .add("probability", DataTypes.DoubleType, true)
            .add("reason", DataTypes.StringType, true);
    MapPartitionsFunction<Row, Row> scored = rows -> map(rows, scoring(carried.model()));
    return answers.mapPartitions(scored, Encoders.row(schema));
  }

  /** user, chosen, rejected and prompt as texts; the last null where there is none. */
  private static Column[] columns(Dataset<Row> answers) {
    var found = List.of(answers.columns());
    if (!found.containsAll(NEEDED)) {
      String next = "Rename its columns, as in withColumnRenamed(\"worker\", \"user\").";
      throw new InputException("answers", "columns " + NEEDED, "" + found, next);
    }
    var prompt = found.contains("prompt") ? col("prompt") : lit(null);
    var all = List.of(col("user"), col("chosen"), col("rejected"), prompt.as("prompt"));
    return all.stream().map(c -> c.cast(DataTypes.StringType)).toArray(Column[]::new);
  }

  /** Why a row cannot be used, or null. */
  private static Column reason(Dataset<Row> answers, Carried carried) {
    UDF4<String, String, String, String, String> reason =
        (user, chosen, rejected, prompt) -> {
          try {
            Crowd.of(carried.model()).answer(user, prompt, chosen, rejected);
            return null;
          } catch (InputException e) {
            return e.getMessage();
          }
        };
    return udf(reason, DataTypes.StringType).apply(columns(answers));
  }

  private static Iterator<Row> placed(Iterator<Row> rows, Carried carried) {
    var crowd = Crowd.of(carried.model());
    return map(
        crowd.place(() -> rows.hasNext() ? answer(crowd, rows.next()) : null),
        one -> {
          Object weights = Arrays.stream(one.weights()).boxed().toArray();
          return RowFactory.create(one.user(), one.answers(), weights, one.gap());
        });
  }

  private static Function<Row, Row> scoring(BasisModel model) {
    var crowd = Crowd.of(model);
    var probability = crowd.probability();
    return row -> {
      int n = row.length();
      Object[] values = new Object[n + 2];
      for (int c = 0; c < n; c++) values[c] = row.get(c);
      try {
        var answer = answer(crowd, row);
        values[n] = probability.applyAsDouble(answer, weights(model, answer.user(), row));
      } catch (InputException e) {
        values[n + 1] = e.getMessage();
      }
      return RowFactory.create(values);
    };
  }

  private static Comparison answer(Crowd crowd, Row row) {
    return crowd.answer(
        text(row, "user"), text(row, "prompt"), text(row, "chosen"), text(row, "rejected"));
  }

  private static String text(Row row, String column) {
    Object value = value(row, column);
    return value == null ? null : "" + value;
  }

  private static Object value(Row row, String column) {
    boolean there = row.schema().getFieldIndex(column).isDefined();
    return there ? row.getAs(column) : null;
  }

  private static double[] weights(BasisModel model, String user, Row row) {
    double[] center = model.prior().center();
    if (value(row, "weights") == null) {
      return model.knows(user) ? Arrays.copyOf(model.weights(user), center.length) : center;
    }
    List<Double> given = row.getList(row.fieldIndex("weights"));
    Checks.require(
        given.size() == center.length, "weights", center.length + " numbers", given.size());
    return given.stream().mapToDouble(w -> w).toArray();
  }

  private static <A, B> Iterator<B> map(Iterator<A> all, Function<A, B> each) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public B next() {
        return each.apply(all.next());
      }
    };
  }
}
