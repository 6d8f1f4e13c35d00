/**
 * A notebook's file, and the page that an executed notebook becomes: Markdown, formulas, colours of
 * code. No API: it may change.
 */
package palette.notebook.page;
