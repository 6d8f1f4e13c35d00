package palette.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import palette.data.io.Place;
import palette.engine.Tensor;
import palette.support.AtomicFile;
import palette.support.Bundled;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Sha256;

/**
 * The folder of a saved model: two files that belong together, and a page that says how to use
 * them. It is written beside its final name and moved there, so a reader meets the old model, the
 * new one, or (for an instant, while one replaces the other) none; never half of each.
 */
public final class ModelFolder {
  public static final String MANIFEST = "manifest.json";
  public static final String WEIGHTS = "weights.safetensors";

  /** How to use the two without this library, for people. */
  public static final String PAGE = "USE.md";

  private static final int VERSION = 2;
  private static final Set<String> OWN = Set.of(MANIFEST, WEIGHTS, PAGE);

  private ModelFolder() {}

  // ------------------------------------------------------------------------------------- write

  /** The beginning of a manifest. */
  public static ObjectNode begun(String kind) {
    var manifest = Manifest.create();
    return manifest.put("format", "palette model").put("version", VERSION).put("kind", kind);
  }

  /**
   * Adds size, hash and shapes of the weights to the manifest and writes both.
   *
   * @param owner the class beside which the page lies
   */
  public static void write(
      Path dir, ObjectNode manifest, Map<String, Tensor> tensors, Class<?> owner) {
    Path aside = null;
    try {
      Path target = target(Checks.present("dir", dir));
      requireFree(dir, target);
      AtomicFile.createFolders(target.getParent());
      aside = Files.createDirectory(Parts.beside(target));
      writeWeights(aside.resolve(WEIGHTS), manifest, tensors);
      Manifest.write(aside.resolve(MANIFEST), manifest);
      Files.write(aside.resolve(PAGE), Bundled.bytes(owner, PAGE));
      for (var name : OWN) AtomicFile.sync(aside.resolve(name));
      AtomicFile.syncFolder(aside);
      replace(target, aside);
      AtomicFile.syncFolder(target.getParent());
      Parts.tidy(target);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not save " + dir + ": " + Reasons.of(e), e);
    } finally {
      remove(aside);
    }
  }

  // What a link names is replaced, and the link stays.
  private static Path target(Path dir) throws IOException {
    return Files.exists(dir)
        ? dir.toRealPath()
        : AtomicFile.destination(dir.toAbsolutePath().normalize());
  }

  private static void writeWeights(Path file, ObjectNode manifest, Map<String, Tensor> tensors)
      throws IOException {
    var digest = Sha256.begin();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      SafeTensors.write(out, tensors, Map.of("format", "palette"));
    }
    var shapes = new LinkedHashMap<String, long[]>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    var weights = manifest.putObject("weights").put("bytes", Files.size(file));
    String hash = HexFormat.of().formatHex(digest.digest());
    Manifest.putShapes(weights.put("sha256", hash), shapes);
  }

  /** A folder with anything else in it is not ours to replace. */
  private static void requireFree(Path dir, Path target) {
    if (target.getParent() == null) throw taken(dir, "the root of the disk");
    if (!Files.exists(target)) return;
    if (!Files.isDirectory(target)) throw taken(dir, "a file");
    for (var name : names(target)) {
      if (!OWN.contains(name)) throw taken(dir, "a folder with '" + name + "' in it");
    }
  }

  private static InputException taken(Path dir, String found) {
    return new InputException(
        dir.toString(),
        "a new name, or a saved model to replace",
        found,
        "Nothing was written; choose another name.");
  }

  private static List<String> names(Path folder) {
    return Place.inside(folder, any -> true).stream().map(Place::name).toList();
  }

  // A folder that is not empty cannot be replaced in one step, so the old one steps aside first.
  private static void replace(Path target, Path aside) throws IOException {
    if (!Files.exists(target)) {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = Parts.old(aside);
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      AtomicFile.syncFolder(target.getParent()); // before the old one goes
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    remove(old);
  }

  static void remove(Path folder) {
    if (folder == null || !Files.exists(folder)) return;
    try {
      for (var name : OWN) Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not remove " + folder + ": " + Reasons.of(e), e);
    }
  }

  // -------------------------------------------------------------------------------------- read

  /**
   * The manifest of a folder. Where a save was cut short between its two moves, the model before it
   * gets its name back.
   */
  public static Manifest manifest(Path dir) {
    Checks.present("dir", dir);
    Parts.restore(dir);
    for (var name : List.of(MANIFEST, WEIGHTS)) {
      if (Files.isRegularFile(dir.resolve(name))) continue;
      String found = !Files.exists(dir) ? "no such folder" : "" + names(dir);
      throw new InputException(
          dir.toString(), "a folder with " + name, found, "Check the path, or save the model.");
    }
    return Manifest.read(dir.resolve(MANIFEST));
  }

  /** The same of a model of this kind. */
  public static Manifest manifest(Path dir, String kind) {
    var manifest = manifest(dir);
    String format = manifest.text("format");
    if (!format.equals("palette model")) throw manifest.bad("a palette model", format);
    long version = manifest.number("version");
    if (version != VERSION) {
      String next = "Load it with the version of Palette that wrote it, or train it again.";
      throw new InputException(
          manifest.where(), "format version " + VERSION, "version " + version, next);
    }
    String found = manifest.text("kind");
    if (found.equals(kind)) return manifest;
    String next = "Load it with the family of that name, as PalA.load is for PAL-A.";
    throw new InputException(manifest.where(), "a model of the kind " + kind, found, next);
  }

  /** The tensors of a folder, after every check. */
  public static Map<String, Tensor> read(
      Path dir, Manifest manifest, Map<String, long[]> expected) {
    manifest.requireShapes(expected);
    Path file = dir.resolve(WEIGHTS);
    requireWhole(file, manifest.at("weights"));
    var tensors = SafeTensors.read(file);
    requireShapes(file, tensors, expected);
    return tensors;
  }

  /** What was read of a file must be what is expected, and no more. */
  public static void requireShapes(
      Path file, Map<String, Tensor> tensors, Map<String, long[]> expected) {
    for (var entry : expected.entrySet()) {
      var tensor = tensors.get(entry.getKey());
      String found = tensor == null ? "none" : Arrays.toString(tensor.shape());
      if (tensor == null || !Arrays.equals(tensor.shape(), entry.getValue())) {
        String shape = Arrays.toString(entry.getValue());
        throw changed(file, "tensor '" + entry.getKey() + "' of shape " + shape, found);
      }
    }
    var more = new TreeSet<>(tensors.keySet());
    more.removeAll(expected.keySet());
    if (!more.isEmpty()) throw changed(file, "no other tensors", "also " + more);
  }

  private static void requireWhole(Path file, Manifest weights) {
    long bytes = weights.number("bytes");
    long size = Reasons.attempt("read " + file, () -> Files.size(file));
    if (size != bytes) throw changed(file, bytes + " bytes", size + "");
    String hash = Reasons.attempt("read " + file, () -> Sha256.hex(out -> Files.copy(file, out)));
    if (!hash.equals(weights.text("sha256"))) {
      throw changed(file, "sha256 " + weights.text("sha256"), hash);
    }
  }

  private static InputException changed(Path file, String expected, String found) {
    return new InputException(
        file.toString(),
        expected,
        found,
        "The file is damaged or of another model; copy the whole folder again.");
  }
}
