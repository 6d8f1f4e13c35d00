package palette.embed;

import java.util.Optional;
import palette.data.Embedder;
import palette.data.EmbedderSource;

/** Those of {@link Embedders} that a fingerprint alone says whole: MiniLM. */
public final class OwnEmbedders implements EmbedderSource {
  @Override
  public Optional<Embedder> find(String fingerprint) {
    var miniLm = Embedders.miniLm();
    return miniLm.fingerprint().equals(fingerprint) ? Optional.of(miniLm) : Optional.empty();
  }
}
