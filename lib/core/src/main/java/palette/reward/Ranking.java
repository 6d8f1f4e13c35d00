package palette.reward;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import palette.reward.RewardModel.Ranked;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/** Items by falling reward, the best first; equal rewards keep the order they came in. */
public final class Ranking extends AbstractList<Ranked> implements Tabled {
  private final List<Ranked> ranked;

  private Ranking(List<Ranked> ranked) {
    this.ranked = ranked;
  }

  /** Ranks items by their rewards, in the same order. */
  public static Ranking of(List<String> items, double[] rewards) {
    var ranked = new ArrayList<Ranked>();
    for (int i = 0; i < rewards.length; i++) ranked.add(new Ranked(items.get(i), rewards[i]));
    ranked.sort(Comparator.comparingDouble(Ranked::reward).reversed());
    return new Ranking(ranked);
  }

  @Override
  public Ranked get(int place) {
    return ranked.get(place);
  }

  @Override
  public int size() {
    return ranked.size();
  }

  @Override
  public Sheet sheet() {
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < size(); i++) {
      var one = get(i);
      rows.add(List.of("" + (i + 1), one.item(), Texts.format("%.3f", one.reward())));
    }
    return new Sheet(List.of("rank", "item", "reward"), rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
