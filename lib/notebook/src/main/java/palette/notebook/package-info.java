/**
 * Notebooks without Python: a cell runner on JShell, the {@code palette} command that executes
 * whole notebooks with it, and the page that an executed notebook becomes. With Jupyter: a kernel
 * on the same cell runner.
 *
 * <pre>{@code
 * ./palette run tutorials/01-ideal-points.ipynb -p seed=7 --out executed.ipynb --html page.html
 * }</pre>
 */
package palette.notebook;
