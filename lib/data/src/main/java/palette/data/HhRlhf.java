package palette.data;

import palette.data.io.Input;
import palette.data.io.Row;

/** Anthropic's HH-RLHF; see {@link Preferences#hhRlhf}. */
final class HhRlhf {
  private static final String TURN = "\n\nAssistant:";

  private HhRlhf() {}

  static Preferences read(Input input) {
    var intake = new Intake();
    return intake.preferences(input.each(row -> add(row, intake)));
  }

  private static void add(Row row, Intake intake) {
    String chosen = row.required("chosen");
    String rejected = row.required("rejected");
    int turn = chosen.substring(0, shared(chosen, rejected)).lastIndexOf(TURN);
    if (turn < 0) {
      throw row.refuse("a dialogue with 'Assistant:' that both share", Row.found(chosen), "");
    }
    int from = turn + TURN.length();
    String better = chosen.substring(from).strip();
    String worse = rejected.substring(from).strip();
    if (!intake.keeps(better, worse)) return;
    intake.answers.add(new Comparison("everyone", chosen.substring(0, from), better, worse));
  }

  private static int shared(String a, String b) {
    int n = 0;
    while (n < a.length() && n < b.length() && a.charAt(n) == b.charAt(n)) n++;
    return n;
  }
}
