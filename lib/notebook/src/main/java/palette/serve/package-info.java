/**
 * A saved model as a service, on the server of the JDK: what it answers ({@code Service}), how it
 * is asked ({@code Doors}), and the persons that it has placed ({@code People}).
 */
package palette.serve;
