package palette.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.RemeshFiles;
import palette.data.io.Row;
import palette.support.Texts;

/**
 * Reads who agreed with which answer in a collective dialogue of Remesh: {@code ..._binary.csv}
 * and, beside it, {@code ..._verbatim_map.csv} with the texts. The value is +1 for agree and -1 for
 * disagree. Answers to several questions are hardly to be compared: {@link #question} takes those
 * to one.
 */
public final class RemeshVotesReader extends DataReader<Judgements, RemeshVotesReader> {
  private final String question; // null: all

  RemeshVotesReader(Input input) {
    this(input, null);
  }

  private RemeshVotesReader(Input input, String question) {
    super(input);
    this.question = question;
  }

  @Override
  RemeshVotesReader with(Input other) {
    return new RemeshVotesReader(other, question);
  }

  /** Only votes on the answers to this question, by its text or its id. */
  public RemeshVotesReader question(String textOrId) {
    return new RemeshVotesReader(input, textOrId);
  }

  @Override
  public Judgements read() {
    var notes = new ArrayList<String>();
    var reading = new Reading(RemeshFiles.of(input, notes));
    notes.addAll(reading.files.each("binary", reading::add));
    return reading.judgements(notes);
  }

  /** The votes so far. */
  private final class Reading {
    private final RemeshFiles files;
    private final Judgements.Builder builder = Judgements.builder();
    private final Set<String> asked = new HashSet<>();
    private long others;

    private Reading(RemeshFiles files) {
      this.files = files;
    }

    private void add(Row row) {
      String user = Mapping.NONE.required(row, "Participant ID");
      String about = Mapping.NONE.required(row, "Question ID");
      String item = Mapping.NONE.required(row, "Thought ID");
      int vote = vote(row);
      if (question != null && !question.equals(about) && !question.equals(text(about))) {
        others++;
        return;
      }
      asked.add(about);
      builder.item(item, files.answers().get(item)).add(user, item, vote);
    }

    private String text(String about) {
      return files.questions().get(about);
    }

    private static int vote(Row row) {
      String written = Mapping.NONE.required(row, "Vote");
      if (written.equals("Agree")) return 1;
      if (written.equals("Disagree")) return -1;
      throw row.refuse("Agree or Disagree in 'Vote'", Row.found(written), "");
    }

    private Judgements judgements(List<String> notes) {
      var read = builder.build();
      if (others > 0) notes.add(Texts.count(others, "vote") + " on other questions left out.");
      if (asked.size() > 1) {
        String what = "Votes on the answers to " + asked.size() + " questions";
        notes.add(what + "; .question(\"...\") takes those to one.");
      }
      TableReader.noteRepeats(read, notes);
      return read.withNotes(notes);
    }
  }
}
