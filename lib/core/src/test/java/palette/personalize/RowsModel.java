package palette.personalize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.data.Preferences;
import palette.reward.IdealPoints;
import palette.reward.Link;
import palette.reward.Space;
import palette.reward.WeightMargins;
import palette.support.Provenance;
import palette.support.Seeds;

/** Twelve items whose columns of rewards are drawn: what is known of people is the prior alone. */
final class RowsModel implements IdealPoints {
  static final int ITEMS = 12;

  private final Prior prior;
  private final double[][] items;
  private Link link = Link.logistic(1);

  private RowsModel(Prior prior, long seed) {
    this.prior = prior;
    var random = new SplittableRandom(seed);
    items = new double[ITEMS][];
    for (int i = 0; i < ITEMS; i++) items[i] = Seeds.normal(prior.center().length, 2, random);
  }

  /** Mixes of four. */
  static RowsModel mixes(double strength) {
    return new RowsModel(new Prior(new double[] {0.4, 0.3, 0.2, 0.1}, strength, false), 5);
  }

  /** Mixes of three with two numbers of their own beside them. */
  static RowsModel offHull(double strength) {
    double[] center = {0.5, 0.3, 0.2, 0, 0};
    return new RowsModel(new Prior(Space.mixAnd(3, 2), center, strength, false), 5);
  }

  /** With a link that it would have learned. */
  RowsModel link(Link learned) {
    link = learned;
    return this;
  }

  @Override
  public Link link() {
    return link;
  }

  /** One number, free. */
  static RowsModel line() {
    return new RowsModel(new Prior(Space.FREE, new double[1], 1, false), 5);
  }

  static List<String> ids() {
    return IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList();
  }

  double reward(double[] w, int item) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) sum += w[k] * items[item][k];
    return sum;
  }

  @Override
  public WeightMargins byWeight(Preferences answers) {
    double[][] rows = new double[answers.size()][];
    for (int j = 0; j < rows.length; j++) {
      double[] chosen = of(answers.items().id(answers.chosen(j)));
      double[] rejected = of(answers.items().id(answers.rejected(j)));
      rows[j] = chosen.clone();
      for (int k = 0; k < chosen.length; k++) rows[j][k] -= rejected[k];
    }
    int[] outcomes = IntStream.range(0, rows.length).map(answers.shown()::outcome).toArray();
    return new WeightMargins.Linear(rows, null, outcomes, prior.center().length);
  }

  private double[] of(String item) {
    return items[Integer.parseInt(item.substring(1))];
  }

  @Override
  public double[] rewards(double[] w, String prompt, List<String> wanted) {
    return wanted.stream().mapToDouble(i -> reward(w, Integer.parseInt(i.substring(1)))).toArray();
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public int prototypes() {
    return prior.space().mixes() ? prior.center().length - prior.space().beside() : 0;
  }

  @Override
  public List<String> users() {
    return List.of();
  }

  @Override
  public double[] weights(String user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Prior prior() {
    return prior;
  }

  @Override
  public double temperature() {
    return link.temperature();
  }

  @Override
  public Provenance provenance() {
    throw new UnsupportedOperationException();
  }

  @Override
  public palette.reward.Scorer place(Preferences answers) {
    return Localizer.of(this).fit(answers);
  }

  @Override
  public double[][] prototypePoints() {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] idealPoint(String user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double[] idealPoint(double[] w) {
    return new double[] {reward(w, 0), reward(w, 1)}; // any two numbers that are linear in w
  }

  @Override
  public double[][] itemPoints(List<String> wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String text() {
    return name();
  }

  @Override
  public String html() {
    return name();
  }

  @Override
  public String toString() {
    return name() + Arrays.toString(prior.center());
  }
}
