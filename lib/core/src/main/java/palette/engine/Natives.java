package palette.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import palette.support.InputException;
import palette.support.Reasons;

/** libtorch as DJL unpacks and loads it. */
final class Natives {
  private static volatile boolean whole;

  private Natives() {}

  /** The engine, if what DJL unpacked is whole: half a library does not fail, it ends Java. */
  static Engine engine() {
    try {
      if (!whole) {
        requireWhole(Platform.detectPlatform("pytorch"), Utils.getEngineCacheDir("pytorch"));
      }
      whole = true;
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError e) {
      var root = InputException.root(e);
      if (!(root instanceof LinkageError || root instanceof FileSystemException)) throw e;
      throw InputException.natives("PyTorch", "-DDJL_CACHE_DIR=FOLDER", e);
    }
  }

  static void requireWhole(Platform its, Path cache) {
    String kind = its.getFlavor() + "-" + its.getClassifier();
    var folder = cache.resolve(its.getVersion() + "-" + kind);
    for (String name : its.getLibraries()) {
      var file = folder.resolve(name);
      var inJar = Natives.class.getResource("/pytorch/" + kind.replaceFirst("-", "/") + "/" + name);
      if (inJar == null || !Files.exists(file)) continue;
      String read = "read " + file;
      long bytes = Reasons.attempt(read, () -> inJar.openConnection().getContentLengthLong());
      long found = Reasons.attempt(read, () -> Files.size(file));
      if (found == bytes) continue;
      String next = "Delete the folder; it is unpacked again.";
      throw new InputException(file.toString(), bytes + " bytes, as in its jar", "" + found, next);
    }
  }
}
