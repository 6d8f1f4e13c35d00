package palette.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * Damaged samples, one after another, each from a seed of its own, so that any case can be run
 * alone. What a case may do: be read, or be refused by an {@link InputException} or an {@link
 * UncheckedIOException} whose message is shorter than 2 KB, within five seconds.
 */
final class MutationRun {
  private static final int MOST_BYTES = 2048;
  private static final long MOST_SECONDS = 5;

  /** What went wrong in a case, with what makes it again. */
  record Fault(String sample, long seed, long number, String what) {
    @Override
    public String toString() {
      return Texts.format("%s, seed %d, case %d: %s", sample, seed, number, what);
    }
  }

  /** How the cases ended. */
  record Report(long cases, long read, long refused, double slowest, List<Fault> faults) {
    @Override
    public String toString() {
      return Texts.format(
          "%,d cases: %,d read, %,d refused, %,d faults; the slowest took %.2f s",
          cases, read, refused, faults.size(), slowest);
    }
  }

  private final List<Sample> samples;
  private final Path folder;
  private final long seed;
  private final List<Fault> faults = new ArrayList<>();
  private long read;
  private long refused;
  private double slowest;

  MutationRun(List<Sample> samples, Path folder, long seed) {
    this.samples = samples;
    this.folder = folder;
    this.seed = seed;
  }

  /** Runs the cases of these numbers. */
  Report run(long from, long to) {
    for (long next = from; next < to; ) next = new Cases(next, to).watched();
    return new Report(to - from, read, refused, slowest, List.copyOf(faults));
  }

  /** A thread that runs cases until one of them does not end; it is then left behind. */
  private final class Cases extends Thread {
    private final long to;
    private volatile long number;
    private volatile long began = System.nanoTime();
    private volatile boolean left;

    private Cases(long from, long to) {
      super("mutation");
      setDaemon(true);
      number = from;
      this.to = to;
    }

    @Override
    public void run() {
      for (; number < to && !left; number = number + 1) {
        began = System.nanoTime();
        one(this, number);
      }
    }

    /** The first case that was not run. */
    private long watched() {
      start();
      while (isAlive()) {
        pause(this);
        if (!isAlive() || System.nanoTime() - began < MOST_SECONDS * 1_000_000_000) continue;
        long stuck = number; // once interrupted, the thread may count on
        left = true;
        interrupt();
        add(stuck, sample(stuck).name(), "no end after " + MOST_SECONDS + " s");
        return stuck + 1;
      }
      return to;
    }
  }

  private static void pause(Thread of) {
    try {
      of.join(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The mutation run was interrupted.");
    }
  }

  private synchronized void add(long number, String sample, String what) {
    faults.add(new Fault(sample, seed, number, what));
  }

  private SplittableRandom random(long number) {
    return Seeds.stream(seed, "case " + number);
  }

  private Sample sample(long number) {
    return samples.get(random(number).nextInt(samples.size()));
  }

  private void one(Cases cases, long number) {
    var random = random(number);
    var sample = samples.get(random.nextInt(samples.size()));
    boolean skip = random.nextBoolean();
    var dir = folder.resolve(sample.name());
    Sample.write(dir, damaged(sample, random));
    long began = System.nanoTime();
    String fault = fault(cases, () -> sample.reader().apply(dir, skip));
    if (cases.left) return; // it was counted when it did not end
    slowest = Math.max(slowest, (System.nanoTime() - began) / 1e9);
    if (fault != null) add(number, sample.name(), fault);
  }

  /** One file of the sample is damaged; a packed one before or after packing. */
  private Map<String, byte[]> damaged(Sample sample, SplittableRandom random) {
    var files = new LinkedHashMap<>(sample.files());
    var names = new ArrayList<>(files.keySet());
    String name = names.get(random.nextInt(names.size()));
    var mixed = samples.get(random.nextInt(samples.size())).files().values().iterator().next();
    boolean inside = name.endsWith(".gz") && random.nextInt(3) > 0;
    byte[] content = inside ? unpacked(files.get(name)) : files.get(name);
    byte[] other = new Mutation(random).of(content, mixed);
    files.put(name, inside ? Mutation.packed(other) : other);
    return files;
  }

  private static byte[] unpacked(byte[] packed) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fault(Cases cases, Supplier<Object> work) {
    try {
      work.get();
      if (!cases.left) read++;
      return null;
    } catch (Throwable e) { // an Error is a fault, too
      return fault(cases, e);
    }
  }

  private String fault(Cases cases, Throwable e) {
    boolean documented = e instanceof InputException || e instanceof UncheckedIOException;
    String message = String.valueOf(e.getMessage());
    int size = message.getBytes(StandardCharsets.UTF_8).length;
    if (documented && size <= MOST_BYTES) {
      if (!cases.left) refused++;
      return null;
    }
    if (documented) return "a message of " + size + " bytes: " + Texts.shortened(message, 200);
    var where = Arrays.stream(e.getStackTrace()).limit(6).map(String::valueOf).toList();
    return e.getClass().getName() + ": " + Texts.shortened(message, 200) + " " + where;
  }
}
