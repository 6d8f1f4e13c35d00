package palette.simulate;

import palette.data.Preferences;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * Somebody of a {@link World} who took no part in {@link World#askEveryone}. Each call of {@link
 * #ask} asks new questions, so that what one call returns may teach and what the next returns may
 * test; {@link World#newcomer} with the same number begins from the start.
 */
public final class Newcomer implements Rendered {
  private final World world;
  private final String id;
  private final Interview interview;
  private int asked;

  Newcomer(World world, String id) {
    this.world = world;
    this.id = id;
    this.interview = new Interview(world, id);
  }

  /** The id in the answers, "newcomer-99". */
  public String id() {
    return id;
  }

  /** Asks n questions that were not asked before. */
  public synchronized Preferences ask(int n) {
    var notes = new Interview.Notes(world);
    interview.ask(n, notes);
    asked += n;
    return notes.all();
  }

  /** How many questions have been asked. */
  public synchronized int asked() {
    return asked;
  }

  /** The true weights, K* numbers on the simplex. */
  public double[] weights() {
    return world.weights(id);
  }

  /** The true ideal point in latent space. */
  public double[] idealPoint() {
    return world.idealPoint(id);
  }

  @Override
  public String toString() {
    var line = new StringBuilder(id + ": true weights");
    for (double w : weights()) line.append(Texts.format(" %.3f", w));
    return line + ", " + Texts.count(asked(), "question") + " asked";
  }
}
