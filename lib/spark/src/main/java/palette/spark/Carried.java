package palette.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import palette.data.io.Place;
import palette.evaluate.Families;
import palette.fit.BasisModel;
import palette.store.ModelFolder;
import palette.support.Sha256;

/** A model as the bytes of its folder, which each process unpacks and loads once. */
final class Carried implements Serializable {
  private static final long serialVersionUID = 1;
  private static final List<String> FILES = List.of(ModelFolder.MANIFEST, ModelFolder.WEIGHTS);
  private static final Map<String, BasisModel> LOADED = new ConcurrentHashMap<>();

  private final Broadcast<byte[][]> files;
  private final String hash;

  private Carried(Broadcast<byte[][]> files, String hash) {
    this.files = files;
    this.hash = hash;
  }

  /** Hands a model to all processes of a session. */
  static Carried in(SparkSession session, BasisModel model) {
    byte[][] files =
        withFolder(
            folder -> {
              model.save(folder);
              byte[] manifest = Files.readAllBytes(folder.resolve(FILES.get(0)));
              return new byte[][] {manifest, Files.readAllBytes(folder.resolve(FILES.get(1)))};
            });
    var digest = Sha256.begin();
    for (byte[] file : files) digest.update(file);
    var context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new Carried(context.broadcast(files), HexFormat.of().formatHex(digest.digest()));
  }

  /** The model, whose rewards are those of the one handed in to the last bit. */
  BasisModel model() {
    return LOADED.computeIfAbsent(hash, any -> withFolder(this::load));
  }

  private BasisModel load(Path folder) throws IOException {
    for (int i = 0; i < 2; i++) Files.write(folder.resolve(FILES.get(i)), files.value()[i]);
    return Families.load(folder);
  }

  private interface Use<T> {
    T of(Path folder) throws IOException;
  }

  /** Gives a folder, which is gone afterwards with all that lies in it. */
  private static <T> T withFolder(Use<T> use) {
    try {
      var above = Files.createTempDirectory("palette-model");
      var folder = Files.createDirectory(above.resolve("model"));
      try {
        return use.of(folder);
      } finally {
        for (var file : Place.inside(folder, any -> true)) Files.delete(file);
        Files.delete(folder);
        Files.delete(above);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not hand over the model: " + e, e);
    }
  }
}
