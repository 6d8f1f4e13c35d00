package palette.personalize;

import palette.support.Texts;

/**
 * How sure it is that weights are the best for the answers. Where the problem is convex, the loss
 * (in nats) lies at most {@code gap} above the least possible. Elsewhere the gap is NaN, and the
 * weights are the best end of so many {@code starts}, which led to so many different {@code
 * optima}. No starts at all: the weights come from the training.
 */
public record Certificate(boolean convex, double gap, int starts, int optima) {

  static Certificate convex(double gap) {
    return new Certificate(true, gap, 1, 1);
  }

  static Certificate tried(int starts, int optima) {
    return new Certificate(false, Double.NaN, starts, optima);
  }

  static Certificate trained() {
    return new Certificate(false, Double.NaN, 0, 0);
  }

  /** "convex, gap 3e-9" or "12 starts, best of 3 local optima; no certificate". */
  @Override
  public String toString() {
    if (convex) return "convex, gap " + size();
    if (starts == 0) return "trained with the model; no certificate";
    String of = optima == 1 ? "1 local optimum" : optima + " local optima";
    return Texts.count(starts, "start") + ", best of " + of + "; no certificate";
  }

  private String size() {
    return gap == 0 ? "0" : Texts.format("%.0e", gap).replace("e-0", "e-");
  }
}
