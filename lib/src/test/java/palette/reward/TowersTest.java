package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.engine.Torch;

class TowersTest {

  @ParameterizedTest
  @CsvSource({"512, 256, 2, 2", "300, 30, 8, 2", "512, 60, 6, 2", "200, 20, 8, 4", "400, 1, 3, 3"})
  void everyThreadHasItsShareHoweverSmallTheHeads(int items, int prompts, int heads, int threads) {
    var settings = PalB.spec().threads(threads).settings;
    var groups = new PalGroups(settings, 1);
    var start = Map.of("table", PalFit.normal(items, 4, 1, new SplittableRandom(1)));
    var mapped = new ConcurrentHashMap<Thread, Integer>();
    Tower.Form form =
        (p, rows, dropout) -> {
          mapped.merge(Thread.currentThread(), rows.length, Integer::sum);
          var table = p.get("table");
          long[] index = Arrays.stream(rows).asLongStream().toArray();
          return Torch.rows(table, table.getManager().create(index));
        };
    var all = new ArrayList<Tower>();
    for (int i = 0; i <= heads; i++) all.add(new Tower(start, groups, 4, form));
    try (var towers = new Towers(all, settings, 1)) {
      for (var tower : all) {
        tower.begin(IntStream.range(0, tower == all.get(0) ? items : prompts).toArray());
      }
      towers.look();
    }
    int rows = items + heads * prompts;
    assertThat(mapped.values()).hasSize(threads).allMatch(n -> 2 * threads * n >= rows);
    assertThat(mapped.values().stream().mapToInt(n -> n).sum()).isEqualTo(rows);
  }
}
