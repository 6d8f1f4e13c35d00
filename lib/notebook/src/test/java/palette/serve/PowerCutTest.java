package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Embedder;
import palette.embed.Embedders;
import palette.family.PalA;

/**
 * A process that saves models, checkpoints, vectors and persons is traced; after each of its
 * operations the power is cut on paper, what was not brought to the disk is dropped, and Palette
 * reads what is left: the old or the new one, never neither, and never older than what was
 * acknowledged.
 */
@Tag("slow")
class PowerCutTest {
  @TempDir Path folder;

  private final Set<String> states = new HashSet<>();
  private Set<String> acknowledged = Set.of();
  private int operations;

  // ------------------------------------------------------------------------- what is done, traced

  /** Does all of it in a folder; a line in the file marks says what was acknowledged. */
  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments[0]);
    var spec = PalA.spec().prototypes(2).dimension(2).epochs(3).batch(64).device("cpu");
    for (int version = 1; version <= 3; version++) {
      var checkpoint = root.resolve("checkpoint");
      var model = spec.seed(version).checkpoint(checkpoint, 3).fit(Served.answers());
      mark(root, "checkpoint " + version);
      model.save(root.resolve("model"));
      mark(root, "model " + version);
    }
    var embedder = Embedders.cached(new Lengths(false), root.resolve("vectors"));
    for (var text : List.of("a", "bb")) {
      embedder.embed(List.of(text));
      mark(root, "vector " + text);
    }
    try (var people = new People(root.resolve("people"), "hash", 2)) {
      for (int p = 1; p <= 3; p++) {
        people.keep("p" + p, new double[] {p, 1});
        mark(root, "person p" + p);
      }
      people.forget("p2");
      mark(root, "forgotten p2");
      people.keep("p1", new double[] {9, 1});
      mark(root, "again p1");
    }
  }

  private static void mark(Path root, String text) throws IOException {
    var create = StandardOpenOption.CREATE;
    Files.writeString(root.resolve("marks"), text + "\n", create, StandardOpenOption.APPEND);
  }

  /** Texts by their lengths; where they have to be on the disk already, none. */
  private record Lengths(boolean known) implements Embedder {
    @Override
    public float[][] embed(List<String> texts) {
      if (known) throw new AssertionError(texts + " are lost");
      return texts.stream().map(t -> new float[] {t.length(), 1}).toArray(float[][]::new);
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public String fingerprint() {
      return "lengths";
    }
  }

  // ------------------------------------------------------------------------------------- the cuts

  @Test
  void leavesTheOldOrTheNewOne() throws Exception {
    assumeTrue(traces(), "strace is not installed, or may not trace here");
    var root = Files.createDirectory(folder.resolve("traced")).toRealPath();
    var trace = folder.resolve("trace");
    var log = folder.resolve("log").toFile();
    var child =
        new ProcessBuilder(TracedDisk.command(trace, java(root)))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(Files.readString(log.toPath())).isZero();
    var disk = new TracedDisk(root);
    disk.replay(trace, (what, left) -> cut(disk, what, left));
    System.out.printf("%d operations, %d states read%n", operations, states.size());
    assertThat(acknowledged).hasSize(6 + 2 + 5);
    assertThat(states).hasSizeGreaterThan(50);
  }

  private static boolean traces() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> java(Path root) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    return List.of(java, "-Dai.djl.offline=true", "-cp", path, getClass().getName(), "" + root);
  }

  private void cut(TracedDisk disk, String what, List<Map<String, byte[]>> left) {
    operations++;
    if (what.equals("write marks")) acknowledged = Set.copyOf(disk.seen("marks").lines().toList());
    for (var state : left) {
      if (!states.add(print(state) + acknowledged)) continue;
      try {
        var copy = Files.createDirectory(folder.resolve("state-" + states.size()));
        for (var file : state.entrySet()) {
          var path = copy.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
        read(copy);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError("After " + what + ", acknowledged " + acknowledged, e);
      }
    }
  }

  private static String print(Map<String, byte[]> state) {
    return state.entrySet().stream()
        .map(entry -> entry.getKey() + Arrays.hashCode(entry.getValue()))
        .collect(Collectors.joining());
  }

  // ------------------------------------------------------------------------------ what is left

  private void read(Path left) throws IOException {
    int saved = 0;
    while (has("model " + (saved + 1))) saved++;
    if (saved > 0 || Files.exists(left.resolve("model")))
      assertThat(seed(left)).isBetween(saved, saved + 1);
    var checkpoint = left.resolve("checkpoint");
    if (has("checkpoint 1") || Files.exists(checkpoint))
      requireWhole(Files.readAllBytes(checkpoint));
    for (var text : List.of("a", "bb")) {
      if (!has("vector " + text)) continue;
      var cached = Embedders.cached(new Lengths(true), left.resolve("vectors"));
      assertThat(cached.embed(List.of(text))).isDeepEqualTo(new float[][] {{text.length(), 1}});
    }
    try (var people = new People(left.resolve("people"), "hash", 2)) {
      var p1 = first(people, "p1");
      assertThat(p1).isIn(has("again p1") ? List.of(9) : has("person p1") ? List.of(1, 9) : NEW);
      assertThat(first(people, "p3")).isIn(has("person p3") ? List.of(3) : List.of(0, 3));
      assertThat(first(people, "p2"))
          .isIn(has("forgotten p2") ? List.of(0) : has("person p3") ? List.of(0, 2) : NEW);
    }
  }

  private static final List<Integer> NEW = List.of(0, 1, 2);

  private boolean has(String mark) {
    return acknowledged.contains(mark);
  }

  private static int first(People people, String user) {
    double[] weights = people.weights(user);
    return weights == null ? 0 : (int) weights[0];
  }

  /** Loads the model, with all its checks. */
  private static int seed(Path left) {
    var settings = PalA.load(left.resolve("model")).fitted().settings();
    return ((Number) settings.asMap().get("seed")).intValue();
  }

  private static void requireWhole(byte[] checkpoint) {
    int end = checkpoint.length - Long.BYTES;
    var sum = new CRC32();
    sum.update(checkpoint, 0, Math.max(0, end));
    assertThat(end).isPositive();
    assertThat(ByteBuffer.wrap(checkpoint).getLong(end)).isEqualTo(sum.getValue());
  }
}
