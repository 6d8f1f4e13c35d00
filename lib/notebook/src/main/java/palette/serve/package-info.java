/**
 * A saved model as a service, on the server of the JDK: what it answers ({@code Service}), how it
 * is asked ({@code Doors}), and the persons that it has placed ({@code People}). A class that
 * answers together is another desk behind the same doors ({@code Room}, {@code Members}); what
 * either keeps is a {@code Journal}.
 */
package palette.serve;
