/**
 * No API: what the readers of {@link palette.data} are made of, public only because they live in
 * another package. Files and rows, which know nothing of preferences: text in any charset, plain or
 * gz, as lines; records of CSV, JSONL, Parquet and tables as {@link palette.data.io.Row}; which
 * field plays which role; NumPy's arrays. A bad record throws with its place, and the next call
 * goes on behind it.
 *
 * <pre>{@code
 * var notes = Input.of(Path.of("answers.csv")).each(row -> use(row.text("user"), row.where()));
 * }</pre>
 */
package palette.data.io;
