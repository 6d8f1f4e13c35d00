/**
 * People by the million: a basis learned from some of them places all the others, in memory that
 * does not grow with them. What is here runs on one machine, from a Parquet file to another; {@code
 * palette-spark} does the same on many by the same {@link palette.crowd.Crowd}.
 *
 * <pre>{@code
 * Crowd.of(model).place(Path.of("answers.parquet"), Path.of("persons.parquet"), Path.of("refused.parquet"));
 * }</pre>
 */
package palette.crowd;
