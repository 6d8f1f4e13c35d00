package palette.family;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.PersonalModel;
import palette.reward.Scorer;
import palette.support.Seeds;

/** Small worlds: 60 users in two camps, 40 items in the plane, nearer is better. */
public final class Small {
  public static final int USERS = 60;
  public static final int ITEMS = 40;

  private Small() {}

  /** Half of the users stand at (1, 0), half at (-1, 0); nobody errs. */
  public static Preferences camps(int answersEach, long seed) {
    return camps(answersEach, seed, "item", null);
  }

  /** The same answers to one of three prompts each, the prompts with vectors of their own. */
  public static Preferences asked(int answersEach, long seed) {
    float[][] prompts = {{1, 0, 0.5f}, {0, 1, 0.5f}, {-1, 1, 0}};
    var made = camps(answersEach, seed, "item", List.of("one?", "two?", "three?"));
    var order = made.prompts().ids().stream().mapToInt(List.of("one?", "two?", "three?")::indexOf);
    return made.withPrompts(
        made.prompts().withVectors(order.mapToObj(p -> prompts[p]).toArray(float[][]::new)));
  }

  public static Preferences camps(int answersEach, long seed, String prefix, List<String> prompts) {
    var random = Seeds.stream(seed, "small world");
    float[][] x = points(random);
    var builder = Preferences.builder();
    for (int i = 0; i < ITEMS; i++) builder.item(prefix + i, "Statement <" + i + ">");
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < answersEach; n++) {
        int i = random.nextInt(ITEMS);
        int j = (i + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
        boolean first = gap(x[i], camp(u)) < gap(x[j], camp(u));
        String prompt = prompts == null ? null : prompts.get(n % prompts.size());
        builder.add(
            new Comparison("user" + u, prompt, prefix + (first ? i : j), prefix + (first ? j : i)));
      }
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(x));
  }

  private static float[][] points(SplittableRandom random) {
    float[][] x = new float[ITEMS][2];
    for (float[] row : x) for (int c = 0; c < 2; c++) row[c] = (float) random.nextGaussian();
    return x;
  }

  public static double camp(int user) {
    return user % 2 == 0 ? 1 : -1;
  }

  private static double gap(float[] x, double camp) {
    return (x[0] - camp) * (x[0] - camp) + x[1] * x[1];
  }

  /** The same answers with neither texts nor vectors. */
  public static Preferences idsOnly(Preferences answers) {
    return Preferences.of(answers.comparisons());
  }

  /** New items of the same plane, as a catalog. */
  public static Catalog newItems(long seed) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < ITEMS; i++) ids.add("new" + i);
    return Catalog.of(ids, points(Seeds.stream(seed, "new items")));
  }

  /** Accuracies on half of the answers of each new user, summed. */
  record Newcomers(double known, double unknown) {}

  /** Placed by the other half of their answers, and taken for the population. */
  static Newcomers newcomers(PersonalModel model, Preferences people) {
    double known = 0;
    double unknown = 0;
    for (var user : people.answering()) {
      var parts = people.ofUser(user).splitByAnswer(0.5, 1);
      known += accuracy(model.place(parts.train()), parts.test());
      unknown += accuracy(model.population(), parts.test());
    }
    return new Newcomers(known, unknown);
  }

  public static double accuracy(Scorer model, Preferences answers) {
    double right = 0;
    for (double m : model.margins(answers)) right += m > 0 ? 1 : m == 0 ? 0.5 : 0;
    return right / answers.size();
  }
}
