package palette.bench;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import palette.data.Embedder;
import palette.embed.Embedders;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * Encoders of texts in turns, whole and of eight bits: new texts every time into an empty cache, so
 * that encoding is what is measured. Beside a rate stands what the whole encoder's products come
 * to, to be held against those of the first line, and how near eight bits are to the whole. {@code
 * -P bench,encoders} for others than MiniLM.
 */
final class EmbedBench {
  private static final int COMPARED = 1_000; // texts
  private static final int WIDTH = 384;
  private static final List<String> WORDS =
      List.of(
          ("people want more green trees and fewer cars in the old town because children walk to"
                  + " school there every morning while buses come late when it rains")
              .split(" "));

  private final SplittableRandom random = Seeds.stream(7, "texts");

  private EmbedBench() {}

  /** Prints a table for each encoder that is there. */
  static void report() throws Exception {
    System.setProperty("palette.cache", Files.createTempDirectory("palette-bench").toString());
    report("MiniLM", 6, 128, Embedders::miniLm, Embedders::miniLmInt8);
    report("bge-small", 12, 512, Embedders::bgeSmall, Embedders::bgeSmallInt8);
    report("e5-small", 12, 512, Embedders::e5Small, Embedders::e5SmallInt8);
  }

  private static void report(
      String name, int layers, int longest, Supplier<Embedder> whole, Supplier<Embedder> eight) {
    var encoders = new LinkedHashMap<String, Embedder>();
    for (var one : List.of(Map.entry(name, whole), Map.entry(name + ", int8", eight))) {
      try {
        encoders.put(one.getKey(), one.getValue().get());
      } catch (InputException absent) {
        System.out.println(one.getKey() + ": " + absent.getMessage());
      }
    }
    if (!encoders.isEmpty()) new EmbedBench().report(encoders, layers, longest);
  }

  private void report(Map<String, Embedder> encoders, int layers, int longest) {
    System.out.println("\n| encoder | words | texts a second | times the first | GFLOP/s |");
    System.out.println("|---|---|---|---|---|");
    for (int words : new int[] {8, 32, 128}) {
      double[][] rates = rates(List.copyOf(encoders.values()), words);
      int e = 0;
      for (String name : encoders.keySet()) {
        double[] ratios = new double[Turns.COUNT];
        for (int turn = 0; turn < ratios.length; turn++) {
          ratios[turn] = rates[e][turn] / rates[0][turn];
        }
        double rate = Peers.median(rates[e++]);
        System.out.println(
            Texts.format(
                "| %s | %d | %,.0f | %.2f | %,.0f |",
                name, words, rate, Peers.median(ratios), rate * gflop(words, layers, longest)));
      }
    }
    if (encoders.size() > 1) System.out.println(nearness(List.copyOf(encoders.values())));
  }

  /** Texts a second, [encoder][turn]. */
  private double[][] rates(List<Embedder> encoders, int words) {
    double[][] rates = new double[encoders.size()][Turns.COUNT];
    for (int turn = -1; turn < Turns.COUNT; turn++) { // the first compiles
      for (int e = 0; e < rates.length; e++) {
        var texts = texts(4096 / words + 64, words);
        long began = System.nanoTime();
        encoders.get(e).embed(texts);
        if (turn >= 0) rates[e][turn] = texts.size() / ((System.nanoTime() - began) / 1e9);
      }
    }
    return rates;
  }

  /** 10^9 operations of a text's products: six of d x d numbers, two of tokens x d, a layer. */
  private static double gflop(int words, int layers, int longest) {
    double tokens = words + 2;
    double together = Math.min(tokens, longest); // a longer text is read in pieces
    return layers * tokens * (24.0 * WIDTH * WIDTH + 4.0 * WIDTH * together) / 1e9;
  }

  private String nearness(List<Embedder> twins) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < COMPARED; i++) texts.addAll(texts(1, 4 + i % 40));
    float[][] whole = twins.get(0).embed(texts);
    float[][] eight = twins.get(1).embed(texts);
    double[] cosines = new double[COMPARED];
    double least = 1;
    for (int i = 0; i < COMPARED; i++) {
      for (int c = 0; c < WIDTH; c++) cosines[i] += whole[i][c] * eight[i][c];
      least = Math.min(least, cosines[i]);
    }
    return Texts.format(
        "Cosine of the two over %,d texts: median %.4f, least %.4f.",
        COMPARED, Peers.median(cosines), least);
  }

  private List<String> texts(int n, int words) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < n; i++) {
      var text = new ArrayList<String>();
      for (int w = 0; w < words; w++) text.add(WORDS.get(random.nextInt(WORDS.size())));
      texts.add(String.join(" ", text));
    }
    return texts;
  }
}
