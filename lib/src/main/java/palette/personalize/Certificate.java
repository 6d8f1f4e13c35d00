package palette.personalize;

import palette.support.Texts;

/**
 * How sure it is that weights are the best for the answers. Where the problem is convex, the loss
 * (in nats) lies at most {@code gap} above the least possible; elsewhere the gap is NaN and the
 * words tell how much was tried.
 */
public record Certificate(String words, boolean convex, double gap) {

  static Certificate convex(double gap) {
    String size = gap == 0 ? "0" : Texts.format("%.0e", gap).replace("e-0", "e-");
    return new Certificate("convex, gap " + size, true, gap);
  }

  static Certificate tried(int starts, int optima) {
    String of = Texts.count(optima, "local optimum").replace("optimums", "optima");
    String words = Texts.count(starts, "start") + ", best of " + of + "; no certificate";
    return new Certificate(words, false, Double.NaN);
  }

  static Certificate trained() {
    return new Certificate("trained with the model; no certificate", false, Double.NaN);
  }

  @Override
  public String toString() {
    return words;
  }
}
