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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private ExecutorService worker = worker();
  private long read;
  private long refused;
  private double slowest;

  MutationRun(List<Sample> samples, Path folder, long seed) {
    this.samples = samples;
    this.folder = folder;
    this.seed = seed;
  }

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(
        work -> {
          var thread = new Thread(work, "mutation");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Runs the cases of these numbers. */
  Report run(long from, long to) {
    for (long number = from; number < to; number++) one(number);
    worker.shutdownNow();
    return new Report(to - from, read, refused, slowest, List.copyOf(faults));
  }

  private void one(long number) {
    var random = Seeds.stream(seed, "case " + number);
    var sample = samples.get(random.nextInt(samples.size()));
    boolean skip = random.nextBoolean();
    var dir = folder.resolve(sample.name());
    Sample.write(dir, damaged(sample, random));
    long began = System.nanoTime();
    String fault = fault(() -> sample.reader().apply(dir, skip));
    slowest = Math.max(slowest, (System.nanoTime() - began) / 1e9);
    if (fault != null) faults.add(new Fault(sample.name(), seed, number, fault));
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

  private String fault(Callable<Object> work) {
    var done = worker.submit(work);
    try {
      done.get(MOST_SECONDS, TimeUnit.SECONDS);
      read++;
      return null;
    } catch (ExecutionException e) {
      return fault(e.getCause());
    } catch (TimeoutException e) {
      worker.shutdownNow();
      worker = worker();
      return "no end after " + MOST_SECONDS + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String fault(Throwable e) {
    boolean documented = e instanceof InputException || e instanceof UncheckedIOException;
    String message = String.valueOf(e.getMessage());
    int size = message.getBytes(StandardCharsets.UTF_8).length;
    if (documented && size <= MOST_BYTES) {
      refused++;
      return null;
    }
    if (documented) return "a message of " + size + " bytes: " + Texts.shortened(message, 200);
    var where = Arrays.stream(e.getStackTrace()).limit(6).map(String::valueOf).toList();
    return e.getClass().getName() + ": " + Texts.shortened(message, 200) + " " + where;
  }
}
