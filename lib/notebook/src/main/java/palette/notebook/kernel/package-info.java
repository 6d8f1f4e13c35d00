/**
 * Cells as Jupyter's messages: sockets, requests and replies, what cells show, print and ask. No
 * API: it may change.
 */
package palette.notebook.kernel;
