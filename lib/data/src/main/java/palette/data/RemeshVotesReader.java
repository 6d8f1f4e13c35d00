package palette.data;

import java.util.HashSet;
import java.util.Set;
import palette.data.io.Input;
import palette.data.io.Row;

/**
 * Reads who agreed with which answer in a collective dialogue of Remesh: {@code ..._binary.csv}
 * and, beside it, {@code ..._verbatim_map.csv} with the texts. The value is +1 for agree and -1 for
 * disagree. Answers to several questions are hardly to be compared: {@link #question} takes those
 * to one.
 */
public final class RemeshVotesReader extends DataReader<Judgements, RemeshVotesReader> {
  private String question; // null: all

  RemeshVotesReader(Input input) {
    super(input);
  }

  /** Only votes on the answers to this question, by its text or its id. */
  public RemeshVotesReader question(String textOrId) {
    return with(r -> r.question = textOrId);
  }

  @Override
  public Judgements read() {
    var files = new Remesh(input);
    var intake = new Intake();
    var asked = new HashSet<String>();
    files.each("binary", row -> add(row, files, intake, asked));
    if (asked.size() > 1) {
      String what = "Votes on the answers to " + asked.size() + " questions";
      files.notes.add(what + "; .question(\"...\") takes those to one.");
    }
    return intake.judgements(files.notes, true);
  }

  private void add(Row row, Remesh files, Intake intake, Set<String> asked) {
    String user = row.required("Participant ID");
    String about = row.required("Question ID");
    String item = row.required("Thought ID");
    String vote = row.required("Vote");
    if (!vote.equals("Agree") && !vote.equals("Disagree")) {
      throw row.refuse("Agree or Disagree in 'Vote'", Row.found(vote), "");
    }
    String text = files.questions.get(about);
    if (question != null && !question.equals(about) && !question.equals(text)) {
      intake.leave(1, "vote", " on other questions left out.");
      return;
    }
    asked.add(about);
    double value = vote.equals("Agree") ? 1 : -1;
    intake.judgements.item(item, files.answers.get(item)).add(user, item, value);
  }
}
