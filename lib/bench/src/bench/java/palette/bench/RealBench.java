package palette.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import palette.data.Comparison;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.PreferencesBuilder;
import palette.embed.Embedders;
import palette.evaluate.Families;
import palette.evaluate.Family;
import palette.evaluate.FamilyTrials;
import palette.evaluate.Gain;
import palette.evaluate.TrialPlan;
import palette.evaluate.Trials;
import palette.family.PalA;
import palette.family.Population;
import palette.family.Rank;
import palette.reward.RewardSpec;
import palette.support.Texts;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Every family on real data, each at its defaults with K chosen by validation answers: {@code
 * -Dbench=real=SPLITS,NAME,...}; all data sets where none is named. The table is that of the recipe
 * on comparing models, and below it stands the best of PAL's forms by validation answers against
 * every other family, paired by user.
 */
final class RealBench {
  private static final Path DATA =
      Path.of(System.getProperty("palette.shared", "../shared"), "data");
  private static final List<String> POLIS =
      List.of(
          "american-assembly.bowling-green",
          "scoop-hivemind.biodiversity",
          "scoop-hivemind.ubi",
          "brexit-consensus",
          "15-per-hour-seattle",
          "football-concussions",
          "scoop-hivemind.affordable-housing",
          "scoop-hivemind.freshwater");
  private static final List<String> PAIRS = List.of("FirstNames", "GermanParties2009");
  private static final List<String> OTHERS =
      List.of("SoundQuality", "bank", "camera", "ukp", "jester");

  private RealBench() {}

  static void report(int splits, List<String> names) throws IOException {
    if (!Files.isDirectory(DATA)) {
      System.out.println("real: no " + DATA);
      return;
    }
    for (String name : names) {
      long began = System.nanoTime();
      var trials = trials(name, splits);
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.println(
          Texts.format("\n## %s, %d splits, %.0f s\n\n%s", name, splits, seconds, trials));
      System.out.println(against(trials));
    }
  }

  static List<String> all() {
    var all = new ArrayList<>(POLIS);
    all.addAll(PAIRS);
    all.addAll(OTHERS);
    return all;
  }

  private static FamilyTrials trials(String name, int splits) throws IOException {
    var families = Families.all();
    if (POLIS.contains(name)) {
      var votes = Judgements.polis(DATA.resolve("polis/" + name)).read();
      return Trials.of(votes.withItems(votes.items().withVectors(Embedders.miniLm())))
          .seeds(splits)
          .run(families);
    }
    return switch (name) {
      case "jester" -> Trials.of(jester()).seeds(splits).run(few());
      case "camera" -> camera(splits).run(families);
      case "bank" -> Trials.of(bank()).seeds(splits).run(families);
      case "ukp" -> Trials.of(ukp()).seeds(splits).run(families);
      default -> Trials.of(pairs(name)).seeds(splits).run(families);
    };
  }

  private static String against(FamilyTrials trials) {
    String pal =
        trials.ranked().stream().filter(f -> f.startsWith("PAL")).findFirst().orElseThrow();
    var lines = new StringBuilder("PAL's own by validation answers: " + pal);
    for (String other : trials.ranked()) {
      if (other.startsWith("PAL")) continue;
      Gain gain = trials.trials().gain(pal, other);
      var i = gain.interval();
      lines.append(
          Texts.format(
              "\n  %+.3f (%+.3f to %+.3f) against %s", gain.value(), i.low(), i.high(), other));
    }
    return lines.toString();
  }

  /** For half a million pairs a split: those that led elsewhere, and two counts of prototypes. */
  private static List<Family> few() {
    IntFunction<RewardSpec> palA = k -> PalA.spec().prototypes(k);
    return List.of(
        Family.of(Population.spec()),
        new Family("PAL-A, K=4", false, List.of(4), palA),
        new Family("PAL-A, K=8", false, List.of(8), palA),
        new Family("PAL-A, off hull", false, List.of(8), k -> PalA.spec().prototypes(k).offHull()),
        new Family("Rank", false, List.of(8), k -> Rank.spec().prototypes(k)));
  }

  // ------------------------------------------------------------------------------------ readers

  private static Preferences pairs(String name) {
    var file = DATA.resolve("psychotools/" + name + (name.startsWith("S") ? ".csv.gz" : ".csv"));
    return Preferences.csv(file)
        .left("item1")
        .right("item2")
        .label("pref")
        .leftWins("1")
        .rightWins("-1")
        .read();
  }

  private static Preferences ukp() throws IOException {
    var folder = DATA.resolve("ukp_convarg");
    var table = table(folder.resolve("args.tsv.gz"), '\t');
    var texts = new HashMap<String, String>();
    for (var row : table) texts.put(row.getString("arg_id"), row.getString("text"));
    var read =
        Preferences.csv(folder.resolve("labels.tsv.gz"))
            .user("worker")
            .left("arg1")
            .right("arg2")
            .label("label")
            .leftWins("a1")
            .rightWins("a2")
            .tie("equal")
            .read();
    var ids = read.items().ids();
    float[][] vectors = Embedders.miniLm().embed(ids.stream().map(texts::get).toList());
    return read.withItems(read.items().withVectors(vectors));
  }

  /** A user a row; 99 is a joke that was not rated. */
  private static Judgements jester() throws IOException {
    var builder = Judgements.builder();
    for (var row : table(DATA.resolve("jester/jokes.csv"), ',')) {
      builder.item(row.getString("joke"), row.getString("text"));
    }
    for (var row : table(DATA.resolve("jester/ratings.dev.csv.gz"), ',')) {
      for (int c = 2; c < row.columnCount(); c++) {
        double rating = Double.parseDouble(row.getString(c));
        if (rating != 99) builder.add(row.getString(0), row.columnNames().get(c), rating);
      }
    }
    var read = builder.build();
    return read.withItems(read.items().withVectors(Embedders.miniLm()));
  }

  /** A row is the difference of two profiles; it stands against no difference. */
  private static Preferences bank() throws IOException {
    var builder = Preferences.builder();
    var vectors = new LinkedHashMap<String, float[]>();
    for (var row : table(DATA.resolve("bayesm/bank.choiceAtt.csv"), ',')) {
      String one = profile(row, 2, vectors);
      vectors.putIfAbsent("nothing", new float[row.columnCount() - 2]);
      boolean first = row.getString("choice").equals("1");
      builder.add(
          Comparison.of(row.getString("id"), first ? one : "nothing", first ? "nothing" : one));
    }
    return with(builder, vectors);
  }

  /** The chosen one of five profiles, each task whole: its four pairs are never parted. */
  private static TrialPlan camera(int splits) throws IOException {
    var builder = Preferences.builder();
    var vectors = new LinkedHashMap<String, float[]>();
    var task = new ArrayList<String>();
    String chosen = null;
    for (var row : table(DATA.resolve("bayesm/camera.csv.gz"), ',')) {
      String item = profile(row, 4, vectors);
      task.add(item);
      if (row.getString("chosen").equals("1")) chosen = item;
      if (task.size() < 5) continue;
      String prompt = row.getString("task");
      for (String other : task) {
        if (other.equals(chosen)) continue;
        builder.add(new Comparison(row.getString("id"), prompt, chosen, other));
      }
      task.clear();
    }
    return Tasks.plan(with(builder, vectors)).seeds(splits);
  }

  private static Preferences with(PreferencesBuilder builder, Map<String, float[]> vectors) {
    var read = builder.build();
    return read.withItems(read.items().withVectors(vectors));
  }

  /** The numbers of a row from a column on, named by themselves. */
  private static String profile(Row row, int from, Map<String, float[]> vectors) {
    float[] x = new float[row.columnCount() - from];
    for (int i = 0; i < x.length; i++) x[i] = Float.parseFloat(row.getString(from + i));
    String name = Arrays.toString(x);
    vectors.putIfAbsent(name, x);
    return name;
  }

  /** A table all of whose columns are texts. */
  private static Table table(Path file, char separator) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) bytes = new GZIPInputStream(bytes);
    try (var reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      var options = CsvReadOptions.builder(reader).separator(separator).maxCharsPerColumn(100_000);
      return Table.read().usingOptions(options.columnTypes(name -> ColumnType.STRING).build());
    }
  }
}
