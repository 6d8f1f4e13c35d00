package palette.embed;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/** Colours by place and hues at large; see {@link ImageEmbedders#colourAndLayout}. */
final class ColourAndLayout implements ImageEmbedder {
  private static final int GRID = 4;
  private static final int CELLS = GRID * GRID;
  private static final int HUES = 12;
  private static final int SPREADS = 3 * CELLS; // where the spreads begin
  private static final int HISTOGRAM = 4 * CELLS;

  @Override
  public float[][] embed(List<BufferedImage> images) {
    return images.stream().map(ColourAndLayout::features).toArray(float[][]::new);
  }

  private static float[] features(BufferedImage image) {
    double[] sums = new double[4 * CELLS]; // red, green, blue, brightness squared of each cell
    double[] counts = new double[CELLS];
    double[] hues = new double[HUES];
    for (int y = 0; y < image.getHeight(); y++) {
      int down = y * GRID / image.getHeight();
      for (int x = 0; x < image.getWidth(); x++) {
        int cell = down * GRID + x * GRID / image.getWidth();
        counts[cell]++;
        add(image.getRGB(x, y), cell, sums, hues);
      }
    }
    return vector(sums, counts, hues, (double) image.getWidth() * image.getHeight());
  }

  private static void add(int rgb, int cell, double[] sums, double[] hues) {
    int red = rgb >> 16 & 255;
    int green = rgb >> 8 & 255;
    int blue = rgb & 255;
    sums[3 * cell] += red / 255.0;
    sums[3 * cell + 1] += green / 255.0;
    sums[3 * cell + 2] += blue / 255.0;
    double bright = (red + green + blue) / 765.0;
    sums[SPREADS + cell] += bright * bright;
    float[] hsb = Color.RGBtoHSB(red, green, blue, null);
    hues[Math.min(HUES - 1, (int) (hsb[0] * HUES))] += hsb[1];
  }

  private static float[] vector(double[] sums, double[] counts, double[] hues, double pixels) {
    float[] vector = new float[HISTOGRAM + HUES];
    for (int cell = 0; cell < CELLS; cell++) {
      double n = Math.max(1, counts[cell]); // an image of three pixels has empty cells
      double bright = 0;
      for (int c = 0; c < 3; c++) {
        double mean = sums[3 * cell + c] / n;
        bright += mean / 3;
        vector[3 * cell + c] = (float) (2 * mean - 1);
      }
      double variance = sums[SPREADS + cell] / n - bright * bright;
      vector[SPREADS + cell] = (float) (2 * Math.sqrt(Math.max(0, variance)));
    }
    for (int h = 0; h < HUES; h++) vector[HISTOGRAM + h] = (float) (hues[h] / pixels);
    return vector;
  }

  @Override
  public int dimension() {
    return HISTOGRAM + HUES;
  }

  @Override
  public String fingerprint() {
    return "colour-and-layout-1";
  }
}
