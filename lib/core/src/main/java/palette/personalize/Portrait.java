package palette.personalize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import palette.data.Preferences;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * Somebody in sentences: which prototypes they are made of, and the items that their most telling
 * answers chose and rejected. An answer tells the more, the better the person's weights explain it
 * than the center of the prior does. A portrait is a text: whoever it is about can read and edit
 * it, and a {@link TextPrior} of this or another model reads it again.
 *
 * <pre>{@code
 * var portrait = Portrait.of(person, theirAnswers, "artists", "athletes", "readers");
 * texts.localizer(portrait.text().replace("athletes", "artists"))
 * }</pre>
 */
public record Portrait(String id, String text) implements Rendered {
  private static final int ITEMS = 3;
  private static final double LEAST = 0.1; // a weight worth a word

  /**
   * Of somebody placed by these answers.
   *
   * @param names of the prototypes, all or none
   */
  public static Portrait of(Person person, Preferences answers, String... names) {
    int k = person.model().prototypes();
    Checks.require(names.length == 0 || names.length == k, "names", k + " or none", names.length);
    var mine = answers.ofUser(person.id());
    if (mine.size() == 0) {
      throw new InputException(
          "portrait of '" + person.id() + "'", "answers of theirs", "none", "Pass all they said.");
    }
    var chosen = new LinkedHashSet<String>();
    var rejected = new LinkedHashSet<String>();
    for (int row : telling(person, mine)) {
      if (chosen.size() < ITEMS) chosen.add(mine.items().text(mine.chosen(row)));
      if (rejected.size() < ITEMS) rejected.add(mine.items().text(mine.rejected(row)));
    }
    rejected.removeAll(chosen);
    String text = made(person, names) + said("They chose", chosen) + said(" and not", rejected);
    return new Portrait(person.id(), text + ".");
  }

  /** The rows that the person's weights explain better than the center, from the most on. */
  private static List<Integer> telling(Person person, Preferences mine) {
    double[] own = person.margins(mine);
    double[] center = person.model().byWeight(mine).at(person.localizer().prior().center());
    var link = person.link();
    double[] gain = new double[own.length];
    for (int row = 0; row < gain.length; row++) {
      gain[row] = Math.log(link.probability(own[row]) / link.probability(center[row]));
    }
    var rows = new ArrayList<>(IntStream.range(0, gain.length).boxed().toList());
    rows.sort(Comparator.comparingDouble(row -> -gain[row]));
    return rows;
  }

  /** "62 % artists, 31 % readers. " of a mix. */
  private static String made(Person person, String... names) {
    if (!person.localizer().prior().space().mixes()) return "";
    var parts = new ArrayList<String>();
    for (var share : person.nearest()) {
      if (share.weight() < LEAST) continue;
      int k = share.prototype();
      String name =
          k == -1 ? "like most people" : k < 0 || names.length == 0 ? share.name() : names[k];
      parts.add(Texts.format("%.0f %% %s", 100 * share.weight(), name));
    }
    return parts.isEmpty() ? "" : String.join(", ", parts) + ". ";
  }

  private static String said(String verb, Set<String> items) {
    return items.isEmpty() ? "" : verb + " \"" + String.join("\", \"", items) + "\"";
  }

  @Override
  public String toString() {
    return text;
  }
}
