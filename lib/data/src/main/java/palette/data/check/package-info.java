/**
 * What is wrong with data before any model sees them: answers that stand on both sides of a split,
 * labels that something gives away, items that no comparison connects, people who cannot be placed.
 * {@link palette.data.check.DataChecks} looks for all of it and names the rows; {@link
 * palette.data.check.Leakage} parts a test set into what training has seen and what it has not;
 * {@link palette.data.check.AnswerQuality} says whose answers are preferences at all.
 *
 * <pre>{@code
 * var split = answers.splitByAnswer(0.8, 7);
 * DataChecks.of(split);                        // findings, each with its rows and what to do
 * AnswerQuality.of(answers).genuine();         // without coins and what follows places
 * Leakage.of(split).byItem().clean();          // test rows of which training knows no item
 * }</pre>
 */
package palette.data.check;
