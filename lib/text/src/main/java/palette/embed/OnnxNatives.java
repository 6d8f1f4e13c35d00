package palette.embed;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import palette.support.AtomicFile;
import palette.support.Bundled;
import palette.support.CacheFolder;
import palette.support.InputException;

/**
 * ONNX Runtime with native libraries that are unpacked once. Left to itself it unpacks its 20 MB
 * anew in every process, and leaves an empty temporary folder behind at every end.
 */
final class OnnxNatives {
  /** Where ONNX Runtime looks for its libraries instead. */
  private static final String FOLDER = "onnxruntime.native.path";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private OnnxNatives() {}

  static synchronized OrtEnvironment environment() {
    try {
      if (!named()) useUnpacked(CacheFolder.natives());
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      String folders = "-Dpalette.cache=FOLDER and -Djava.io.tmpdir=FOLDER";
      throw InputException.natives("ONNX Runtime", folders, e);
    }
  }

  // Who has set the folder, or the file of one library, is obeyed: ONNX Runtime itself would take a
  // folder before a file.
  private static boolean named() {
    return System.getProperty(FOLDER) != null
        || LIBRARIES.stream()
            .anyMatch(name -> System.getProperty("onnxruntime.native." + name + ".path") != null);
  }

  // Where its jar has nothing for this platform, or the folder cannot be written, ONNX Runtime does
  // as it always did.
  private static void useUnpacked(Path folder) {
    if (LIBRARIES.stream().anyMatch(name -> OrtEnvironment.class.getResource(inJar(name)) == null))
      return;
    try {
      System.setProperty(FOLDER, unpack(folder).toString());
    } catch (UncheckedIOException e) {
      // An embedder's cache in the same place says so, where there is one.
    }
  }

  /**
   * Unpacks what is not there whole, each file whole or not at all; the folder with all of them.
   */
  static Path unpack(Path folder) {
    var version = OrtEnvironment.class.getPackage().getImplementationVersion();
    var own = folder.resolve("onnxruntime-" + version + "-" + platform());
    for (var name : LIBRARIES) {
      var file = own.resolve(System.mapLibraryName(name));
      if (!isWhole(file, name))
        AtomicFile.write(file, out -> out.write(Bundled.bytes(OrtEnvironment.class, inJar(name))));
    }
    return own;
  }

  // Half a library does not fail to load, it ends Java. The jar knows what the whole one has.
  private static boolean isWhole(Path file, String name) {
    try {
      var entry = OrtEnvironment.class.getResource(inJar(name)).openConnection();
      if (!(entry instanceof JarURLConnection jar)) return Files.exists(file);
      var whole = jar.getJarEntry();
      return Files.size(file) == whole.getSize() && checksum(file) == whole.getCrc();
    } catch (IOException e) {
      return false;
    }
  }

  private static long checksum(Path file) throws IOException {
    try (var in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }

  static String inJar(String name) {
    return "/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(name);
  }

  /** As the jar names its folders. */
  private static String platform() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return name + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x64");
  }
}
