package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import palette.support.Texts;

/**
 * What the answers of one user, or to one question, are, and what says so. Shares come with exact
 * binomial intervals; of nothing they are empty.
 *
 * @param of the user's id, or the two items and the prompt
 * @param kind genuine, no attitude, following place; undecided below a chance of .8
 * @param answers how many there are
 * @param alike pairs of answers to one question by one user that choose the same; a coin: half
 * @param swapped those of them where the items had changed places; who follows places: none
 * @param first answers that chose what stood first
 * @param straight triads of answers that do not go in a circle; a coin: three quarters
 * @param seconds the median time of an answer, NaN where none is known
 * @param attitude the chance that there is an attitude behind the answers
 * @param coin the chance that a coin would do as well
 * @param place the chance that they follow what stood first, or second
 */
public record AnswerVerdict(
    String of,
    AnswerKind kind,
    int answers,
    Share alike,
    Share swapped,
    Share first,
    Share straight,
    double seconds,
    double attitude,
    double coin,
    double place) {
  private static final double SURE = 0.8;

  static final List<String> HEADER =
      List.of("", "answers", "verdict", "chance", "reasons", "seconds");

  static AnswerVerdict of(String name, Signs s, double[] chances, double seconds) {
    return new AnswerVerdict(
        name,
        kind(s, chances),
        s.answers,
        new Share(s.alike, s.repeats),
        new Share(s.swappedAlike, s.swapped),
        new Share(s.first, s.first + s.second),
        new Share(s.triads - s.circles, s.triads),
        seconds,
        chances[0],
        chances[1],
        chances[2]);
  }

  private static AnswerKind kind(Signs s, double[] chances) {
    if (chances[2] >= SURE) return AnswerKind.CONSTRUCTED;
    if (!s.tell()) return AnswerKind.UNDECIDED;
    if (chances[0] >= SURE) return AnswerKind.GENUINE;
    return chances[0] <= 1 - SURE ? AnswerKind.NON_ATTITUDE : AnswerKind.UNDECIDED;
  }

  /** Whether it is something else than a preference. */
  public boolean found() {
    return kind == AnswerKind.NON_ATTITUDE || kind == AnswerKind.CONSTRUCTED;
  }

  /** What was counted, in words. */
  public String reasons() {
    var parts = new ArrayList<String>();
    add(parts, "alike when asked again", alike);
    add(parts, "with places swapped", swapped);
    add(parts, "what stood first", first);
    add(parts, "triads without a circle", straight);
    return parts.isEmpty() ? "nothing asked twice, no triads, no places" : String.join("; ", parts);
  }

  private static void add(List<String> parts, String what, Share share) {
    if (share.of() > 0) parts.add(what + " " + share);
  }

  private double chance() {
    return switch (kind) {
      case GENUINE -> attitude;
      case NON_ATTITUDE -> 1 - attitude; // without places, coins and followers look alike
      case CONSTRUCTED -> place;
      case UNDECIDED -> Math.max(attitude, Math.max(coin, place));
    };
  }

  List<String> cells() {
    return List.of(
        of,
        Texts.format("%,d", answers),
        kind.words(),
        Texts.format("%.3f", chance()),
        reasons(),
        Double.isNaN(seconds) ? "" : Texts.format("%.1f", seconds));
  }
}
