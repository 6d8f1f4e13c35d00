/**
 * What every other package stands on: argument checks with good messages, named random streams, the
 * progress of long work, things that render themselves, and provenance.
 */
package palette.support;
