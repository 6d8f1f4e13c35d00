package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the answers of one user, or to one question, show of how they came about. */
final class Signs {
  int answers;
  int repeats; // pairs of answers of one user to one question
  int alike;
  int swapped; // those with the items in opposite orders
  int swappedAlike;
  int first; // what stood first was chosen
  int second;
  int triads; // three items, each pair of them answered
  int circles;
  int independent; // circles that could each be there or not
  final List<int[]> again = new ArrayList<>(); // both ways of questions that came again

  void add(Asked asked, int cell) {
    int low = asked.low(cell);
    int high = asked.high(cell);
    answers += low + high;
    first += asked.first(cell);
    second += asked.second(cell);
    if (low + high < 2) return;
    again.add(new int[] {low, high});
    repeats += pairs(low + high);
    alike += pairs(low) + pairs(high);
    swapped += asked.swapped(cell);
    swappedAlike += asked.swappedAlike(cell);
  }

  private static int pairs(int n) {
    return n * (n - 1) / 2;
  }

  /** Whether anything could tell an attitude from a coin. */
  boolean tell() {
    return repeats > 0 || triads > 0;
  }

  static Signs[] none(int n) {
    return Stream.generate(Signs::new).limit(n).toArray(Signs[]::new);
  }
}
