package palette.data;

import java.util.List;

/** Turns texts into vectors, the same text always into the same vector. */
public interface Embedder {

  /** One row a text, in order; shape [n][dimension], finite. */
  float[][] embed(List<String> texts);

  /** The length of every vector. */
  int dimension();

  /** Names the encoder and its weights; two embedders with one fingerprint give one result. */
  String fingerprint();
}
