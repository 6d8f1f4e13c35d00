package palette.personalize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import palette.support.Interval;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Items by falling mean reward over what is believed of a person, and how sure that is.
 *
 * @param level of the intervals
 * @param places the best first
 */
public record SureRanking(double level, List<Place> places) implements Tabled {

  /**
   * One item's place.
   *
   * @param item its id
   * @param reward its reward over the temperature, less the mean of all these items, and where it
   *     lies at the level
   * @param rank where its rank lies at the level, 1 for the best
   * @param best the probability that nothing here is better
   */
  public record Place(String item, double mean, Interval reward, Interval rank, double best) {}

  static SureRanking of(List<String> items, double[][] rewards, double level) {
    int n = items.size();
    double[][] reward = new double[n][rewards.length];
    double[][] rank = new double[n][rewards.length];
    for (int d = 0; d < rewards.length; d++) {
      double mean = 0;
      for (double r : rewards[d]) mean += r / n;
      for (int i = 0; i < n; i++) {
        reward[i][d] = rewards[d][i] - mean;
        rank[i][d] = 1;
        for (double r : rewards[d]) if (r > rewards[d][i]) rank[i][d]++;
      }
    }
    var places = new ArrayList<Place>();
    for (int i = 0; i < n; i++) {
      var ranks = Belief.middle(rank[i], level);
      double mean = 0;
      double best = 0;
      for (double r : reward[i]) mean += r / rewards.length;
      for (double r : rank[i]) if (r == 1) best += 1.0 / rewards.length;
      places.add(
          new Place(
              items.get(i),
              mean,
              Belief.middle(reward[i], level),
              new Interval(Math.floor(ranks.low()), Math.ceil(ranks.high())),
              best));
    }
    places.sort(Comparator.comparingDouble(Place::mean).reversed());
    return new SureRanking(level, List.copyOf(places));
  }

  /** The probability that the first item is the best of these. */
  public double sure() {
    return places.get(0).best;
  }

  @Override
  public Sheet sheet() {
    var rows = new ArrayList<List<String>>();
    for (var p : places) {
      String rank = Texts.format("%.0f to %.0f", p.rank.low(), p.rank.high());
      String best = Texts.format("%.3f", p.best);
      rows.add(List.of(p.item, Texts.format("%+.3f", p.mean), p.reward.toString(), rank, best));
    }
    String at = Texts.format("%.0f %% interval", 100 * level);
    return new Sheet(List.of("item", "reward", at, "rank", "best"), rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
