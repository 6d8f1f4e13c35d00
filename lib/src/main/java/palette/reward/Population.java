package palette.reward;

/** One score for everybody (to be filled in). */
public final class Population {
  private Population() {}
}
