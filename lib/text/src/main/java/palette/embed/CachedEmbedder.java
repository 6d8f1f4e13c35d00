package palette.embed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import palette.data.Embedder;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/** Asks the disk first, then the encoder, and remembers what it said. One call at a time. */
final class CachedEmbedder implements Embedder {
  // A chunk is what an interrupt may lose and a progress report may wait for: a third of a second.
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int CHUNK_TEXTS = 64 * CORES;
  private static final int CHUNK_CHARACTERS = 8_000 * CORES;
  // What a power cut may lose. Shorter would leave many small files.
  private static final long BETWEEN_FLUSHES = Duration.ofSeconds(15).toNanos();

  private final Embedder encoder;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private EmbeddingStore store;

  CachedEmbedder(Embedder encoder, Path folder) {
    this.encoder = encoder;
    this.folder = folder;
  }

  @Override
  public float[][] embed(List<String> texts) {
    var keys = VectorChecks.checkTexts(texts).stream().map(TextKey::of).toList();
    var distinct = new LinkedHashMap<TextKey, String>();
    for (int i = 0; i < keys.size(); i++) distinct.putIfAbsent(keys.get(i), texts.get(i));
    if (distinct.isEmpty()) return new float[0][];
    var vectors = findOrEncode(distinct);
    return keys.stream().map(key -> vectors.get(key).clone()).toArray(float[][]::new);
  }

  private Map<TextKey, float[]> findOrEncode(Map<TextKey, String> wanted) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(0, wanted.size());
    }
    try {
      if (store == null) {
        store = new EmbeddingStore(folder, encoder.fingerprint(), encoder.dimension());
      }
      var vectors = store.find(wanted.keySet());
      encode(missing(wanted, vectors), vectors);
      return vectors;
    } finally {
      lock.unlock();
    }
  }

  // Sorted by length, so that a chunk holds texts that can share batches.
  private static List<Map.Entry<TextKey, String>> missing(
      Map<TextKey, String> wanted, Map<TextKey, float[]> found) {
    return wanted.entrySet().stream()
        .filter(entry -> !found.containsKey(entry.getKey()))
        .sorted(Comparator.comparingInt(entry -> entry.getValue().length()))
        .toList();
  }

  private void encode(List<Map.Entry<TextKey, String>> missing, Map<TextKey, float[]> vectors) {
    if (missing.isEmpty()) return;
    int known = vectors.size();
    int end = chunkEnd(missing, 0);
    var bar = new Bar(missing.size(), end < missing.size());
    long flushed = System.nanoTime();
    int done = 0;
    try {
      for (; done < missing.size(); done = end) {
        end = chunkEnd(missing, done);
        if (Thread.currentThread().isInterrupted()) throw stopped(done, missing.size());
        encodeChunk(missing.subList(done, end), vectors);
        bar.at(end);
        if (System.nanoTime() - flushed > BETWEEN_FLUSHES) {
          store.flush();
          flushed = System.nanoTime();
        }
      }
    } catch (CancellationException e) {
      throw stopped(done, missing.size());
    } finally {
      store.flush();
    }
    bar.finish(known);
  }

  private static int chunkEnd(List<Map.Entry<TextKey, String>> missing, int from) {
    int end = from;
    int characters = 0;
    while (end < missing.size() && end - from < CHUNK_TEXTS && characters < CHUNK_CHARACTERS) {
      characters += missing.get(end++).getValue().length();
    }
    return end;
  }

  private void encodeChunk(List<Map.Entry<TextKey, String>> chunk, Map<TextKey, float[]> vectors) {
    var texts = chunk.stream().map(Map.Entry::getValue).toList();
    var rows = encoder.embed(texts);
    if (rows == null || rows.length != texts.size()) {
      throw new InputException(
          "embedder " + encoder.fingerprint(),
          texts.size() + " vectors, one a text",
          rows == null ? "null" : rows.length + " vectors",
          "Mend the embedder.");
    }
    for (int i = 0; i < rows.length; i++) {
      VectorChecks.check("embedder " + fingerprint(), texts.get(i), rows[i], encoder.dimension());
    }
    for (int i = 0; i < rows.length; i++) {
      vectors.put(chunk.get(i).getKey(), rows[i]);
      store.put(chunk.get(i).getKey(), rows[i]);
    }
  }

  private static CancellationException stopped(int done, int total) {
    return new CancellationException(
        Texts.format(
            "Embedding was interrupted after %,d of %s. Run it again to go on from there.",
            done, Texts.count(total, "new text")));
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public String fingerprint() {
    return encoder.fingerprint();
  }

  @Override
  public String toString() {
    return encoder + ", cached in " + folder;
  }

  /** Progress, unless there is too little to do. */
  private static final class Bar {
    private final long began = System.nanoTime();
    private final int total;
    private final Progress.Work work;

    Bar(int total, boolean shown) {
      this.total = total;
      work = shown ? Progress.start("Embedding", total) : null;
    }

    void at(int done) {
      if (work != null) work.at(done, Texts.format("%.0f texts/s", done / seconds()));
    }

    void finish(int known) {
      if (work == null) return;
      String from = known == 0 ? "" : Texts.format(", %,d more from the cache", known);
      work.finish(Texts.count(total, "text") + Texts.format(" in %.1f s", seconds()) + from);
    }

    private double seconds() {
      return Math.max(1, System.nanoTime() - began) / 1e9;
    }
  }
}
