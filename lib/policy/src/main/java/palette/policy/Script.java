package palette.policy;

/**
 * Tokens from the start on, of which those from a place on are told: asked for their probability.
 *
 * @param from the place of the first token that is told, at least 1
 * @param speaker whose voice it is; 0 is nobody's in particular
 */
record Script(int[] tokens, int from, int speaker) {

  /** The same in another voice. */
  Script by(int other) {
    return new Script(tokens, from, other);
  }

  /** How many tokens are told. */
  int told() {
    return tokens.length - from;
  }
}
