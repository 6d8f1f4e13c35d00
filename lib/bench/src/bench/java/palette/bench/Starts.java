package palette.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import palette.engine.Tensor;
import palette.fit.ModelSpec;
import palette.fit.Objective;
import palette.fit.Task;
import palette.support.Seeds;

/** What a fit does before its first step, for those who take the steps themselves. */
final class Starts {
  private Starts() {}

  /** All that is learned, at numbers drawn as a fit draws them. */
  static Map<String, Tensor> of(ModelSpec spec, Task task, long seed) {
    var random = Seeds.stream(seed, "start");
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(task.sizes())) start.put(one.parameter().name(), one.tensor(random));
    return start;
  }

  /** The way that a fit takes, from a start. */
  static Objective open(Task task, Map<String, Tensor> start, long seed) {
    return task.basis().plan(task).opening().open(start, seed);
  }
}
