package palette.family.fast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.engine.Torch;
import palette.family.PalB;
import palette.family.Small;
import palette.fit.Parameter;
import palette.fit.Task;
import palette.fit.TrainingSet;

/** How rows are dealt out to threads, and what an operation has of them. */
class ParallelTowersTest {

  @Test
  void noThreadHasHalfAsMuchAgainAsItsShare() {
    var random = new SplittableRandom(2);
    for (int round = 0; round < 2000; round++) {
      int[] counts = random.ints(1 + random.nextInt(12), 100, 3000).toArray();
      int threads = 1 + random.nextInt(4);
      int[] cuts = ParallelTowers.cuts(counts, threads);
      int rows = Arrays.stream(counts).sum();
      int shares = Math.min(threads, rows / 64);
      assertThat(cuts).isSorted().startsWith(0).endsWith(rows);
      for (int t = 0; t < threads; t++) {
        assertThat(cuts[t + 1] - cuts[t]).isLessThanOrEqualTo(rows * 3 / (2 * shares) + 1);
      }
    }
  }

  @Test
  void aCutMovesToANearEndOfAMapAndNotBeyond() {
    assertThat(ParallelTowers.cuts(new int[] {1600, 900, 900}, 2)).containsExactly(0, 1600, 3400);
    assertThat(ParallelTowers.cuts(new int[] {400, 2000}, 2)).containsExactly(0, 1200, 2400);
    int[] eightHeads = {1600, 900, 900, 900, 900, 900, 900, 900, 900};
    assertThat(ParallelTowers.cuts(eightHeads, 2)).containsExactly(0, 4300, 8800);
    assertThat(ParallelTowers.cuts(new int[] {20, 30}, 2)).containsExactly(0, 50, 50);
  }

  @ParameterizedTest
  @CsvSource({"512, 256, 2, 2", "300, 30, 8, 2", "512, 60, 6, 2", "200, 20, 8, 4", "400, 1, 3, 3"})
  void everyThreadHasItsShareHoweverSmallTheHeads(int items, int prompts, int heads, int threads) {
    var mapped = new ConcurrentHashMap<Thread, Integer>();
    look(
        items,
        prompts,
        heads,
        threads,
        rows -> mapped.merge(Thread.currentThread(), rows, Integer::sum));
    int rows = items + heads * prompts;
    assertThat(mapped.values()).hasSize(threads).allMatch(n -> 2 * threads * n >= rows);
    assertThat(mapped.values().stream().mapToInt(n -> n).sum()).isEqualTo(rows);
  }

  @Test
  void anOperationHasOneThreadWhateverOthersSaidBefore() throws Exception {
    Torch.threads(1);
    var other = new Thread(() -> Torch.threads(4));
    other.start();
    other.join();
    var inside = new ConcurrentHashMap<Thread, Integer>();
    look(300, 100, 2, 3, rows -> inside.put(Thread.currentThread(), JniUtils.getNumThreads()));
    assertThat(inside.values()).containsExactly(1, 1, 1);
  }

  /** One step of f and some heads; the rows of each piece are told on the thread that maps them. */
  private static void look(int items, int prompts, int heads, int threads, IntConsumer piece) {
    var table = Parameter.map("table");
    var task = task();
    var start = Map.of("table", table.normal(1, items, 4).tensor(new SplittableRandom(1)));
    Tower.Form form =
        (p, rows, dropout) -> {
          piece.accept(rows.length);
          return Torch.rows(p.get(table), rows);
        };
    var all = new ArrayList<Tower>();
    for (int i = 0; i <= heads; i++) all.add(new Tower(start, task, 4, form));
    try (var towers = new ParallelTowers(all, threads, 1)) {
      for (var tower : all) {
        tower.begin(IntStream.range(0, tower == all.get(0) ? items : prompts).toArray());
      }
      towers.forward();
    }
  }

  /** A task of some fit, whose parameter is a table. */
  private static Task task() {
    var spec = PalB.spec();
    var answers = Small.camps(2, 1);
    var task = Task.of(spec, TrainingSet.of(answers, answers, false, false), Device.cpu());
    var kinds = Map.of("table", Parameter.Kind.MAP);
    return new Task(
        task.basis(),
        task.data(),
        task.sizes(),
        task.settings(),
        task.loss(),
        new Parameter.Groups(task.settings(), 1, kinds),
        task.device(),
        task.type());
  }
}
