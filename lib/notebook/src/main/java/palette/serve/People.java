package palette.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Persons as K numbers each, in a {@link Journal} of one line a placing. Answers are not kept, and
 * who is forgotten is in the file no more.
 */
final class People implements AutoCloseable {
  private final Map<String, double[]> weights = new ConcurrentHashMap<>();
  private final Journal<Line> journal;

  private record Head(String model, int columns) {}

  private record Line(String user, double[] weights) {}

  /** The persons in a folder, weights of so many columns in the model of a hash. */
  People(Path folder, String model, int columns) {
    journal =
        new Journal<>(
            folder.resolve("people.log"),
            new Head(model, columns),
            "--people",
            Line.class,
            line -> weights.put(line.user, line.weights),
            this::lines);
  }

  private List<Line> lines() {
    return weights.entrySet().stream().map(e -> new Line(e.getKey(), e.getValue())).toList();
  }

  /** How many there are. */
  int size() {
    return weights.size();
  }

  /** Somebody's weights; null for a stranger. */
  double[] weights(String user) {
    return weights.get(user);
  }

  /** Keeps somebody; on the disk when it returns. */
  synchronized void keep(String user, double[] placed) throws IOException {
    journal.add(new Line(user, placed));
    weights.put(user, placed);
  }

  /** Forgets somebody, in the file too; false for a stranger. */
  synchronized boolean forget(String user) throws IOException {
    double[] gone = weights.remove(user);
    if (gone == null) return false;
    try {
      journal.rewrite();
    } catch (IOException | RuntimeException e) {
      weights.put(user, gone); // the file still has them, and whoever asks again is no stranger
      throw e;
    }
    return true;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
