/**
 * Worlds with a known truth: who the users are, what they want, and how noisily they answer. What a
 * model recovers can be held against it.
 *
 * <pre>{@code
 * var world = World.spec().users(200).dimension(2).prototypes(3).noise(0.3).seed(7).create();
 * var answers = world.askEveryone(40);
 * var newcomer = world.newcomer(99);
 * }</pre>
 */
package palette.simulate;
