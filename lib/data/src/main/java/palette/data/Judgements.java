package palette.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import palette.data.io.Input;
import palette.data.io.IntColumn;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * What people gave to single items: votes, ratings, ranks; the higher value is the better. They are
 * split, and a newcomer's first n taken, as they are; only then {@link #pairs} makes comparisons of
 * them. So no judgement stands on both sides of a split. Immutable and columnar.
 */
public final class Judgements implements Rendered {
  private final Catalog users;
  private final Catalog items;
  private final int[] user;
  private final int[] item;
  private final double[] value;
  private final List<String> notes;

  private Judgements(
      Catalog users, Catalog items, int[] user, int[] item, double[] value, List<String> notes) {
    this.users = users;
    this.items = items;
    this.user = user;
    this.item = item;
    this.value = value;
    this.notes = notes;
  }

  /**
   * Looks at a file or folder, takes it for what it shows itself to be, and reads it; the first
   * note says what for, and which call does the same. What could be taken in several ways is an
   * error that lists their calls.
   */
  public static Judgements read(Path path) {
    return JudgementsLook.read(path);
  }

  /** Reads a Polis export: a folder with comments.csv and participants-votes.csv. */
  public static PolisReader polis(Path folder) {
    return PolisReader.of(folder);
  }

  /** Reads ratings from a wide or a long table. */
  public static TableReader ratings(Path path) {
    return TableReader.ratings(Input.of(path));
  }

  /** Reads votes (1, 0 or -1, of which 0 is left out) from a wide or a long table. */
  public static TableReader votes(Path path) {
    return TableReader.votes(Input.of(path));
  }

  /**
   * Reads MovieLens: a folder with ratings.csv and movies.csv, or with ratings.dat and movies.dat,
   * whose columns two colons part.
   */
  public static TableReader movieLens(Path path) {
    return TableReader.movieLens(path);
  }

  /** Reads rankings in PrefLib's formats .soc, .soi, .toc and .toi. */
  public static PreflibReader preflib(Path path) {
    return new PreflibReader(Input.of(path));
  }

  /**
   * Reads who agreed with which answer in a collective dialogue of Remesh: a file or its folder.
   */
  public static RemeshVotesReader remesh(Path path) {
    return new RemeshVotesReader(Input.of(path));
  }

  /** Collects judgements one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of judgements. */
  public int size() {
    return user.length;
  }

  /** Everybody who may occur. */
  public Catalog users() {
    return users;
  }

  /** All items. */
  public Catalog items() {
    return items;
  }

  /** Position in {@link #users} of a row's user. */
  public int user(int row) {
    return user[row];
  }

  /** Position in {@link #items} of a row's item. */
  public int item(int row) {
    return item[row];
  }

  /** What the user gave; higher is better. */
  public double value(int row) {
    return value[row];
  }

  /** Judgements of each user, by position in {@link #users}. */
  public int[] answers() {
    int[] counts = new int[users.size()];
    for (int u : user) counts[u]++;
    return counts;
  }

  /** The rows for which the test holds, in order. */
  public Judgements where(IntPredicate row) {
    return select(Answers.rows(size(), row));
  }

  /** The judgements of these users. */
  public Judgements ofUsers(Collection<String> ids) {
    boolean[] wanted = new boolean[users.size()];
    for (var id : ids) wanted[users.known(id, "user")] = true;
    return where(row -> wanted[user[row]]);
  }

  /** The judgements of users who gave at least n. */
  public Judgements atLeast(int n) {
    int[] counts = answers();
    return where(row -> counts[user[row]] >= n);
  }

  /** The first n judgements of each user, in order: what a newcomer would have said so far. */
  public Judgements first(int n) {
    Checks.atLeast(0, "n", n);
    int[] seen = new int[users.size()];
    return where(row -> seen[user[row]]++ < n);
  }

  /** The same judgements in a random order. */
  public Judgements shuffled(long seed) {
    return select(Seeds.permutation(size(), Seeds.stream(seed, "shuffle")));
  }

  /** The rows at these positions, in this order. */
  public Judgements select(int[] rows) {
    int[] who = new int[rows.length];
    int[] what = new int[rows.length];
    double[] given = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      who[i] = user[rows[i]];
      what[i] = item[rows[i]];
      given[i] = value[rows[i]];
    }
    return new Judgements(users, items, who, what, given, List.of());
  }

  /** The same judgements of items that also have texts or vectors; the ids must be the same. */
  public Judgements withItems(Catalog described) {
    Checks.require(described.ids().equals(items.ids()), "items", "the same ids", "others");
    return new Judgements(users, described, user, item, value, notes);
  }

  Judgements withNotes(List<String> remarks) {
    return new Judgements(users, items, user, item, value, List.copyOf(remarks));
  }

  /** What the reader left out, a line each; parts of a whole have none. */
  public List<String> notes() {
    return notes;
  }

  /**
   * All comparisons that the judgements imply: within a user, the higher value is chosen. More than
   * fit into half of Java's memory, at 16 bytes each, are refused.
   */
  public Preferences pairs() {
    return pairs(Integer.MAX_VALUE, 0);
  }

  /**
   * At most {@code cap} comparisons a user, drawn at random where there are more. Items with equal
   * values make none. With n judgements and m comparisons a user's rows weigh min(1, n/m) each:
   * many pairs made of few judgements are not many answers.
   */
  public Preferences pairs(int cap, long seed) {
    return Pairs.of(this, Checks.atLeast(1, "cap", cap), seed);
  }

  /** Keeps about {@code fraction} of each user's judgements for training. */
  public Split<Judgements> splitByAnswer(double fraction, long seed) {
    return Splits.byAnswer(this, fraction, seed);
  }

  /** Keeps a fraction of the users (seen) apart from the others (unseen). */
  public Split<Judgements> splitByUser(double fraction, long seed) {
    return Splits.byUser(this, fraction, seed);
  }

  /** Keeps a fraction of the items apart from the others. */
  public Split<Judgements> splitByItem(double fraction, long seed) {
    return Splits.byItem(this, fraction, seed);
  }

  /** Parts them for a study of seen and new users, as {@link Holdout} says. */
  public Holdout holdOut(long seed) {
    return Holdout.of(this, seed);
  }

  private String line() {
    long answering = Arrays.stream(answers()).filter(n -> n > 0).count();
    return Texts.count(size(), "judgement")
        + " of "
        + Texts.count(answering, "user")
        + " on "
        + Texts.count(items.size(), "item");
  }

  @Override
  public String text() {
    return notes.isEmpty() ? line() : line() + "\n" + String.join("\n", notes);
  }

  @Override
  public String html() {
    return "<p>" + Html.escape(text()).replace("\n", "<br>") + "</p>";
  }

  @Override
  public String toString() {
    return "Judgements[" + line() + "]";
  }

  /** Collects judgements; ids get positions in the order they are met. */
  public static final class Builder {
    private final Catalog.Builder users = Catalog.builder();
    private final Catalog.Builder items = Catalog.builder();
    private final IntColumn user = new IntColumn();
    private final IntColumn item = new IntColumn();
    private double[] value = new double[1024];
    private int size;

    private Builder() {}

    /** Gives an item its text, before or after it is judged. */
    public Builder item(String id, String text) {
      items.add(id, text);
      return this;
    }

    /** Adds one judgement; higher is better. */
    public Builder add(String userId, String itemId, double given) {
      Checks.named("user", userId);
      Checks.named("item", itemId);
      Checks.require(Double.isFinite(given), "value", "a finite number", given);
      if (size == value.length) value = Arrays.copyOf(value, size + (size >> 1));
      user.add(users.add(userId));
      item.add(items.add(itemId));
      value[size++] = given;
      return this;
    }

    /** Everything so far. */
    public Judgements build() {
      return new Judgements(
          users.build(),
          items.build(),
          user.toArray(),
          item.toArray(),
          Arrays.copyOf(value, size),
          List.of());
    }
  }
}
