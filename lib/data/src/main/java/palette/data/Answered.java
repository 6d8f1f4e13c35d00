package palette.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import palette.support.Checks;
import palette.support.Rendered;

/**
 * What people said of items, a row a saying: what {@link Preferences} and {@link Judgements} have
 * in common. Immutable; rows count from 0 as read. Parts of a whole share its catalogs, so that a
 * position means the same user or item everywhere.
 */
public abstract sealed class Answered<S extends Answered<S>> implements Rendered
    permits Preferences, Judgements {
  private final Catalog users;
  private final Catalog items;
  final int[] user; // of each row
  private final List<String> notes;

  Answered(Catalog users, Catalog items, int[] user, List<String> notes) {
    this.users = users;
    this.items = items;
    this.user = user;
    this.notes = List.copyOf(notes);
  }

  /** Number of rows, ties not counted. */
  public int size() {
    return user.length;
  }

  /** Everybody who may occur; a part of a split may hold answers of some of them only. */
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

  /** What the reader left out or set apart, a line each; parts of a whole have none. */
  public List<String> notes() {
    return notes;
  }

  /** Rows of each user, by position in {@link #users}. */
  public int[] answers() {
    int[] counts = new int[users.size()];
    for (int u : user) counts[u]++;
    return counts;
  }

  /** The ids of the users who have at least one row here, in catalog order. */
  public List<String> answering() {
    int[] counts = answers();
    var some = IntStream.range(0, counts.length).filter(u -> counts[u] > 0);
    return new ArrayList<>(some.mapToObj(users::id).toList());
  }

  /** The rows at these positions, in this order; without ties. */
  public abstract S select(int[] rows);

  /** The rows for which the test holds, in order; without ties. */
  public S where(IntPredicate row) {
    return select(IntStream.range(0, size()).filter(row).toArray());
  }

  /** What these users said, ties included. */
  public S ofUsers(Collection<String> ids) {
    boolean[] wanted = new boolean[users.size()];
    for (var id : ids) wanted[users.known(id, "user")] = true;
    return ofUsers(wanted);
  }

  S ofUsers(boolean[] wanted) {
    return where(row -> wanted[user[row]]);
  }

  /** What one user said, ties included. */
  public S ofUser(String id) {
    return ofUsers(List.of(id));
  }

  /** The first n rows of each user, in order: what a newcomer would have said so far. */
  public S first(int n) {
    Checks.atLeast(0, "n", n);
    int[] seen = new int[users.size()];
    return where(row -> seen[user[row]]++ < n);
  }

  /** The same rows about items that also have texts or vectors; the ids must be the same. */
  public abstract S withItems(Catalog described);

  abstract S withNotes(List<String> remarks);

  /** The question that each row answers, as {@link SameQuestions} numbers them. */
  abstract int[] questions();

  /** Whether all items of a row are such. */
  abstract boolean isAbout(int row, IntPredicate item);

  /** What is about such items alone, ties included. */
  public S about(IntPredicate item) {
    return where(row -> isAbout(row, item));
  }

  /** The rows for which the test holds, and ties, which it counts on behind them. */
  S part(IntPredicate row) {
    return where(row);
  }

  /** Keeps about a fraction of each user's questions for training; twins and repeats together. */
  public Split<S> splitByAnswer(double fraction, long seed) {
    return Split.byQuestion(this, this, questions(), "answer", fraction, seed);
  }

  /** Keeps a fraction of the users (seen) apart from the others (unseen). */
  public Split<S> splitByUser(double fraction, long seed) {
    return Split.byUser(this, fraction, seed);
  }

  /** Keeps a fraction of the items apart from the others; pairs across the two are left out. */
  public Split<S> splitByItem(double fraction, long seed) {
    return Split.byItem(this, fraction, seed);
  }
}
