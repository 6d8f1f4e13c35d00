package palette.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.PreferencesBuilder;
import palette.support.Checks;
import palette.support.Seeds;

/** One user being asked: no pair comes twice, and what comes next depends on nobody else. */
final class Interview {
  private final World world;
  private final String user;
  private final double[] idealPoint;
  private final SplittableRandom random;
  private final Set<Long> asked = new HashSet<>();
  private int met;

  Interview(World world, String user) {
    this.world = world;
    this.user = user;
    this.idealPoint = world.idealPoint(user);
    this.random = Seeds.stream(world.settings().seed(), "answers of " + user);
  }

  /** Collects the answers of several interviews. */
  static final class Notes {
    private final World world;
    private final PreferencesBuilder answers = Preferences.builder();
    private final List<String> ids = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    Notes(World world) {
      this.world = world;
      if (world.pool() == null) return;
      for (int i = 0; i < world.pool().size(); i++) {
        answers.item(world.pool().id(i), world.pool().text(i));
      }
    }

    Preferences all() {
      Catalog items =
          world.pool() != null ? world.pool() : Catalog.of(ids, vectors.toArray(float[][]::new));
      return answers.build().withItems(items);
    }

    // In the order asked, so that an item's position says nothing about the answer.
    private void meet(Item item) {
      if (world.pool() != null) return;
      answers.item(item.id, null);
      ids.add(item.id);
      vectors.add(item.vector);
    }
  }

  record Item(String id, float[] vector) {}

  void ask(int n, Notes notes) {
    Checks.atLeast(0, "n", n);
    for (int i = 0; i < n; i++) {
      Item[] pair = question(notes);
      answer(pair, byTaste(pair), notes);
    }
  }

  /** A pair that was not asked before, the first one first. */
  Item[] question(Notes notes) {
    Item[] pair = world.pool() == null ? new Item[] {fresh(), fresh()} : pairOfPool();
    notes.meet(pair[0]);
    notes.meet(pair[1]);
    return pair;
  }

  boolean byTaste(Item[] pair) {
    double margin = world.margin(idealPoint, pair[0].vector, pair[1].vector);
    return random.nextDouble() < world.probability(margin);
  }

  /** Puts an answer down that the first, or the second, was preferred. */
  void answer(Item[] pair, boolean first, Notes notes) {
    var answer = Comparison.of(user, pair[first ? 0 : 1].id, pair[first ? 1 : 0].id);
    notes.answers.add(answer, 1, first ? 1 : 2, Double.NaN);
  }

  SplittableRandom random() {
    return random;
  }

  private Item fresh() {
    return new Item(user + "/item-" + met++, Planting.item(world.settings().dimension(), random));
  }

  private Item[] pairOfPool() {
    long n = world.pool().size();
    Checks.require(
        asked.size() < n * (n - 1) / 2,
        "questions to " + user,
        "at most " + n * (n - 1) / 2 + ", the pairs of " + n + " items",
        asked.size() + 1);
    while (true) {
      int a = random.nextInt((int) n);
      int b = random.nextInt((int) n);
      if (a == b || !asked.add(Math.min(a, b) * n + Math.max(a, b))) continue;
      return IntStream.of(a, b)
          .mapToObj(i -> new Item(world.pool().id(i), world.pool().vector(i)))
          .toArray(Item[]::new);
    }
  }
}
