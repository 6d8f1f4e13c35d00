/**
 * Figures, one call each. A figure shows itself as the last expression of a cell, goes to PNG and
 * SVG files, and hands out the XChart object that it was drawn with.
 *
 * <pre>{@code
 * Plots.map(model, world)                                // in a notebook: shown
 * Plots.accuracy(sweep, 0.95).svg(Path.of("k.svg"));     // in a paper
 * }</pre>
 */
package palette.plot;
