/**
 * DJL plumbing, all of it: devices, arrays that stay where they are, gradients, Adam. Nothing here
 * knows what a prototype is.
 */
package palette.engine;
