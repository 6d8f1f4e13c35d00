/**
 * The Jupyter that is installed: how it starts our kernel or another with Palette in it, and where
 * its notebooks open. No API: it may change.
 */
package palette.notebook.jupyter;
