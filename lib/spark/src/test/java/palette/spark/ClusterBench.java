package palette.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import palette.crowd.Crowd;
import palette.family.PalA;
import palette.fit.BasisModel;
import palette.simulate.World;
import palette.support.Texts;

/**
 * Answers of many people, placed by a standalone master with one worker and with two, all started
 * here with one core each, and by one process without Spark: seconds, and whether the weights are
 * the same. Arguments: users (1,000,000), a folder (target/cluster), the fewest workers (1), how
 * often as many place everybody (2). CONTRIBUTING says how to run it.
 */
final class ClusterBench {
  private static final int EACH = 20;
  private static final int PORT = 17077;

  private ClusterBench() {}

  public static void main(String[] arguments) throws Exception {
    int users = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    var folder = Path.of(arguments.length > 1 ? arguments[1] : "target/cluster").toAbsolutePath();
    int fewest = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    int turns = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    remove(folder);
    Files.createDirectories(folder);
    var world = World.spec().users(500).items(200).dimension(2).prototypes(3).seed(1).create();
    var model = PalA.spec().prototypes(3).dimension(2).epochs(30).fit(world.askEveryone(20));
    var answers = folder.resolve("answers");
    write(users, model, answers);
    for (int workers = fewest; workers <= 2; workers++) {
      double[] seconds = placed(workers, turns, answers, folder, model);
      System.out.println(
          Texts.format(
              "Spark, %d workers of a core each: seconds to place, the first in new processes: %s",
              workers,
              DoubleStream.of(seconds)
                  .mapToObj(s -> Texts.format("%.1f", s))
                  .collect(Collectors.joining(", "))));
    }
    try (var spark = session("local[2]", 8)) {
      if (fewest == 1) compare(spark, folder);
      compare(spark, folder, model);
    }
  }

  /** What a user of a taste of their own says, one answer in ten by chance. */
  private static void write(int users, BasisModel model, Path file) throws IOException {
    var items = model.items().ids();
    double[][] rewards = new double[3][];
    for (int k = 0; k < 3; k++) {
      double[] one = new double[model.prior().center().length];
      one[k] = 1;
      rewards[k] = model.rewards(one, null, items);
    }
    try (var spark = session("local[2]", 8)) {
      spark
          .range(0, (long) users * EACH, 1, 8)
          .map((MapFunction<Long, String>) n -> said(n, users, rewards, items), Encoders.STRING())
          .selectExpr(
              "split(value, ',')[0] AS user",
              "split(value, ',')[1] AS chosen",
              "split(value, ',')[2] AS rejected")
          .write()
          .parquet("" + file);
    }
  }

  private static String said(long n, int users, double[][] rewards, List<String> items) {
    var random = new SplittableRandom(n);
    random.nextLong();
    long user = n % users;
    int k = (int) (user % 3);
    int i = random.nextInt(items.size());
    int j = (i + 1 + random.nextInt(items.size() - 1)) % items.size();
    boolean first = rewards[k][i] > rewards[k][j] ^ random.nextInt(10) == 0;
    return "user-" + user + "," + items.get(first ? i : j) + "," + items.get(first ? j : i);
  }

  private static SparkSession session(String master, int partitions) {
    return SparkSession.builder()
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "" + partitions)
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.executor.memory", "2g")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        // Or collector and compiler of the first worker use the core of the second.
        .config(
            "spark.executor.extraJavaOptions", "-Dai.djl.offline=true -XX:ActiveProcessorCount=1")
        .getOrCreate();
  }

  // ----------------------------------------------------------------------------------- a cluster

  /** Seconds of placing everybody in processes that just started, and once more in the same. */
  private static double[] placed(
      int workers, int turns, Path answers, Path folder, BasisModel model)
      throws IOException, InterruptedException {
    var log = folder.resolve("cluster-" + workers + ".log");
    var all = new ArrayList<Process>();
    try {
      String url = "spark://127.0.0.1:" + PORT;
      all.add(java(log, "master.Master", "--host", "127.0.0.1", "--port", "" + PORT));
      Thread.sleep(5_000);
      for (int w = 0; w < workers; w++) {
        var work = folder.resolve("work-" + w);
        all.add(
            java(
                log,
                "worker.Worker",
                "-c",
                "1",
                "-m",
                "3g",
                "-d",
                "" + work,
                "--host",
                "127.0.0.1",
                url));
      }
      Thread.sleep(10_000);
      try (var spark = session(url, 8)) {
        spark.range(1000).repartition(4).count(); // executors are up
        var table = spark.read().parquet("" + answers);
        double[] seconds = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
          long began = System.nanoTime();
          var placed = folder.resolve("placed-" + workers);
          remove(placed);
          SparkPalette.place(table, model).write("" + placed);
          seconds[turn] = (System.nanoTime() - began) / 1e9;
        }
        return seconds;
      }
    } finally {
      for (var process : all) process.destroy();
      for (var process : all) process.waitFor();
    }
  }

  private static Process java(Path log, String what, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (var option : ManagementFactory.getRuntimeMXBean().getInputArguments())
      if (option.startsWith("--add-opens")) command.add(option);
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add("org.apache.spark.deploy." + what);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A worker looks for Spark's jars there; they are on the class path.
    var home = log.resolveSibling("home");
    Files.createDirectories(home.resolve("jars"));
    builder.environment().put("SPARK_HOME", "" + home);
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.redirectOutput(Redirect.appendTo(log.toFile())).start();
  }

  // ------------------------------------------------------------------------------------ compared

  private static void compare(SparkSession spark, Path folder) {
    var one = rows(spark, folder.resolve("placed-1"));
    var two = rows(spark, folder.resolve("placed-2"));
    System.out.println(
        Texts.format(
            "%,d users placed by one worker, %,d by two; %,d of them with other bits",
            one.count(), two.count(), one.exceptAll(two).count()));
  }

  private static void compare(SparkSession spark, Path folder, BasisModel model) {
    var answers = spark.read().parquet(folder.resolve("answers") + "");
    var single = folder.resolve("answers.parquet");
    answers.coalesce(1).write().parquet(folder.resolve("single") + "");
    try (var files = Files.list(folder.resolve("single"))) {
      Files.move(
          files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow(), single);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long began = System.nanoTime();
    var persons = folder.resolve("persons.parquet");
    var report = Crowd.of(model).place(single, persons, folder.resolve("refused.parquet"));
    double seconds = (System.nanoTime() - began) / 1e9;
    var same = spark.read().parquet("" + persons).select("user", "answers", "weights", "gap");
    System.out.println(
        Texts.format(
            "one process by DuckDB, all cores: %.1f s, %s; %,d with other bits than Spark's",
            seconds, report, same.exceptAll(rows(spark, folder.resolve("placed-2"))).count()));
  }

  private static Dataset<Row> rows(SparkSession spark, Path placed) {
    return spark
        .read()
        .parquet(placed.resolve("persons") + "")
        .select("user", "answers", "weights", "gap");
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
