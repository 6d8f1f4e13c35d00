package palette.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import palette.support.InputException;

/** A CLIP image tower in ONNX Runtime; see {@link ImageEmbedders#onnx}. */
final class OnnxImages implements ImageEmbedder {
  private static final String INPUT = "pixel_values";
  private static final String OUTPUT = "image_embeds";
  private static final int USUAL_SIZE = 224;
  // What CLIP's images were normalised by in training, red, green and blue.
  private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
  private static final float[] DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

  private final OrtEnvironment environment = OnnxNatives.environment();
  private final OrtSession session;
  private final String where;
  private final String output;
  private final String fingerprint;
  private final int size;
  private final int dimension;

  OnnxImages(Path model) {
    where = model.getFileName().toString();
    if (!Files.isRegularFile(model)) throw refused("no such file", "Check the path.", null);
    fingerprint = ModelHash.ofFiles(model, "clip image".getBytes()).fingerprint(where);
    try {
      session = environment.createSession(model.toString(), new OrtSession.SessionOptions());
      if (!session.getInputNames().equals(java.util.Set.of(INPUT))) {
        throw refused("inputs " + session.getInputNames(), "Export the image tower alone.", null);
      }
      var outputs = session.getOutputNames();
      output = outputs.contains(OUTPUT) ? OUTPUT : outputs.iterator().next();
      size = size((TensorInfo) session.getInputInfo().get(INPUT).getInfo());
      dimension = run(new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB)).length;
    } catch (OrtException e) {
      throw refused(e.getMessage(), "Export it again.", e);
    }
  }

  private InputException refused(String found, String next, Throwable cause) {
    return new InputException(where, "a CLIP image tower in ONNX format", found, next, cause);
  }

  private static int size(TensorInfo input) {
    long[] shape = input.getShape();
    return shape.length == 4 && shape[2] > 0 ? (int) shape[2] : USUAL_SIZE;
  }

  @Override
  public float[][] embed(List<BufferedImage> images) {
    float[][] rows = new float[images.size()][];
    try {
      for (int i = 0; i < rows.length; i++) rows[i] = run(images.get(i));
    } catch (OrtException e) {
      throw refused(e.getMessage(), "", e);
    }
    return rows;
  }

  /** One image at a time: its vector never depends on its company. */
  private float[] run(BufferedImage image) throws OrtException {
    long[] shape = {1, 3, size, size};
    try (var pixels = OnnxTensor.createTensor(environment, pixels(image), shape);
        var result = session.run(Map.of(INPUT, pixels))) {
      var tensor = (OnnxTensor) result.get(output).orElseThrow();
      long[] found = tensor.getInfo().getShape();
      if (found.length != 2) {
        throw refused(
            "an output '" + output + "' of " + found.length + " axes, not 2",
            "Export it with its projection.",
            null);
      }
      return unit(tensor.getFloatBuffer());
    }
  }

  private FloatBuffer pixels(BufferedImage image) {
    var square = square(image);
    var planes = FloatBuffer.allocate(3 * size * size);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int value = square.getRGB(x, y) >> (16 - 8 * c) & 255;
          planes.put((value / 255f - MEAN[c]) / DEVIATION[c]);
        }
      }
    }
    return planes.rewind();
  }

  private BufferedImage square(BufferedImage image) {
    double scale = (double) size / Math.min(image.getWidth(), image.getHeight());
    int width = (int) Math.round(scale * image.getWidth());
    int height = (int) Math.round(scale * image.getHeight());
    var square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var pen = square.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(image, (size - width) / 2, (size - height) / 2, width, height, null);
    pen.dispose();
    return square;
  }

  private static float[] unit(FloatBuffer values) {
    float[] vector = new float[values.remaining()];
    values.get(vector);
    double squares = 0;
    for (float v : vector) squares += (double) v * v;
    double length = Math.max(1e-12, Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) vector[i] /= (float) length;
    return vector;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
