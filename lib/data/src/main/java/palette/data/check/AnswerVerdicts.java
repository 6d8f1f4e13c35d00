package palette.data.check;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * The verdicts on all users, or on all questions, in order. As a table the found ones come first.
 */
public final class AnswerVerdicts extends AbstractList<AnswerVerdict> implements Tabled {
  private static final int SHOWN = 60;

  private final String what;
  private final List<AnswerVerdict> all;

  AnswerVerdicts(String what, List<AnswerVerdict> all) {
    this.what = what;
    this.all = all;
  }

  @Override
  public AnswerVerdict get(int i) {
    return all.get(i);
  }

  @Override
  public int size() {
    return all.size();
  }

  /** How many are of a kind. */
  public int count(AnswerKind kind) {
    return (int) all.stream().filter(v -> v.kind() == kind).count();
  }

  private String caption() {
    String more = size() > SHOWN ? Texts.format(", %d of them shown", SHOWN) : "";
    return Texts.count(size(), what) + more;
  }

  @Override
  public Sheet sheet() {
    var order = Comparator.comparing((AnswerVerdict v) -> v.found() ? 0 : 1);
    var shown = all.stream().sorted(order).limit(SHOWN).map(AnswerVerdict::cells).toList();
    return new Sheet(caption(), AnswerVerdict.HEADER, shown);
  }

  @Override
  public String toString() {
    return text();
  }
}
