package palette.reward;

import java.nio.file.Path;
import palette.support.Checks;

/**
 * Where a fit keeps how far it is, and how often. It changes no number, so it is no option: specs
 * are neither compared by it nor printed or saved with it.
 *
 * @param file the checkpoint
 * @param steps after how many steps it is written anew; 0: after a minute
 */
public record CheckpointPlan(Path file, int steps) {

  public CheckpointPlan {
    Checks.present("checkpoint", file);
    Checks.atLeast(0, "steps of a checkpoint", steps);
  }

  /** That of one of several fits, in a file beside this one. */
  public CheckpointPlan part(String name) {
    return new CheckpointPlan(file.resolveSibling(file.getFileName() + "-" + name), steps);
  }
}
