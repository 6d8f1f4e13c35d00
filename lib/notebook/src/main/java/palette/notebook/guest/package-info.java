/** Palette inside other Java kernels: IJava, JJava and rapaio's. No API: it may change. */
package palette.notebook.guest;
