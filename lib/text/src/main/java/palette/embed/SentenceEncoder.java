package palette.embed;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import palette.data.Embedder;
import palette.support.InputException;
import palette.support.Texts;

/**
 * A tokenizer and a transformer: vectors of length one. A text in several pieces has the mean of
 * its pieces, weighted by their tokens of content.
 */
final class SentenceEncoder implements Embedder {
  // Enough to fill the matrix kernels; larger batches measured slower for long texts.
  private static final int BATCH_TOKENS = 256;
  private static final int MANY = 5; // texts: fewer are slips, names, jokes
  private static final double STRANGE_SHARE = 0.2;

  private final Tokens tokens;
  private final OnnxSession session;
  private final String fingerprint;
  private final int dimension;
  private final boolean batches;
  private final AtomicBoolean saidStrange = new AtomicBoolean();

  private record Piece(int text, long[] ids) {}

  SentenceEncoder(Tokens tokens, OnnxSession session, String fingerprint) {
    this.tokens = tokens;
    this.session = session;
    this.fingerprint = fingerprint;
    try {
      long[][] probe = probe();
      double[][] alone = new double[probe.length][];
      for (int i = 0; i < probe.length; i++) alone[i] = session.vectors(new long[][] {probe[i]})[0];
      dimension = alone[0].length;
      batches = Arrays.deepEquals(alone, session.vectors(probe));
    } catch (OrtException e) {
      throw new InputException(
          fingerprint, "an encoder that runs", e.getMessage(), "Does the tokenizer fit it?", e);
    }
  }

  // One sentence with its words in eight orders: different sequences of one length.
  private long[][] probe() {
    long[] ids = tokens.pieces("some people want more green trees and fewer cars").get(0);
    var rotated = new long[8][];
    for (int r = 0; r < rotated.length; r++) {
      rotated[r] = ids.clone();
      int content = Math.max(1, ids.length - 2);
      for (int i = 1; i < ids.length - 1; i++) rotated[r][i] = ids[1 + (i - 1 + r) % content];
    }
    return rotated;
  }

  static SentenceEncoder fromFiles(Path model, Path tokenizer) {
    var json = ModelHash.bytes(tokenizer, "a tokenizer.json");
    var hash = ModelHash.ofFiles(model, json);
    var words = new Tokens(tokenizer.toString(), json, "");
    // By its path, so that ONNX Runtime finds tensors in files beside it.
    var session =
        new OnnxSession(
            model.toString(),
            false,
            (ort, options) -> ort.createSession(model.toString(), options));
    return new SentenceEncoder(words, session, hash.fingerprint(model.getFileName().toString()));
  }

  @Override
  public float[][] embed(List<String> texts) {
    var byLength = new TreeMap<Integer, List<Piece>>();
    var strange = new ArrayList<String>();
    for (int i = 0; i < texts.size(); i++) {
      var encoding = tokens.encoding(texts.get(i));
      if (Tokens.isStrange(encoding)) strange.add(texts.get(i));
      for (var ids : tokens.pieces(encoding)) {
        byLength.computeIfAbsent(ids.length, n -> new ArrayList<>()).add(new Piece(i, ids));
      }
    }
    sayStrange(strange, texts.size());
    var work = new ArrayList<List<Piece>>();
    // The longest first, so that no core waits for a long text at the end.
    byLength.descendingMap().forEach((length, pieces) -> work.addAll(batches(length, pieces)));
    var sums = new double[texts.size()][dimension];
    run(work, texts, sums);
    return Arrays.stream(sums).map(SentenceEncoder::unit).toArray(float[][]::new);
  }

  // Once: a conversation is embedded in many parts.
  private void sayStrange(List<String> strange, int all) {
    boolean many = strange.size() >= MANY && strange.size() >= STRANGE_SHARE * all;
    if (!many || !saidStrange.compareAndSet(false, true)) return;
    System.err.println(
        Texts.format(
            "%d of %d texts have few words that %s knows, such as %s. If that is another language,"
                + " vectors say little of them: fit without an embedder, and items are known by"
                + " their ids; or take an encoder of that language, Embedders.onnx(model, tokenizer).",
            strange.size(), all, fingerprint, VectorChecks.quote(strange.get(0))));
  }

  private List<List<Piece>> batches(int length, List<Piece> pieces) {
    int size = batches ? Math.max(1, BATCH_TOKENS / length) : 1;
    var result = new ArrayList<List<Piece>>();
    for (int i = 0; i < pieces.size(); i += size) {
      result.add(pieces.subList(i, Math.min(pieces.size(), i + size)));
    }
    return result;
  }

  private void run(List<List<Piece>> work, List<String> texts, double[][] sums) {
    var results = new ArrayList<Future<double[][]>>();
    for (var batch : work) results.add(Workers.submit(() -> session.vectors(ids(batch))));
    try {
      // In the order of the work, not of its completion: the sums keep their bits.
      for (int b = 0; b < work.size(); b++) add(work.get(b), results.get(b), texts, sums);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Embedding was interrupted.");
    } finally {
      results.forEach(result -> result.cancel(false));
    }
  }

  private static long[][] ids(List<Piece> batch) {
    return batch.stream().map(Piece::ids).toArray(long[][]::new);
  }

  private void add(
      List<Piece> batch, Future<double[][]> result, List<String> texts, double[][] sums)
      throws InterruptedException {
    try {
      var means = result.get();
      for (int i = 0; i < means.length; i++) {
        int weight = tokens.content(batch.get(i).ids);
        double[] sum = sums[batch.get(i).text];
        for (int c = 0; c < dimension; c++) sum[c] += weight * means[i][c];
      }
    } catch (ExecutionException e) {
      throw new InputException(
          "embedder " + fingerprint + ", text " + VectorChecks.quote(texts.get(batch.get(0).text)),
          "a vector",
          String.valueOf(e.getCause().getMessage()),
          "Does the tokenizer fit the model?",
          e.getCause());
    }
  }

  private static float[] unit(double[] sum) {
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    var unit = new float[sum.length];
    for (int c = 0; c < unit.length; c++) unit[c] = (float) (sum[c] / norm);
    return unit;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether texts of one length share a run. */
  boolean batches() {
    return batches;
  }

  @Override
  public String toString() {
    return fingerprint;
  }
}
