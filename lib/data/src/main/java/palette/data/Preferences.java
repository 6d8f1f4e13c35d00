package palette.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import palette.data.PreferencesBuilder.Answers;
import palette.data.io.Input;
import palette.support.Checks;
import palette.support.Html;
import tech.tablesaw.api.Table;

/**
 * Comparisons as people answered them: immutable, columnar inside (four ints an answer). Rows count
 * from 0 as read. Parts of a split share the catalogs of the whole, so that a position means the
 * same user, prompt or item everywhere. A row may weigh less than 1: fifteen pairs implied by six
 * votes are six votes' worth of evidence ({@link Judgements#pairs}). Ties stand apart; only losses
 * that know ties are trained on them.
 */
public final class Preferences extends Answered<Preferences> {
  private final Catalog prompts;
  private final Answers rows;
  private final Preferences ties; // null: none

  Preferences(
      Catalog users,
      Catalog prompts,
      Catalog items,
      Answers rows,
      Preferences ties,
      List<String> notes) {
    super(users, items, rows.user(), notes);
    this.prompts = prompts;
    this.rows = rows;
    this.ties = ties;
  }

  /** Comparisons made in code; the ids are the texts. */
  public static Preferences of(List<Comparison> comparisons) {
    var all = builder();
    comparisons.forEach(all::add);
    return all.build();
  }

  /** Answers as positions: columns of user, prompt (-1: none), chosen and rejected. */
  public static Preferences of(Catalog users, Catalog prompts, Catalog items, int[][] columns) {
    int[] prompt = prompts.size() == 0 ? null : columns[1];
    var rows = new Answers(columns[0], prompt, columns[2], columns[3], null, Presentation.UNKNOWN);
    return new Preferences(users, prompts, items, rows, null, List.of());
  }

  /**
   * Looks at a file or folder, takes it for what it shows itself to be, and reads it; the first
   * note says what for, and which call does the same. What could be taken in several ways is an
   * error that lists their calls.
   */
  public static Preferences read(Path path) {
    return Guess.preferences(path);
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

  /**
   * Reads Anthropic's HH-RLHF: JSONL with two whole dialogues, {@code chosen} and {@code rejected}.
   * The prompt is what both share, up to and with the last {@code "\n\nAssistant:"} of it; the
   * items are what follows. There are no users, so everybody is {@code "everyone"}. Pairs of equal
   * answers and pairs with an empty one are counted in the notes and left out.
   */
  public static FormReader<Preferences> hhRlhf(Path path) {
    return new FormReader<>(Input.of(path, Input.JSONL), PublicPairs::dialogues);
  }

  /**
   * Reads OpenAI's summarize-from-feedback comparisons: JSONL with {@code info} (id and post, or
   * article), {@code summaries} (two, each with a text), {@code choice} (0 or 1) and {@code
   * worker}. The prompt is the post, with info's id; a summary's text is its id. Pairs of equal
   * summaries and pairs with an empty one are counted in the notes and left out.
   */
  public static FormReader<Preferences> summarizeFromFeedback(Path path) {
    return new FormReader<>(Input.of(path, Input.JSONL), PublicPairs::summaries);
  }

  /** Reads Pick-a-Pic's comparisons of images, from Parquet or CSV. */
  public static PickAPicReader pickAPic(Path path) {
    return new PickAPicReader(Input.of(path));
  }

  /**
   * Reads who preferred which of two answers in a collective dialogue of Remesh, a file or its
   * folder: {@code ..._preference.csv} and, beside it, {@code ..._verbatim_map.csv} with the texts.
   * The prompt is the question, the items are what other participants answered, a user's text is
   * all that they wrote themselves. Who agrees with both, disagrees with both or finds them similar
   * sees no difference: ties. "I'm not sure" says nothing and is counted in the notes.
   *
   * <p>Source: the akonya/polarized-issues-data repository.
   */
  public static FormReader<Preferences> remesh(Path path) {
    return new FormReader<>(Input.of(path), RemeshReader::preferences);
  }

  /**
   * Reads PRISM: {@code conversations.jsonl} or, as well, {@code utterances.jsonl}; of a folder the
   * first that is there. Two answers of one turn are a pair: the one with the higher score is
   * chosen. Equal scores are ties, since PRISM drew by lot which of them was chosen. A prompt is
   * all that was said before and the question; its id is the conversation's with the turn, {@code
   * "c12/0"}. Later turns contain earlier answers, so split by conversation ({@link
   * #splitByConversation}). With n answers that make m pairs, each weighs min(1, n/m).
   *
   * <p>Source: Kirk et al. 2024, the codebook of prism-alignment.
   */
  public static FormReader<Preferences> prism(Path path) {
    return new FormReader<>(Input.of(path, Input.JSONL), Prism::read);
  }

  /** Collects comparisons one by one. */
  public static PreferencesBuilder builder() {
    return new PreferencesBuilder();
  }

  /** All prompts; empty where there are none. */
  public Catalog prompts() {
    return prompts;
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
    var who = users().id(user(row));
    return new Comparison(who, asked, items().id(chosen(row)), items().id(rejected(row)));
  }

  /** All rows as ids, in order. */
  public List<Comparison> comparisons() {
    return new ArrayList<>(IntStream.range(0, size()).mapToObj(this::comparison).toList());
  }

  /** Pairs between which somebody saw no difference: chosen and rejected have no order. */
  public Preferences ties() {
    return ties == null ? select(new int[0]) : ties;
  }

  @Override
  Preferences ofUsers(boolean[] wanted) {
    var part = super.ofUsers(wanted);
    return ties == null ? part : part.withTies(ties.where(row -> wanted[ties.user(row)]));
  }

  @Override
  int[] questions() {
    return SameQuestions.of(this);
  }

  @Override
  boolean isAbout(int row, IntPredicate item) {
    return item.test(chosen(row)) && item.test(rejected(row));
  }

  @Override
  public Preferences about(IntPredicate item) {
    var part = super.about(item);
    return ties == null ? part : part.withTies(ties.about(item));
  }

  @Override
  Preferences part(IntPredicate row) {
    var part = where(row);
    return ties == null ? part : part.withTies(ties.where(tie -> row.test(size() + tie)));
  }

  @Override
  public Split<Preferences> splitByAnswer(double fraction, long seed) {
    var told = withTiedRows();
    return Split.byQuestion(this, told, told.questions(), "answer", fraction, seed);
  }

  @Override
  public Preferences select(int[] positions) {
    return new Preferences(users(), prompts, items(), rows.select(positions), null, List.of());
  }

  @Override
  public Preferences withItems(Catalog described) {
    Checks.require(described.ids().equals(items().ids()), "items", "the same ids", "others");
    return describe(users(), prompts, described);
  }

  /** The same answers to prompts that also have texts or vectors; the ids must be the same. */
  public Preferences withPrompts(Catalog described) {
    Checks.require(described.ids().equals(prompts.ids()), "prompts", "the same ids", "others");
    return describe(users(), described, items());
  }

  /** The same answers of users who also have texts or vectors; the ids must be the same. */
  public Preferences withUsers(Catalog described) {
    Checks.require(described.ids().equals(users().ids()), "users", "the same ids", "others");
    return describe(described, prompts, items());
  }

  private Preferences describe(Catalog newUsers, Catalog newPrompts, Catalog newItems) {
    var tied = ties == null ? null : ties.describe(newUsers, newPrompts, newItems);
    return new Preferences(newUsers, newPrompts, newItems, rows, tied, notes());
  }

  /** Ties as rows like any other, behind the others; {@link Presentation#outcome} marks them. */
  public Preferences withTiedRows() {
    if (ties == null) return this;
    return new Preferences(users(), prompts, items(), rows.withTied(ties.rows), null, notes());
  }

  /** The same back again: rows that are ties stand apart. */
  public Preferences withTiesApart() {
    IntPredicate tied = row -> Presentation.isTie(rows.shown().outcome(row));
    var apart = where(tied);
    return apart.size() == 0 ? this : where(tied.negate()).withTies(apart);
  }

  Preferences withTies(Preferences others) {
    return new Preferences(users(), prompts, items(), rows, others, notes());
  }

  @Override
  Preferences withNotes(List<String> remarks) {
    return new Preferences(users(), prompts, items(), rows, ties, remarks);
  }

  /**
   * Keeps about {@code fraction} of each user's conversations for training, their turns together.
   * Prompts {@code c/0} and {@code c/1} are turns of one, as {@link #prism} names them; any other
   * prompt is one by itself.
   */
  public Split<Preferences> splitByConversation(double fraction, long seed) {
    var told = withTiedRows();
    int[] talks = SameQuestions.conversations(told);
    return Split.byQuestion(this, told, talks, "conversation", fraction, seed);
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
   * it. A user's text stands in the first row of theirs; who has no row, and vectors, are left out.
   */
  public void write(Path path) {
    PairsWriter.write(this, path);
  }

  /** SHA-256 in hex over ids, texts, vectors, rows and ties: the same data, the same print. */
  public String fingerprint() {
    return PairsWriter.hash(this);
  }

  @Override
  public String text() {
    return summary().text() + (notes().isEmpty() ? "" : "\n" + String.join("\n", notes()));
  }

  @Override
  public String html() {
    return summary().html() + (notes().isEmpty() ? "" : Html.pre(String.join("\n", notes())));
  }

  @Override
  public String toString() {
    return "Preferences[" + summary().line() + "]";
  }
}
