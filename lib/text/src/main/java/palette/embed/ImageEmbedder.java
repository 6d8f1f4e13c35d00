package palette.embed;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Turns images into vectors, the same pixels always into the same vector.
 *
 * <pre>{@code
 * var vectors = ImageEmbedders.colourAndLayout().embed(images);
 * var known = answers.withItems(answers.items().withVectors(vectors));
 * }</pre>
 */
public interface ImageEmbedder {

  /** One row an image, in order; shape [n][dimension], finite. */
  float[][] embed(List<BufferedImage> images);

  /** The length of every vector. */
  int dimension();

  /** Names the encoder and its weights. */
  String fingerprint();
}
