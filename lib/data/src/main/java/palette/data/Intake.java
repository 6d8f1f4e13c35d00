package palette.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.support.Texts;

/** What a reader has taken in so far: answers, and how much was left out for which reason. */
final class Intake {
  final PreferencesBuilder answers = Preferences.builder();
  final Judgements.Builder judgements = Judgements.builder();
  private final Map<String, Long> left = new LinkedHashMap<>(); // by a noun, a bar and the reason

  /** Notes "3 pass votes left out." of noun "pass vote" and reason " left out.". */
  void leave(long n, String noun, String reason) {
    if (n > 0) left.merge(noun + "|" + reason, n, Long::sum);
  }

  /** Whether a pair says something; many of public data do not, which is no reason to stop. */
  boolean keeps(String a, String b) {
    if (a.isBlank() || b.isBlank()) leave(1, "pair", " with an empty answer left out.");
    else if (a.equals(b)) leave(1, "pair", " of equal answers left out.");
    else return true;
    return false;
  }

  /** The answers, with what the rows left to say, the ties, and what was left out. */
  Preferences preferences(List<String> notes) {
    var read = answers.build();
    var all = new ArrayList<>(notes);
    int ties = read.ties().size();
    if (ties > 0) all.add(Texts.count(ties, "tie") + " kept apart in ties() and not trained on.");
    return read.withNotes(leftTo(all));
  }

  /** The judgements; where repeats are possible they are noted. */
  Judgements judgements(List<String> notes, boolean mayRepeat) {
    var read = judgements.build();
    var all = leftTo(new ArrayList<>(notes));
    int repeats = mayRepeat ? read.size() - SameQuestions.count(read.questions()) : 0;
    if (repeats > 0) {
      String what = Texts.count(repeats, "judgement") + " of what their user had judged before";
      all.add(what + " kept; DataChecks names the rows.");
    }
    return read.withNotes(all);
  }

  private List<String> leftTo(List<String> notes) {
    left.forEach(
        (key, n) -> {
          int bar = key.indexOf('|');
          notes.add(Texts.count(n, key.substring(0, bar)) + key.substring(bar + 1));
        });
    return notes;
  }
}
