package palette.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.data.Presentation;
import palette.data.SameQuestions;
import palette.engine.Tensor;
import palette.reward.Choices;
import palette.reward.Settings;
import palette.support.Checks;
import palette.support.InputException;

/**
 * The answers of one fit in positions of the model's own: users and items that occur in training,
 * and <i>entries</i>, which are what f sees: an item, or an item together with its prompt where
 * both are one joint input (PAL-A). Validation answers of unknown users are left out.
 */
public final class TrainingSet {
  public final Catalog users;
  public final Catalog items;
  public final Catalog prompts;
  public final VectorUnits units;
  public final Entries entries;
  public final Rows train;
  public final Rows validation;

  /** Which rows follow each other in an epoch, wherever the first of them comes. */
  public enum Together {
    /** Each by itself. */
    NONE,
    /** Those of one choice, in one step ({@link Choices}). */
    CHOICES,
    /** Those of one question, whoever was asked: an encoder that learns reads it once a step. */
    QUESTIONS
  }

  /** {@code joint}: prompts are part of what f sees; otherwise they stand by themselves. */
  public TrainingSet(
      Preferences train,
      Preferences validation,
      boolean joint,
      boolean balanced,
      Together together) {
    requireAnswers(train);
    Checks.require(
        !(balanced && together == Together.CHOICES),
        "balanced()",
        "a loss of pairs",
        "Plackett-Luce, a loss of rankings");
    this.users = Catalog.of(train.answering());
    this.items = occurring(train);
    this.prompts = train.hasPrompts() ? askedIn(train, validation) : asked(train);
    if (prompts.size() > 0 && !prompts.hasVectors()) throw noVector("prompt", prompts.id(0));
    this.units = VectorUnits.of(train, items);
    this.entries = new Entries(items, prompts, units, joint && train.hasPrompts());
    this.train = new Rows(train, this, together, balanced);
    this.validation = new Rows(validation, this, together, balanced);
  }

  /** The same where each row is by itself. */
  public static TrainingSet of(
      Preferences train, Preferences validation, boolean joint, boolean balanced) {
    return new TrainingSet(train, validation, joint, balanced, Together.NONE);
  }

  /** Nothing is learned from nothing. */
  public static void requireAnswers(Preferences train) {
    if (train.size() > 0) return;
    throw new InputException("fit", "at least one answer", "none", "Check the split.");
  }

  /** How large a model of these answers is. */
  public Sizes sizes(Settings settings, boolean identities) {
    return new Sizes(
        settings,
        users.size(),
        items.size(),
        entries.dimension(),
        prompts.size(),
        prompts.dimension(),
        identities);
  }

  private static InputException noVector(String what, String id) {
    return new InputException(
        what + " '" + id + "'",
        "a vector",
        "none, and no embedder",
        "Give vectors with Catalog.withVectors, or fit with .embedder(...).");
  }

  /** The items that the answers are about. */
  public static Catalog occurring(Preferences answers) {
    return answers.items().select(items(answers).stream().toArray());
  }

  /** The same by their places. */
  static BitSet items(Preferences answers) {
    var met = new BitSet();
    for (int row = 0; row < answers.size(); row++) {
      met.set(answers.chosen(row));
      met.set(answers.rejected(row));
    }
    return met;
  }

  /** The places of the prompts that were asked. */
  static BitSet prompts(Preferences answers) {
    var met = new BitSet();
    for (int row = 0; row < answers.size(); row++) {
      if (answers.prompt(row) >= 0) met.set(answers.prompt(row));
    }
    return met;
  }

  /** Prompts are nothing that is learned: those of the validation answers are known as well. */
  private static Catalog askedIn(Preferences train, Preferences validation) {
    var trained = asked(train);
    var others = asked(validation);
    var all = Catalog.builder();
    var vectors = new ArrayList<float[]>();
    for (var prompts : List.of(trained, others)) {
      for (int i = 0; i < prompts.size(); i++) {
        int place = all.add(prompts.id(i), prompts.hasTexts() ? prompts.text(i) : null);
        if (place < vectors.size()) continue;
        if (trained.hasVectors() && !prompts.hasVectors()) throw noVector("prompt", prompts.id(i));
        vectors.add(prompts.hasVectors() ? prompts.vector(i) : null);
      }
    }
    return trained.hasVectors()
        ? all.build().withVectors(vectors.toArray(new float[0][]))
        : all.build();
  }

  private static Catalog asked(Preferences answers) {
    return answers.prompts().select(prompts(answers).stream().toArray());
  }

  /** The vectors of "no prompt", zeros, and of every prompt in its unit, [1 + prompts][D]. */
  public Tensor promptTable() {
    float[][] rows = new float[prompts.size() + 1][];
    rows[0] = new float[prompts.dimension()];
    for (int p = 0; p < prompts.size(); p++) {
      rows[1 + p] = units.prompt(prompts.vector(p));
    }
    return Tensor.of(rows, prompts.dimension());
  }

  /** The texts of "no prompt", null, and of every prompt. */
  List<List<String>> promptTexts() {
    var texts = new ArrayList<List<String>>();
    texts.add(Collections.singletonList(null));
    prompts.texts().forEach(text -> texts.add(List.of(text)));
    return texts;
  }

  public static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /**
   * What f sees, met one after another: each its vector and the known item it belongs to, or -1.
   */
  public static final class Entries {
    private final Catalog known;
    private final Catalog prompts;
    private final VectorUnits units;
    private final boolean joint;
    private final Map<Catalog, Map<Long, Integer>> index = new IdentityHashMap<>();
    private final List<float[]> features = new ArrayList<>();
    private final List<Integer> identity = new ArrayList<>();
    private final List<List<String>> texts = new ArrayList<>();

    private Entries(Catalog known, Catalog prompts, VectorUnits units, boolean joint) {
      this.known = known;
      this.prompts = prompts;
      this.units = units;
      this.joint = joint;
    }

    public int of(Preferences answers, int item, int prompt) {
      var places = index.computeIfAbsent(answers.items(), c -> new HashMap<>());
      long key = ((long) item << 32) | (joint ? prompt + 1 : 0);
      Integer place = places.get(key);
      if (place != null) return place;
      places.put(key, features.size());
      return add(answers, item, prompt);
    }

    private int add(Preferences answers, int item, int prompt) {
      int place = known.indexOf(answers.items().id(item));
      float[] vector = itemVector(answers.items(), item, place);
      features.add(joint ? concat(vector, promptVector(answers, prompt)) : vector);
      identity.add(place);
      String text = place >= 0 ? known.text(place) : answers.items().text(item);
      String asked = joint && prompt >= 0 ? answers.prompts().text(prompt) : null;
      texts.add(joint ? Arrays.asList(text, asked) : List.of(text));
      return features.size() - 1;
    }

    // As the fitted model will: a known id wins.
    private float[] itemVector(Catalog items, int item, int place) {
      if (!known.hasVectors()) return new float[0];
      if (place >= 0) return units.item(known.vector(place));
      if (!items.hasVectors()) throw noVector("item", items.id(item));
      return units.item(items.vector(item));
    }

    private float[] promptVector(Preferences answers, int prompt) {
      if (prompt < 0) return new float[prompts.dimension()];
      int place = prompts.indexOf(answers.prompts().id(prompt));
      return units.prompt(prompts.vector(place));
    }

    public int size() {
      return features.size();
    }

    public int dimension() {
      return features.isEmpty() ? 0 : features.get(0).length;
    }

    /** All vectors, [entries][D]. */
    public Tensor table() {
      return Tensor.of(features(), dimension());
    }

    public float[][] features() {
      return features.toArray(new float[0][]);
    }

    /** The text of each, and the prompt's behind it where both are one; null for no prompt. */
    List<List<String>> texts() {
      return texts;
    }

    public int[] identity() {
      return identity.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** Columns: user, prompt (or -1), chosen and rejected entry, weight, {@link Presentation}. */
  public static final class Rows {
    public final int[] user;
    public final int[] prompt;
    public final int[] chosen;
    public final int[] rejected;
    public final double[] weight;
    public final int[] outcome;

    /** The first row of each row's choice, which the others follow; null where rows are none. */
    public final int[] choice;

    private final int[] group; // the same of what is kept together

    private Rows(Preferences answers, TrainingSet study, Together together, boolean balanced) {
      int[] who = places(answers.users(), study.users);
      int[] asked = places(answers.prompts(), study.prompts);
      int[] key =
          switch (together) {
            case NONE -> null;
            case CHOICES -> Choices.of(answers);
            case QUESTIONS -> SameQuestions.asked(answers);
          };
      int[] rows = ofKnownUsers(answers, who, key);
      user = new int[rows.length];
      prompt = new int[rows.length];
      chosen = new int[rows.length];
      rejected = new int[rows.length];
      weight = new double[rows.length];
      outcome = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        int row = rows[i];
        int p = answers.prompt(row);
        user[i] = who[answers.user(row)];
        prompt[i] = p < 0 ? -1 : asked[p];
        chosen[i] = study.entries.of(answers, answers.chosen(row), p);
        rejected[i] = study.entries.of(answers, answers.rejected(row), p);
        weight[i] = answers.weight(row);
        outcome[i] = answers.shown().outcome(row);
      }
      group = key == null ? null : Arrays.stream(rows).map(row -> key[row]).toArray();
      choice = together == Together.CHOICES ? group : null;
      for (int i = 0, end = 0; group != null && i < rows.length; i = end) {
        for (int of = group[i]; end < rows.length && group[end] == of; end++) group[end] = i;
        if (choice != null) Arrays.fill(weight, i, end, 1.0 / (end - i)); // a choice is one answer
      }
      if (balanced) balance(study.users.size());
    }

    private static int[] places(Catalog from, Catalog to) {
      return from.ids().stream().mapToInt(to::indexOf).toArray();
    }

    /** In order, or group by group. */
    private static int[] ofKnownUsers(Preferences answers, int[] who, int[] key) {
      var known = IntStream.range(0, answers.size()).filter(row -> who[answers.user(row)] >= 0);
      if (key == null) return known.toArray();
      var together = Comparator.<Integer>comparingInt(row -> key[row]);
      return known.boxed().sorted(together).mapToInt(row -> row).toArray();
    }

    /** The rows in this order, but those kept together where the first of them stands. */
    public int[] together(int[] order) {
      if (group == null) return order;
      int[] rows = new int[order.length];
      boolean[] met = new boolean[order.length];
      int n = 0;
      for (int any : order) {
        for (int row = group[any]; !met[row]; n++) {
          met[row] = true;
          rows[n] = row;
          if (row + 1 < rows.length && group[row + 1] == group[any]) row++;
        }
      }
      return rows;
    }

    /** Where a batch ends that may take so many of the rows in an order: never within a choice. */
    public int end(int[] order, int wanted) {
      int end = Math.min(order.length, wanted);
      while (choice != null && end < order.length && choice[order[end]] == choice[order[end - 1]]) {
        end++;
      }
      return end;
    }

    public int size() {
      return user.length;
    }

    /** The rows of each of so many users, in order. */
    public int[][] byUser(int users) {
      var lists = Stream.generate(IntStream::builder).limit(users).toList();
      for (int row = 0; row < user.length; row++) lists.get(user[row]).add(row);
      return lists.stream().map(list -> list.build().toArray()).toArray(int[][]::new);
    }

    /** Each row weighs one over the number of its user's rows: everybody counts alike. */
    private void balance(int users) {
      double[] sums = new double[users];
      for (int u : user) sums[u]++;
      for (int i = 0; i < weight.length; i++) weight[i] = 1 / sums[user[i]];
    }
  }
}
