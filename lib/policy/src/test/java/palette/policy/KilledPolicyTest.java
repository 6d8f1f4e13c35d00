package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.support.InputException;

/**
 * A Java that pretrains and aligns is killed in either: the next goes on, and ends with the bits.
 */
class KilledPolicyTest {
  private static final String BASE = "base.checkpoint";
  private static final String ALIGNED = "aligned.checkpoint";

  @TempDir Path folder;

  /** What is killed: both trainings, and what they end with in a file. */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    Files.writeString(folder.resolve("done"), said(trained(folder)));
  }

  private static Policy base(Path folder) {
    var spec = Policy.spec().layers(1).width(16).epochs(200).batch(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) texts.add("ask\n" + (i % 3 == 0 ? "one." : "two two."));
    return (folder == null ? spec : spec.checkpoint(folder.resolve(BASE), 20)).pretrain(texts);
  }

  private static Aligned trained(Path folder) {
    var tuning = Dpo.of(base(folder)).clusters(2).gamma().epochs(200).batch(2);
    var pairs =
        Preferences.of(
            List.of(
                new Comparison("u", "ask", "one.", "two two."),
                new Comparison("v", "ask", "two two.", "one."),
                new Comparison("w", "ask", "two two.", "one."),
                new Comparison("u", "ask", "one.", "two.")));
    return (folder == null ? tuning : tuning.checkpoint(folder.resolve(ALIGNED), 20)).train(pairs);
  }

  private static String said(Aligned aligned) {
    var hashes = new TreeMap<String, Integer>();
    for (var user : List.of("u", "v", "w")) {
      aligned
          .policy(user)
          .weights
          .forEach((name, its) -> hashes.put(user + " " + name, Arrays.hashCode(its.values())));
    }
    return hashes + " " + aligned.strength() + " " + aligned.strengthVariation();
  }

  @Test
  void endsWithTheBitsOfOneThatWasNot() throws Exception {
    var random = new SplittableRandom(2);
    for (var name : List.of(BASE, BASE, ALIGNED, ALIGNED)) {
      var file = folder.resolve(name);
      long before = stamp(file);
      var child = child();
      while (stamp(file) == before && child.isAlive()) Thread.sleep(1);
      Thread.sleep(random.nextInt(50));
      assertThat(child.isAlive()).as("still at work").isTrue();
      child.destroyForcibly().waitFor();
      assertThat(folder.resolve("done")).doesNotExist();
    }
    var other = Dpo.of(base(folder)).checkpoint(folder.resolve(ALIGNED));
    var pair = Preferences.of(List.of(new Comparison("u", "ask", "one.", "two.")));
    assertThatThrownBy(() -> other.train(pair))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a fit under way")
        .hasMessageContaining("P-DPO, K=2, Gamma strength");
    var last = child();
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).isZero();
    var whole = said(trained(null));
    assertThat(folder.resolve("done")).content().isEqualTo(whole);
    assertThat(said(trained(folder))).as("both kept by their checkpoints").isEqualTo(whole);
  }

  private static long stamp(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) : 0;
  }

  private Process child() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    return new ProcessBuilder(
            java,
            "-Dai.djl.offline=true",
            "-cp",
            path,
            KilledPolicyTest.class.getName(),
            folder.toString())
        .redirectError(Redirect.DISCARD)
        .redirectOutput(Redirect.DISCARD)
        .start();
  }
}
