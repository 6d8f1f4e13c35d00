package palette.data;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import palette.data.PreferencesBuilder.Answers;
import palette.data.io.Input;
import palette.data.io.PreflibRows;
import palette.support.Checks;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * What people gave to single items: votes, ratings, ranks; the higher value is the better. They are
 * split, and a newcomer's first n taken, as they are; only then {@link #pairs} makes comparisons of
 * them. So no judgement stands on both sides of a split. Immutable and columnar.
 */
public final class Judgements extends Answered<Judgements> {
  private final int[] item;
  private final double[] value;

  private Judgements(
      Catalog users, Catalog items, int[] user, int[] item, double[] value, List<String> notes) {
    super(users, items, user, notes);
    this.item = item;
    this.value = value;
  }

  /**
   * Looks at a file or folder, takes it for what it shows itself to be, and reads it; the first
   * note says what for, and which call does the same. What could be taken in several ways is an
   * error that lists their calls.
   */
  public static Judgements read(Path path) {
    return Guess.judgements(path);
  }

  /** Reads a Polis export: a folder with comments.csv and participants-votes.csv. */
  public static PolisReader polis(Path folder) {
    return new PolisReader(Input.of(folder));
  }

  /** Reads ratings from a wide or a long table. */
  public static TableReader ratings(Path path) {
    return new TableReader(Input.of(path));
  }

  /** Reads votes (1, 0 or -1, of which 0 is left out) from a wide or a long table. */
  public static TableReader votes(Path path) {
    return ratings(path).ofVotes();
  }

  /**
   * Reads MovieLens: a folder with ratings.csv and movies.csv, or with ratings.dat and movies.dat,
   * whose columns two colons part.
   */
  public static TableReader movieLens(Path path) {
    return TableReader.movieLens(path);
  }

  /**
   * Reads rankings in PrefLib's formats: strict or with ties, complete or not (.soc, .soi, .toc,
   * .toi). The item is the number of an alternative, its text the name; the value is minus the
   * rank, so that higher is better, and tied alternatives share a rank. A line {@code count: order}
   * stands for {@code count} voters, {@code v1, v2, ...} in the order of the file. Alternatives
   * that a voter did not rank were not judged. A file has at most 1,000,000 voters and 10,000,000
   * ranks.
   *
   * <p>Source: preflib.org/format.
   */
  public static FormReader<Judgements> preflib(Path path) {
    return new FormReader<>(
        Input.of(path),
        input -> {
          var intake = new DataReader.Intake();
          return intake.judgements(
              PreflibRows.each(
                  input,
                  (voter, item, name, rank) ->
                      intake.judgements.item(item, name).add(voter, item, -rank)),
              false);
        });
  }

  /**
   * Reads who agreed with which answer in a collective dialogue of Remesh: a file or its folder.
   */
  public static RemeshReader remesh(Path path) {
    return new RemeshReader(Input.of(path));
  }

  /** Collects judgements one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Position in {@link #items} of a row's item. */
  public int item(int row) {
    return item[row];
  }

  /** What the user gave; higher is better. */
  public double value(int row) {
    return value[row];
  }

  /** The judgements of users who gave at least n. */
  public Judgements atLeast(int n) {
    int[] counts = answers();
    return where(row -> counts[user(row)] >= n);
  }

  /** The same judgements in a random order. */
  public Judgements shuffled(long seed) {
    return select(Seeds.permutation(size(), Seeds.stream(seed, "shuffle")));
  }

  @Override
  public Judgements select(int[] rows) {
    int[] who = Arrays.stream(rows).map(this::user).toArray();
    double[] given = Arrays.stream(rows).mapToDouble(this::value).toArray();
    return new Judgements(users(), items(), who, Answers.pick(item, rows), given, List.of());
  }

  @Override
  int[] questions() {
    return SameQuestions.of(this);
  }

  @Override
  boolean isAbout(int row, IntPredicate test) {
    return test.test(item[row]);
  }

  @Override
  public Judgements withItems(Catalog described) {
    Checks.require(described.ids().equals(items().ids()), "items", "the same ids", "others");
    return new Judgements(users(), described, user, item, value, notes());
  }

  @Override
  Judgements withNotes(List<String> remarks) {
    return new Judgements(users(), items(), user, item, value, remarks);
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

  /** Parts them for a study of seen and new users, as {@link Holdout} says. */
  public Holdout holdOut(long seed) {
    return Holdout.of(this, seed);
  }

  private String line() {
    String given = Texts.count(size(), "judgement") + " of ";
    String by = Texts.count(answering().size(), "user") + " on ";
    return given + by + Texts.count(items().size(), "item");
  }

  @Override
  public String text() {
    return notes().isEmpty() ? line() : line() + "\n" + String.join("\n", notes());
  }

  @Override
  public String toString() {
    return "Judgements[" + line() + "]";
  }

  /** Collects judgements; ids get positions in the order they are met. */
  public static final class Builder {
    private final Catalog.Builder users = Catalog.builder();
    private final Catalog.Builder items = Catalog.builder();
    private final IntArrayList user = new IntArrayList();
    private final IntArrayList item = new IntArrayList();
    private final DoubleArrayList value = new DoubleArrayList();

    private Builder() {}

    /** Gives an item its text, before or after it is judged. */
    public Builder item(String id, String text) {
      items.add(id, text);
      return this;
    }

    /** Gives a user a text, their own words or a description, before or after they judge. */
    public Builder user(String id, String text) {
      users.add(id, text);
      return this;
    }

    /** Adds one judgement; higher is better. */
    public Builder add(String userId, String itemId, double given) {
      Checks.named("user", userId);
      Checks.named("item", itemId);
      Checks.require(Double.isFinite(given), "value", "a finite number", given);
      user.add(users.add(userId));
      item.add(items.add(itemId));
      value.add(given);
      return this;
    }

    /** Everything so far. */
    public Judgements build() {
      return new Judgements(
          users.build(),
          items.build(),
          user.toIntArray(),
          item.toIntArray(),
          value.toDoubleArray(),
          List.of());
    }
  }
}
