/**
 * Preference data: what people answered, read from the public formats, split without leaks.
 *
 * <pre>{@code
 * var answers = Preferences.of(List.of(Comparison.of("ann", "tea", "coffee")));
 * var split = answers.splitByAnswer(0.8, 7);
 * }</pre>
 */
package palette.data;
