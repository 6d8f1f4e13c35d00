package palette.embed;

import java.util.Optional;
import java.util.stream.Stream;
import palette.data.Embedder;

/** Those of Palette's own that a fingerprint alone says whole: MiniLM, still or learning. */
public final class OwnEmbedders implements Embedder.Source {
  @Override
  public Optional<Embedder> find(String fingerprint) {
    var miniLm = Embedders.miniLm();
    return Stream.of(miniLm, Encoders.miniLm())
        .filter(own -> own.fingerprint().equals(fingerprint))
        .findFirst();
  }
}
