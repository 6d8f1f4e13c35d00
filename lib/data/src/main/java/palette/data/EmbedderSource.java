package palette.data;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Finds an embedder by the fingerprint that a saved model names. A module that brings encoders has
 * one ({@link ServiceLoader}), so that a model trained with them is whole again by itself.
 */
public interface EmbedderSource {

  /** The embedder of this fingerprint; empty if it is none of these. */
  Optional<Embedder> find(String fingerprint);

  /** The first that any module on the class path has. */
  static Optional<Embedder> anywhere(String fingerprint) {
    return ServiceLoader.load(EmbedderSource.class).stream()
        .flatMap(source -> source.get().find(fingerprint).stream())
        .findFirst();
  }
}
