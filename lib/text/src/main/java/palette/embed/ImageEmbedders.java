package palette.embed;

import java.nio.file.Path;

/** The image embedders that Palette brings. Nothing is cached: keep the vectors. */
public final class ImageEmbedders {
  private ImageEmbedders() {}

  /**
   * What can be seen without learning, 76 numbers of about -1 to 1: in a grid of four by four the
   * mean red, green and blue of each cell, the spread of its brightness, and a histogram of the
   * image's hues, weighed by how saturated they are.
   */
  public static ImageEmbedder colourAndLayout() {
    return new ColourAndLayout();
  }

  /**
   * The image tower of a CLIP model, exported to ONNX: one input {@code pixel_values} of shape
   * [batch, 3, height, width], and an output {@code image_embeds}, or a first output, of shape
   * [batch, d]. Images are scaled until they fill the square (224 where the model leaves it open),
   * cut at the middle and normalised by CLIP's means and deviations; vectors have length one.
   *
   * @throws palette.support.InputException if the file is missing or is not such a model
   */
  public static ImageEmbedder onnx(Path model) {
    return new OnnxImages(model);
  }
}
