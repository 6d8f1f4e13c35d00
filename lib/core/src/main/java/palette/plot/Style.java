package palette.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How something looks in every figure: a colour, and a shape for who sees no colours. What the kit
 * has a name for looks alike wherever it is drawn: prototypes have the first colours, by their
 * numbers; a mix of them is purple, one score for everybody black, the truth olive, people are sky
 * blue, things are dark, your guess is orange. Chance and other lines to compare with are grey.
 * Everything else takes the next style that nothing in its figure has.
 *
 * <p>Curves of training ({@link LossFigure}) go by their order: there several losses of one K meet.
 */
record Style(Color colour, int shape) {
  /** One score, or one place, for everybody. */
  static final Style AVERAGE = of(7);

  static Style of(int i) {
    return new Style(Ink.colour(i), i);
  }

  /** The concept's style, or null for a name of no concept. */
  private static Style of(String name) {
    if (name.matches("prototype \\d+")) return of(Integer.parseInt(name.substring(10)) - 1);
    if (name.matches("one (point|reward|score)( .*)?|one for all|population|K ?= ?1|.+, K=1")) {
      return AVERAGE;
    }
    if (name.matches("mix|mixture|(two|three) prototypes|learned.*|the kit's.*|the model's own.*")
        || name.matches("PAL|K ?= ?\\d+|.+, K=\\d+")) {
      return of(6);
    }
    if (name.matches("truth|true .+")) return of(5);
    if (name.matches("people|a person")) return new Style(Ink.colour(4), 0);
    if (name.equals("your guess")) return of(3);
    boolean thing = name.matches("things|.+ things|an item|statements|cups?");
    return thing ? new Style(Ink.DARK, 3) : null;
  }

  /**
   * A style for each of a figure's names, no style twice while there are others.
   *
   * @param kept names that have the first styles, in their order, whatever else they mean
   */
  static List<Style> all(List<String> kept, List<String> names) {
    var styles = new Style[names.size()];
    var taken = new ArrayList<Style>();
    for (int i = 0; i < styles.length; i++) {
      int place = kept.indexOf(names.get(i));
      var style = place >= 0 ? of(place) : of(names.get(i));
      if (style == null || place < 0 && taken.contains(style)) continue;
      styles[i] = style;
      taken.add(style);
    }
    int next = kept.size();
    for (int i = 0; i < styles.length; i++) {
      if (styles[i] != null) continue;
      while (next < Ink.COLOURS && taken.contains(of(next))) next++;
      styles[i] = of(next++);
    }
    return Stream.of(styles).toList();
  }

  static List<Style> all(List<String> names) {
    return all(List.of(), names);
  }

  Mark mark(double size) {
    return Mark.of(shape, size);
  }
}
