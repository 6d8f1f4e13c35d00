package palette.plot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Split;
import palette.evaluate.Choice;
import palette.evaluate.Evaluation;
import palette.evaluate.FakePal;
import palette.evaluate.Family;
import palette.evaluate.FamilyTrials;
import palette.evaluate.LocalizationCurve;
import palette.evaluate.Sweep;
import palette.evaluate.Trials;
import palette.family.PalA;
import palette.family.Population;
import palette.reward.ByMargins;
import palette.reward.History;
import palette.reward.RewardModel;
import palette.reward.RewardSpec;
import palette.reward.Scorer;
import palette.simulate.World;
import palette.support.Seeds;

/** Models and results to draw, made without training. */
final class Scenes {
  private Scenes() {}

  static World world(int dimension, int prototypes) {
    return World.spec()
        .users(150)
        .dimension(dimension)
        .prototypes(prototypes)
        .noise(0.3)
        .seed(7)
        .create();
  }

  /** The world as a decent model would learn it: turned, stretched, a little wrong. */
  static FakePal learned(World world) {
    var random = Seeds.stream(5, "error");
    int d = world.settings().dimension();
    int count = world.settings().prototypes();
    double[][] points = new double[count][];
    double[][] truth = world.prototypePoints();
    for (int k = 0; k < count; k++) {
      double[] p = truth[(k + 1) % count].clone();
      for (int a = 0; a < d; a++) p[a] += 0.08 * random.nextGaussian();
      double first = p[0];
      p[0] = 2 * p[d - 1];
      p[d - 1] = -2 * first;
      points[k] = p;
    }
    var weights = new LinkedHashMap<String, double[]>();
    for (var user : world.users()) {
      double[] w = new double[count];
      double sum = 0;
      for (int k = 0; k < count; k++) {
        w[k] = world.weights(user)[(k + 1) % count] * Math.exp(0.25 * random.nextGaussian());
        sum += w[k];
      }
      for (int k = 0; k < count; k++) w[k] /= sum;
      weights.put(user, w);
    }
    var items = new HashMap<String, double[]>();
    for (int i = 0; i < 10; i++) items.put("item-" + i, random.doubles(d, -1, 1).toArray());
    return new FakePal("PAL-A, K=" + count, points, weights, items);
  }

  /** Right with probability sigmoid(m) where it says m, but for a temperature that is off. */
  static Evaluation evaluation(double quality, double off, long seed) {
    var random = Seeds.stream(seed, "answers");
    var rows = new java.util.ArrayList<Comparison>();
    double[] margins = new double[3000];
    for (int i = 0; i < margins.length; i++) {
      rows.add(Comparison.of("user " + i % 60, "left " + i, "right " + i));
      double m = Math.abs(quality * random.nextGaussian());
      margins[i] = random.nextDouble() < 1 / (1 + Math.exp(-m)) ? off * m : -off * m;
    }
    return Evaluation.of(scorer("PAL-A, K=3", margins), Preferences.of(rows));
  }

  static Sweep<Integer> sweep() {
    var rows = new java.util.ArrayList<Comparison>();
    for (int i = 0; i < 1000; i++) rows.add(Comparison.of("u" + i % 50, "l" + i, "r" + i));
    var test = Preferences.of(rows);
    double[] reach = {0.74, 0.86, 0.93, 0.932, 0.93, 0.927};
    var values = List.of(1, 2, 3, 4, 6, 8);
    return Sweep.over("prototypes", 1, 2, 3, 4, 6, 8)
        .specs(k -> made(seed -> luck(reach[values.indexOf(k)], seed)))
        .repeat(5)
        .run(new Split<>(test, test, "by hand", 0));
  }

  /** Gets about this share of the answers right. */
  private static RewardModel luck(double share, long seed) {
    var random = Seeds.stream(seed, "luck " + share);
    double common = share + 0.008 * random.nextGaussian();
    var items = new HashMap<String, double[]>();
    for (int i = 0; i < 1000; i++) {
      items.put("l" + i, new double[] {random.nextDouble() < common ? 0 : 2});
      items.put("r" + i, new double[] {1});
    }
    return new FakePal("luck", new double[][] {{0}}, alike(50), items);
  }

  /** A choice between three values, each of which gives every answer a margin so much larger. */
  static Choice<Integer> choice(double margin) {
    var rows = new java.util.ArrayList<Comparison>();
    for (int i = 0; i < 100; i++) rows.add(Comparison.of("u" + i % 10, "left " + i, "right"));
    return Sweep.over("prototypes", 1, 2, 3)
        .specs(k -> made(seed -> sure(margin * k)))
        .repeat(2)
        .choose(Preferences.of(rows));
  }

  /** Gets every answer right, by this margin. */
  private static RewardModel sure(double margin) {
    var items = new HashMap<String, double[]>();
    for (int i = 0; i < 100; i++) items.put("left " + i, new double[] {0});
    items.put("right", new double[] {Math.sqrt(margin)});
    return new FakePal("sure", new double[][] {{0}}, alike(10), items);
  }

  private static Map<String, double[]> alike(int count) {
    var users = new HashMap<String, double[]>();
    for (int u = 0; u < count; u++) users.put("u" + u, new double[] {1});
    return users;
  }

  private static RewardSpec made(LongFunction<RewardModel> bySeed) {
    return new Made(bySeed, 0);
  }

  /** Learns nothing: its model hangs on the seed alone. */
  private record Made(LongFunction<RewardModel> bySeed, long own) implements RewardSpec {
    @Override
    public RewardModel fit(Preferences train) {
      return bySeed.apply(own);
    }

    @Override
    public RewardModel fit(Preferences train, Preferences validation) {
      return fit(train);
    }

    @Override
    public RewardSpec seed(long seed) {
      return new Made(bySeed, seed);
    }
  }

  /** Learns at a pace. */
  /** Two families on a small world, fitted in a second. */
  static FamilyTrials families() {
    var pal = PalA.spec().dimension(2).epochs(10);
    var sized = new Family("PAL-A", true, List.of(1, 2), pal::prototypes);
    return Trials.of(world(2, 2).askEveryone(40))
        .seeds(2)
        .run(List.of(Family.of(Population.spec()), sized));
  }

  static LocalizationCurve curve(String name, double start, double pace) {
    var rows = new java.util.ArrayList<Comparison>();
    for (int i = 0; i < 4000; i++) rows.add(Comparison.of("u" + i % 100, "l" + i, "r" + i));
    var answers = Preferences.of(rows);
    return LocalizationCurve.of(
        asked -> {
          double share = 0.92 - (0.92 - start) * Math.exp(-pace * asked.size());
          var random = Seeds.stream(asked.size(), name + asked.answering());
          double[] margins = new double[40];
          for (int i = 0; i < 40; i++) margins[i] = random.nextDouble() < share ? 1 : -1;
          return scorer(name, margins);
        },
        answers,
        answers,
        0,
        1,
        2,
        5,
        10,
        20);
  }

  /** A fit that learns at a pace, then overfits a little. */
  static LossFigure.Fit fit(String name, double start, double pace) {
    var epochs = new java.util.ArrayList<History.Epoch>();
    for (int e = 1; e <= 60; e++) {
      double learned = 1 - Math.exp(-e / pace);
      double validation = start * (1 - 0.65 * learned) + 0.0025 * Math.max(0, e - 35);
      double accuracy = 0.5 + 0.42 * learned - 0.0006 * Math.max(0, e - 40);
      epochs.add(
          new History.Epoch(e, start * (1 - 0.75 * learned), validation, accuracy, 0.02 * e));
    }
    return new LossFigure.Fit(name, new History(epochs, 38));
  }

  static Scorer scorer(String name, double[] margins) {
    return new ByMargins(name, answers -> Arrays.copyOf(margins, answers.size()));
  }
}
