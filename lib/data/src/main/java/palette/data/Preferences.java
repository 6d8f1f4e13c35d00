package palette.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import palette.data.io.Input;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import tech.tablesaw.api.Table;

/**
 * Comparisons as people answered them: immutable, columnar inside (four ints an answer). Rows count
 * from 0 as read. Parts of a split share the catalogs of the whole, so that a position means the
 * same user, prompt or item everywhere. A row may weigh less than 1: fifteen pairs implied by six
 * votes are six votes' worth of evidence ({@link Judgements#pairs}). Ties are never trained on.
 */
public final class Preferences extends PublicForms implements Rendered {
  private final Catalog users;
  private final Catalog prompts;
  private final Catalog items;
  private final Answers rows;
  private final Preferences ties; // null: none
  private final List<String> notes;

  Preferences(
      Catalog users,
      Catalog prompts,
      Catalog items,
      Answers rows,
      Preferences ties,
      List<String> notes) {
    this.users = users;
    this.prompts = prompts;
    this.items = items;
    this.rows = rows;
    this.ties = ties;
    this.notes = notes;
  }

  /** Comparisons made in code; the ids are the texts. */
  public static Preferences of(List<Comparison> comparisons) {
    var all = builder();
    comparisons.forEach(all::add);
    return all.build();
  }

  /**
   * Looks at a file or folder, takes it for what it shows itself to be, and reads it; the first
   * note says what for, and which call does the same. What could be taken in several ways is an
   * error that lists their calls.
   */
  public static Preferences read(Path path) {
    return PairsLook.read(path);
  }

  /** Reads one comparison a line from a JSONL file, {@code .user("worker")...read()}. */
  public static PairsReader jsonl(Path path) {
    return new PairsReader(Input.of(path, Input.JSONL));
  }

  /** Reads one comparison a row from a Parquet file, whatever its ending. */
  public static PairsReader parquet(Path path) {
    return new PairsReader(Input.of(path, Input.PARQUET));
  }

  /** Reads one comparison a row from a CSV file with a header, or from a .tsv or .parquet file. */
  public static PairsReader csv(Path path) {
    var input = Input.of(path);
    return new PairsReader(input.separator() == Input.JSONL ? input.separator(',') : input);
  }

  /** Reads one comparison a row from a Tablesaw table. */
  public static PairsReader of(Table table) {
    return new PairsReader(Input.of(table));
  }

  /** Collects comparisons one by one. */
  public static PreferencesBuilder builder() {
    return new PreferencesBuilder();
  }

  /** Number of comparisons, ties not counted. */
  public int size() {
    return rows.size();
  }

  /** Everybody who may occur; a part of a split may hold answers of some of them only. */
  public Catalog users() {
    return users;
  }

  /** All prompts; empty where there are none. */
  public Catalog prompts() {
    return prompts;
  }

  /** All items. */
  public Catalog items() {
    return items;
  }

  /** Position in {@link #users} of a row's user. */
  public int user(int row) {
    return rows.user()[row];
  }

  /** Position in {@link #prompts} of a row's prompt, or -1. */
  public int prompt(int row) {
    return rows.prompt() == null ? -1 : rows.prompt()[row];
  }

  /** Position in {@link #items} of a row's chosen item. */
  public int chosen(int row) {
    return rows.chosen()[row];
  }

  /** Position in {@link #items} of a row's rejected item. */
  public int rejected(int row) {
    return rows.rejected()[row];
  }

  /** How much evidence a row is, in answers; 1 unless it was implied by judgements. */
  public double weight(int row) {
    return rows.weight() == null ? 1 : rows.weight()[row];
  }

  /** How the questions were put, where that is known: what stood first, how long it took. */
  public Presentation shown() {
    return rows.shown();
  }

  /** Whether any row has a prompt. */
  public boolean hasPrompts() {
    return rows.prompt() != null;
  }

  /** Whether any row weighs other than 1. */
  public boolean hasWeights() {
    return rows.weight() != null;
  }

  /** A row as ids. */
  public Comparison comparison(int row) {
    var asked = prompt(row) < 0 ? null : prompts.id(prompt(row));
    var who = users.id(user(row));
    return new Comparison(who, asked, items.id(chosen(row)), items.id(rejected(row)));
  }

  /** All rows as ids, in order. */
  public List<Comparison> comparisons() {
    return new ArrayList<>(IntStream.range(0, size()).mapToObj(this::comparison).toList());
  }

  /** Pairs between which somebody saw no difference: chosen and rejected have no order. */
  public Preferences ties() {
    return ties == null ? select(new int[0]) : ties;
  }

  /** The ids of the users who have at least one row here, in catalog order. */
  public List<String> answering() {
    int[] counts = answers();
    var some = IntStream.range(0, counts.length).filter(u -> counts[u] > 0);
    return new ArrayList<>(some.mapToObj(users::id).toList());
  }

  /** Rows of each user, by position in {@link #users}. */
  public int[] answers() {
    return rows.perUser(users.size());
  }

  /** The rows for which the test holds, in order; without ties. */
  public Preferences where(IntPredicate row) {
    return select(Answers.rows(size(), row));
  }

  /** The answers of these users, ties included. */
  public Preferences ofUsers(Collection<String> ids) {
    boolean[] wanted = new boolean[users.size()];
    for (var id : ids) wanted[users.known(id, "user")] = true;
    var part = where(row -> wanted[user(row)]);
    return ties == null ? part : part.withTies(ties.where(row -> wanted[ties.user(row)]));
  }

  /** The answers of one user, ties included. */
  public Preferences ofUser(String id) {
    return ofUsers(List.of(id));
  }

  /** The first n rows of each user, in order. */
  public Preferences first(int n) {
    Checks.atLeast(0, "n", n);
    int[] seen = new int[users.size()];
    return where(row -> seen[user(row)]++ < n);
  }

  /** The rows at these positions, in this order; without ties. */
  public Preferences select(int[] positions) {
    return new Preferences(users, prompts, items, rows.select(positions), null, List.of());
  }

  /** The same answers about items that also have texts or vectors; the ids must be the same. */
  public Preferences withItems(Catalog described) {
    Checks.require(described.ids().equals(items.ids()), "items", "the same ids", "others");
    return describe(prompts, described);
  }

  /** The same answers to prompts that also have texts or vectors; the ids must be the same. */
  public Preferences withPrompts(Catalog described) {
    Checks.require(described.ids().equals(prompts.ids()), "prompts", "the same ids", "others");
    return describe(described, items);
  }

  private Preferences describe(Catalog newPrompts, Catalog newItems) {
    var tied = ties == null ? null : ties.describe(newPrompts, newItems);
    return new Preferences(users, newPrompts, newItems, rows, tied, notes);
  }

  Preferences withTies(Preferences others) {
    return new Preferences(users, prompts, items, rows, others, notes);
  }

  Preferences withNotes(List<String> remarks) {
    return new Preferences(users, prompts, items, rows, ties, List.copyOf(remarks));
  }

  /** What the reader left out or set apart, a line each; parts of a whole have none. */
  public List<String> notes() {
    return notes;
  }

  /** Keeps about a fraction of each user's pairs for training; twins and repeats together. */
  public Split<Preferences> splitByAnswer(double fraction, long seed) {
    return Splits.byAnswer(this, fraction, seed);
  }

  /**
   * Keeps about {@code fraction} of each user's conversations for training, their turns together.
   * Prompts {@code c/0} and {@code c/1} are turns of one, as {@link #prism} names them; any other
   * prompt is one by itself.
   */
  public Split<Preferences> splitByConversation(double fraction, long seed) {
    return Splits.byConversation(this, fraction, seed);
  }

  /** Keeps a fraction of the users (seen) apart from the others (unseen). */
  public Split<Preferences> splitByUser(double fraction, long seed) {
    return Splits.byUser(this, fraction, seed);
  }

  /** Keeps a fraction of the items apart from the others; pairs across the two are left out. */
  public Split<Preferences> splitByItem(double fraction, long seed) {
    return Splits.byItem(this, fraction, seed);
  }

  /** Counts of what is here. */
  public Summary summary() {
    return Summary.of(this);
  }

  /** A Tablesaw table: user, chosen, rejected; prompt, weight, first, seconds where there are. */
  public Table table() {
    return PairsWriter.table(this);
  }

  /**
   * Writes rows and ties as JSONL, gz where the name ends so: whole or not at all. {@link #jsonl}
   * reads them back, {@code .weight("weight")}, {@code .first("first")} and so on where they have
   * it.
   */
  public void write(Path path) {
    PairsWriter.write(this, path);
  }

  /** SHA-256 in hex over ids, texts, vectors, rows and ties: the same data, the same print. */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String text() {
    return summary().text() + (notes.isEmpty() ? "" : "\n" + String.join("\n", notes));
  }

  @Override
  public String html() {
    return summary().html() + (notes.isEmpty() ? "" : Html.pre(String.join("\n", notes)));
  }

  @Override
  public String toString() {
    return "Preferences[" + summary().line() + "]";
  }
}
