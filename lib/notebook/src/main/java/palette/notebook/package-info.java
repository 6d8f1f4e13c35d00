/**
 * Notebooks without Python: the {@code palette} command, which executes whole notebooks, and the
 * rooms that it stands on. Cells run in {@code cells}, files and pages are in {@code page}, Jupyter
 * meets {@code kernel}, {@code guest} and {@code jupyter}. No API: it may change.
 *
 * <pre>{@code
 * ./palette run tutorials/01-ideal-points.ipynb -p seed=7 --out executed.ipynb --html page.html
 * }</pre>
 */
package palette.notebook;
