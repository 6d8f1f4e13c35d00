package palette.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Sweep;
import palette.family.PalA;
import palette.family.PalB;
import palette.fit.BasisModel;
import palette.policy.Corpus;
import palette.policy.Policy;
import palette.store.ModelFolder;
import palette.support.Seeds;
import palette.support.Sha256;
import palette.support.Texts;

/**
 * Fits, sweeps and pretraining with checkpoints in a Java of their own, which is killed (SIGKILL)
 * at random moments, ten times each, and started again: whether each goes on, and ends with the
 * bits of one that was not killed.
 */
final class KillBench {
  private static final int KILLS_EACH = 10;
  private static final List<String> KINDS = List.of("pal-a", "mlp", "pal-b", "sweep", "policy");

  private KillBench() {}

  /** What is killed: a kind and a folder. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[1]);
    Files.writeString(folder.resolve("done"), result(arguments[0], folder.resolve("checkpoint")));
  }

  /** Kills so many times; one line. */
  static String report(int kills) throws Exception {
    var random = new SplittableRandom(1);
    var wanted = new TreeMap<String, String>();
    int killed = 0;
    int equal = 0;
    int runs = 0;
    for (; killed < kills; runs++) {
      String kind = KINDS.get(runs % KINDS.size());
      var folder = Files.createTempDirectory("palette-kills");
      for (int k = 0; k < KILLS_EACH && kill(kind, folder, random); k++) killed++;
      if (!Files.exists(folder.resolve("done"))) child(kind, folder).waitFor();
      if (!wanted.containsKey(kind)) wanted.put(kind, result(kind, null));
      if (Files.readString(folder.resolve("done")).equals(wanted.get(kind))) equal++;
      remove(folder);
    }
    return Texts.format(
        "killed %,d times in %,d trainings: %,d of %,d ended with the same bits",
        killed, runs, equal, runs);
  }

  /** Some time after it got further than before; false where it had come to its end. */
  private static boolean kill(String kind, Path folder, SplittableRandom random) throws Exception {
    var child = child(kind, folder);
    String before = stamps(folder);
    while (child.isAlive() && stamps(folder).equals(before)) Thread.sleep(1);
    child.waitFor(random.nextInt(400_000), TimeUnit.MICROSECONDS);
    boolean alive = child.isAlive();
    child.destroyForcibly().waitFor();
    return alive;
  }

  private static String stamps(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file + " " + file.toFile().lastModified()).sorted().toList() + "";
    }
  }

  private static Process child(String kind, Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", path, KillBench.class.getName(), kind, folder.toString())
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  // ------------------------------------------------------------------------------ what is done

  private static String result(String kind, Path checkpoint) throws IOException {
    var answers = answers();
    var a = PalA.spec().prototypes(3).dimension(4).batch(64).epochs(60).patience(60).threads(1);
    return switch (kind) {
      case "pal-a" -> fitted(kept(a.partition(1), checkpoint).fit(answers));
      case "mlp" -> fitted(kept(a.mlp(16).dropout(0.2).epochs(20), checkpoint).fit(answers));
      case "pal-b" -> {
        var b = PalB.spec().prototypes(2).dimension(8).mlp(16).batch(64).epochs(12).threads(2);
        yield fitted((checkpoint == null ? b : b.checkpoint(checkpoint, 10)).fit(answers));
      }
      case "policy" -> pretrained(checkpoint);
      default -> {
        var plan = Sweep.over("prototypes", 1, 2, 3, 4).repeat(2).workers(2);
        var sweep =
            plan.specs(k -> kept(a.prototypes(k), checkpoint)).run(answers.splitByAnswer(0.8, 1));
        yield sweep.runs().stream().map(run -> fitted((BasisModel) run.model())).toList() + "";
      }
    };
  }

  /** What is saved of it, which is all of its weights. */
  private static String pretrained(Path checkpoint) throws IOException {
    var spec = Policy.spec().layers(1).width(16).epochs(40).batch(10).threads(1);
    var texts = Corpus.texts(100, 1);
    var folder = Files.createTempDirectory("palette-policy").resolve("saved");
    (checkpoint == null ? spec : spec.checkpoint(checkpoint, 10)).pretrain(texts).save(folder);
    byte[] weights = Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS));
    var hash = Sha256.hex(out -> out.write(weights));
    remove(folder.getParent());
    return hash;
  }

  private static PalA.Spec kept(PalA.Spec spec, Path checkpoint) {
    return checkpoint == null ? spec : spec.checkpoint(checkpoint, 10);
  }

  private static String fitted(BasisModel model) {
    var hashes = new TreeMap<String, Integer>();
    model
        .fitted()
        .parameters()
        .forEach((name, tensor) -> hashes.put(name, Arrays.hashCode(tensor.values())));
    return hashes + " " + Arrays.toString(model.prior().center()) + model.temperature();
  }

  private static Preferences answers() {
    var random = Seeds.stream(1, "kills");
    float[][] x = new float[60][8];
    for (float[] row : x) for (int c = 0; c < 8; c++) row[c] = (float) random.nextGaussian();
    var builder = Preferences.builder();
    for (int i = 0; i < x.length; i++) builder.item("item" + i, "Item " + i);
    for (int n = 0; n < 3000; n++) {
      int i = random.nextInt(x.length);
      int j = (i + 1 + random.nextInt(x.length - 1)) % x.length;
      boolean first = x[i][n % 3] > x[j][n % 3];
      builder.add(
          Comparison.of("user" + n % 60, "item" + (first ? i : j), "item" + (first ? j : i)));
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(x));
  }
}
