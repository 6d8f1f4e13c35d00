package palette.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

class WholeNativesTest {
  @TempDir Path cache;

  @Test
  void halfALibraryIsRefusedBeforeItIsLoaded() throws IOException {
    var its = Platform.detectPlatform("pytorch");
    Natives.requireWhole(its, cache);
    var kind = its.getVersion() + "-" + its.getFlavor() + "-" + its.getClassifier();
    var folder = Files.createDirectory(cache.resolve(kind));
    var half = Files.write(folder.resolve(System.mapLibraryName("torch_cpu")), new byte[99]);
    assertThatThrownBy(() -> Natives.requireWhole(its, cache))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(half.toString(), "bytes, as in its jar, found 99", "Delete");
  }
}
