package palette.fit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import palette.support.InputException;

/**
 * Finds numbers in a family's expression, such as the 2 of {@code x.mul(2)}, that do not live until
 * the way back: before its first fit, in each way that its expression may take, gradients at once
 * and after a collection whose memory was written over have to be the same. Of a family that does
 * not even repeat itself nothing can be said.
 */
final class FleetingNumbers {
  private static final Map<Class<?>, Set<String>> TRIED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private FleetingNumbers() {}

  /** {@code gradients} are those of some entries, with a pause between there and back. */
  static void check(Task task, Function<Runnable, Map<String, double[]>> gradients) {
    var basis = task.basis();
    var tried = TRIED.computeIfAbsent(basis.getClass(), c -> ConcurrentHashMap.newKeySet());
    String ways = ways(task);
    if (tried.contains(ways)) return;
    var before = gradients.apply(() -> {});
    var after = gradients.apply(FleetingNumbers::collect);
    var other = other(before, after);
    boolean repeats = other.isEmpty() || other(before, gradients.apply(() -> {})).isEmpty();
    if (other.isPresent() && repeats) throw fleeting(basis, other.get());
    if (!Thread.currentThread().isInterrupted()) tried.add(ways);
  }

  /** What an expression may branch by: whether there are prompts and vectors, and its switches. */
  private static String ways(Task task) {
    var ways = new StringBuilder(task.perSide() + " " + (task.data().entries.dimension() > 0));
    if (task.encoder() != null) ways.append(' ').append(task.settings().get(ModelSpec.TUNING));
    for (var option : task.basis().options()) {
      var value = task.settings().get(option);
      if (!(value instanceof Number)) ways.append(' ').append(value);
    }
    return ways.toString();
  }

  /** A parameter whose gradients are not the same. */
  private static Optional<String> other(Map<String, double[]> one, Map<String, double[]> two) {
    return one.keySet().stream()
        .filter(name -> !Arrays.equals(one.get(name), two.get(name)))
        .findFirst();
  }

  // A collected buffer is freed by a thread of Java's, some time after the collection.
  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
      scribble();
    }
  }

  private static void scribble() {
    List<ByteBuffer> junk = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      junk.add(ByteBuffer.allocateDirect(i % 2 == 0 ? 4 : 8).putInt(0, 0x7f7f7f7f));
    }
  }

  private static InputException fleeting(Basis basis, String parameter) {
    return new InputException(
        "rewards of " + basis.name() + ", gradient of '" + parameter + "'",
        "the same after garbage was collected",
        "another one: a number such as the 2 of x.mul(2) is freed before the way back",
        "Write x.mul(p.number(2)), likewise for div, pow, maximum and minimum.");
  }
}
