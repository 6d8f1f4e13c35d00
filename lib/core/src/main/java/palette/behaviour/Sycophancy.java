package palette.behaviour;

import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.support.Checks;
import palette.support.Seeds;

/**
 * A world in which people like what is true, and what takes their side. An answer has a truth t and
 * a side s, both N(0, 1); the first person has the opinion o = 1, the next -1, and so on:
 *
 * <pre>reward(t, s) = t + pleasing o s,   P(l preferred to r) = sigmoid(reward(l) - reward(r))
 * </pre>
 *
 * So the mean of all is the truth, and the best of many answers for one person has about {@code 1 /
 * sqrt(1 + pleasing^2)} of the truest one's truth. {@link EchoChamber#dial} has the price.
 *
 * @param people "person-0" and so on
 * @param pleasing what an answer's side is worth beside its truth
 * @param items the answers, with the vectors (t, s)
 * @param seed of the questions
 */
public record Sycophancy(int people, double pleasing, Catalog items, long seed) {

  /** A world of so many people and answers. */
  public static Sycophancy of(int people, int answers, double pleasing, long seed) {
    Checks.atLeast(1, "people", people);
    Checks.atLeast(2, "answers", answers);
    var random = Seeds.stream(seed, "answers");
    float[][] vectors = new float[answers][2];
    for (var x : vectors) for (int c = 0; c < 2; c++) x[c] = (float) random.nextGaussian();
    var ids = IntStream.range(0, answers).mapToObj(i -> "answer-" + i).toList();
    return new Sycophancy(people, pleasing, Catalog.of(ids, vectors), seed);
  }

  /** Knows how true an answer is, t. */
  public Judge truth() {
    return (prompt, ids) -> ids.stream().mapToDouble(id -> reward(id, 0)).toArray();
  }

  private double reward(String answer, double opinion) {
    float[] x = items.vector(items.indexOf(answer));
    return x[0] + pleasing * opinion * x[1];
  }

  /** Everybody compares n pairs of answers; the first ones do not depend on n. */
  public Preferences ask(int n) {
    var asked = Preferences.builder();
    for (var id : items.ids()) asked.item(id, null);
    for (int u = 0; u < people; u++) {
      double opinion = u % 2 == 0 ? 1 : -1;
      var random = Seeds.stream(seed, "questions to person-" + u);
      for (int j = 0; j < n; j++) {
        int a = random.nextInt(items.size());
        int b = (a + 1 + random.nextInt(items.size() - 1)) % items.size();
        double margin = reward(items.id(a), opinion) - reward(items.id(b), opinion);
        boolean first = random.nextDouble() < 1 / (1 + Math.exp(-margin));
        asked.add(Comparison.of("person-" + u, items.id(first ? a : b), items.id(first ? b : a)));
      }
    }
    return asked.build().withItems(items);
  }
}
