package palette.embed;

import static java.util.stream.Collectors.toSet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import palette.support.AtomicFile;
import palette.support.Reasons;

/**
 * Vectors of one embedder in a folder of {@link Segment} files. New vectors wait in memory until
 * {@link #flush} writes them as one more file, whole or not at all; so processes share a folder
 * without locks: at worst both encode a text and both keep it. Many small files are merged into one
 * now and then. Not for use by two threads at once.
 */
final class EmbeddingStore {
  private static final String SUFFIX = ".vectors";
  private static final int MANY_FILES = 64;
  private static final long SMALL_FILE = 4 << 20;

  private record Place(Path file, long position) {}

  private final Path folder;
  private final Segment format;
  private final Map<TextKey, Place> places = new HashMap<>();
  private final Set<Path> indexed = new HashSet<>();
  private final Map<TextKey, float[]> unwritten = new LinkedHashMap<>();
  private boolean warned;

  EmbeddingStore(Path root, String fingerprint, int dimension) {
    var hash = TextKey.of(fingerprint);
    String readable = fingerprint.replaceAll("[^A-Za-z0-9._-]+", "-");
    readable = readable.substring(0, Math.min(40, readable.length()));
    folder = root.resolve(readable + "-" + hash.shortHex());
    format = new Segment(dimension, hash);
  }

  /** The vectors that are known, by key. */
  Map<TextKey, float[]> find(Collection<TextKey> keys) {
    var found = new HashMap<TextKey, float[]>();
    for (var key : keys) {
      if (unwritten.containsKey(key)) found.put(key, unwritten.get(key));
    }
    refresh();
    // Twice, because another process may merge files between the look at the folder and the read.
    if (!readFromFiles(keys, found)) {
      refresh();
      readFromFiles(keys, found);
    }
    return found;
  }

  private boolean readFromFiles(Collection<TextKey> keys, Map<TextKey, float[]> found) {
    var byFile = new LinkedHashMap<Path, List<TextKey>>();
    for (var key : keys) {
      var place = places.get(key);
      if (place == null || found.containsKey(key)) continue;
      byFile.computeIfAbsent(place.file, file -> new ArrayList<>()).add(key);
    }
    boolean all = true;
    for (var entry : byFile.entrySet()) all &= read(entry.getKey(), entry.getValue(), found);
    return all;
  }

  private boolean read(Path file, List<TextKey> keys, Map<TextKey, float[]> found) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      for (var key : keys) {
        var vector = format.read(in, places.get(key).position, key);
        if (vector == null) places.remove(key);
        else found.put(key, vector);
      }
      return true;
    } catch (IOException e) {
      forget(Set.of(file));
      return false;
    }
  }

  /** Remembers a vector; {@link #flush} puts it on disk. */
  void put(TextKey key, float[] vector) {
    unwritten.put(key, vector.clone());
  }

  /** Writes what is new. Where that fails it stays in memory, and a warning says so once. */
  void flush() {
    if (unwritten.isEmpty() || warned) return;
    // An interrupt would abort the write, so it waits until the file is there.
    boolean interrupted = Thread.interrupted();
    try {
      write();
    } catch (UncheckedIOException e) {
      interrupted |= Thread.interrupted();
      writeAgain(e);
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private void writeAgain(UncheckedIOException first) {
    try {
      write();
    } catch (UncheckedIOException e) {
      warn(e.getCause());
    }
  }

  private void write() {
    Path file = folder.resolve(UUID.randomUUID() + SUFFIX);
    AtomicFile.write(
        file,
        out -> {
          var all = new BufferedOutputStream(out, 1 << 18);
          format.writeHeader(all);
          for (var entry : unwritten.entrySet()) {
            format.writeEntry(all, entry.getKey(), entry.getValue());
          }
          all.flush();
        });
    int i = 0;
    for (var key : unwritten.keySet()) places.put(key, new Place(file, format.position(i++)));
    indexed.add(file);
    unwritten.clear();
  }

  private void warn(IOException cause) {
    warned = true;
    System.err.println(
        "palette: the embedding cache "
            + folder
            + " cannot be written ("
            + Reasons.of(cause)
            + "). Embedding goes on without it; another folder is set by -Dpalette.cache=FOLDER.");
  }

  // Takes in files that other stores wrote and lets go of those they merged.
  private void refresh() {
    var present = files();
    var gone = new HashSet<>(indexed);
    gone.removeAll(present);
    forget(gone);
    present.removeAll(indexed);
    present.forEach(this::index);
    if (indexed.size() > MANY_FILES) merge();
  }

  private Set<Path> files() {
    try (var listed = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      var files = new HashSet<Path>();
      // Only files: a pipe of that name would be read for ever.
      for (var file : listed) if (Files.isRegularFile(file)) files.add(file);
      return files;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new HashSet<>();
    } catch (IOException e) {
      warn(e);
      return new HashSet<>();
    }
  }

  private void index(Path file) {
    try {
      format.index(file).forEach((key, position) -> places.put(key, new Place(file, position)));
      indexed.add(file);
    } catch (IOException e) {
      // Merged away by another process, or unreadable: its texts are encoded again.
    }
  }

  private void forget(Set<Path> files) {
    if (files.isEmpty()) return;
    indexed.removeAll(files);
    places.values().removeIf(place -> files.contains(place.file));
  }

  // Removes only files whose every intact entry is in the new one, so nothing is lost whatever
  // other processes merge meanwhile.
  private void merge() {
    var old = indexed.stream().filter(file -> size(file) < SMALL_FILE).collect(toSet());
    if (old.size() <= MANY_FILES || warned) return;
    var keys = keysIn(old);
    var vectors = new HashMap<TextKey, float[]>();
    if (!readFromFiles(keys, vectors)) return;
    unwritten.putAll(vectors);
    flush();
    if (!unwritten.isEmpty()) return;
    old.forEach(EmbeddingStore::delete);
    forget(old);
  }

  private List<TextKey> keysIn(Set<Path> files) {
    return places.entrySet().stream()
        .filter(entry -> files.contains(entry.getValue().file))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Held open elsewhere (Windows): the next merge removes it.
    }
  }
}
