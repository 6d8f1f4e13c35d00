/**
 * Preference data: what people answered, read from the public formats, split without leaks. Votes,
 * ratings and rankings are read as {@link palette.data.Judgements}, split as such, and only then
 * turned into pairs; comparisons are read as {@link palette.data.Preferences}. Readers stream, take
 * gz as it is, name the fields they are told to, and stop at the first bad line with its place and
 * what to do next, or collect bad lines on {@code skipInvalid()}. {@link
 * palette.data.Preferences#read} and {@link palette.data.Judgements#read} see by themselves what a
 * file is; {@link palette.data.Datasets} brings public data.
 *
 * <pre>{@code
 * var votes = Judgements.polis(Path.of("data/conversation")).read();
 * var parts = votes.splitByAnswer(0.8, 7);
 * var train = parts.train().pairs(200, 7);
 *
 * var answers = Preferences.jsonl(Path.of("data/summaries.jsonl"))
 *     .user("worker").prompt("post").chosen("winner").rejected("loser").read();
 * answers.summary();                  // counts; palette.data.check says what is wrong with them
 * }</pre>
 */
package palette.data;
