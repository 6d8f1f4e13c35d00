package palette.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

  private People(Path folder, Head head) {
    journal =
        new Journal<>(
            folder.resolve("people.log"),
            head,
            "--people",
            Line.class,
            line -> weights.put(line.user, line.weights));
  }

  /**
   * The persons in a folder, weights of so many columns in the model of a hash.
   *
   * @throws palette.support.InputException if another process has it, or they are of another model
   */
  static People in(Path folder, String model, int columns) {
    var people = new People(folder, new Head(model, columns));
    try {
      people.writeAll();
      return people;
    } catch (IOException e) {
      people.close();
      throw new UncheckedIOException("Could not open " + folder + ": " + e, e);
    }
  }

  private void writeAll() throws IOException {
    journal.rewrite(
        weights.entrySet().stream().map(e -> new Line(e.getKey(), e.getValue())).toList());
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
    if (weights.remove(user) == null) return false;
    writeAll();
    return true;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
