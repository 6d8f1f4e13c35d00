/**
 * Runs Java cells on JShell, one after the other: what they show, why they fail and in which line,
 * what they undo, what an interrupt ends. No API: it may change.
 */
package palette.notebook.cells;
