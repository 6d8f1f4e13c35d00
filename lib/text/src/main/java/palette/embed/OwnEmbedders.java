package palette.embed;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import palette.data.Embedder;

/** Those of Palette's own that a fingerprint alone says whole: packaged ones, still or learning. */
public final class OwnEmbedders implements Embedder.Source {
  @Override
  public Optional<Embedder> find(String fingerprint) {
    var there = Arrays.stream(Packaged.values()).filter(Packaged::isThere).toList();
    var still = there.stream().map(Embedders::packaged);
    var learning = there.stream().filter(p -> !p.int8).map(Encoders::packaged);
    return Stream.<Embedder>concat(still, learning)
        .filter(own -> own.fingerprint().equals(fingerprint))
        .findFirst();
  }
}
