package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Mapping;
import palette.data.io.PrismTalk;
import palette.data.io.PrismTalk.Said;
import palette.data.io.PrismTalk.Turn;
import palette.data.io.Row;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads PRISM: {@code conversations.jsonl} or, as well, {@code utterances.jsonl}; of a folder the
 * first that is there. Two answers of one turn are a pair: the one with the higher score is chosen.
 * Equal scores are ties, since PRISM drew by lot which of them was chosen. A prompt is all that was
 * said before and the question; its id is the conversation's with the turn, {@code "c12/0"}. Later
 * turns contain earlier answers, so split by conversation ({@link
 * Preferences#splitByConversation}). With n answers that make m pairs, each weighs min(1, n/m).
 *
 * <p>Source: Kirk et al. 2024, the codebook of prism-alignment.
 */
public final class PrismReader extends DataReader<Preferences, PrismReader> {
  private static final List<String> NAMES =
      List.of(
          "conversations.jsonl",
          "conversations.jsonl.gz",
          "utterances.jsonl",
          "utterances.jsonl.gz");

  PrismReader(Input input) {
    super(input);
  }

  @Override
  PrismReader with(Input other) {
    return new PrismReader(other);
  }

  @Override
  public Preferences read() {
    var reading = new Reading();
    var notes = new ArrayList<>(input.file(file(input.path())).eachJson(reading::add));
    reading.utterances.forEach(reading::keep);
    var read = reading.builder.build();
    if (read.ties().size() > 0) notes.add(PairsReader.tiesNote(read));
    notes.addAll(reading.notes());
    return read.withNotes(notes);
  }

  private static Path file(Path path) {
    if (!Files.isDirectory(path)) return path;
    for (var name : NAMES) if (Files.exists(path.resolve(name))) return path.resolve(name);
    throw new InputException(
        path.toString(), "one of " + NAMES, "none", "Name the file, or the folder that has it.");
  }

  /** The conversations so far. */
  private static final class Reading {
    private static final String SPLIT =
        "Turns go on from each other: .splitByConversation(...) keeps them on one side.";

    private final PreferencesBuilder builder = Preferences.builder();
    private final Map<String, PrismTalk> utterances = new LinkedHashMap<>();
    private long again;
    private long unsaid;

    private void add(JsonRow row) {
      String conversation = Mapping.NONE.required(row, "conversation_id");
      if (PrismTalk.isWhole(row)) keep(conversation, PrismTalk.of(row));
      else add(row, conversation);
    }

    private void add(Row row, String conversation) {
      String user = Mapping.NONE.required(row, "user_id");
      String question = Mapping.NONE.required(row, "user_prompt");
      int turn = PrismTalk.turn(row);
      if (!row.fields().contains("model_response")) Mapping.NONE.required(row, "model_response");
      var said = PrismTalk.said(row, "model_response");
      var before = utterances.get(conversation);
      if (before != null && !before.user().equals(user)) {
        throw row.refuse("one user a conversation", Row.found(user), "");
      }
      utterances
          .computeIfAbsent(conversation, id -> new PrismTalk(user))
          .add(row, turn, question, said);
    }

    private void keep(String conversation, PrismTalk talk) {
      for (var turn : talk.turns()) keep(talk.user(), conversation + "/" + turn.number(), turn);
    }

    private void keep(String user, String prompt, Turn turn) {
      var said = different(turn.said());
      double weight = weight(said);
      for (int i = 0; i < said.size(); i++) {
        for (int j = i + 1; j < said.size(); j++) {
          boolean higher = said.get(i).score() >= said.get(j).score();
          String better = said.get(higher ? i : j).text();
          var pair = new Comparison(user, prompt, better, said.get(higher ? j : i).text());
          builder.prompt(prompt, turn.asked());
          if (said.get(i).score() == said.get(j).score()) builder.tie(pair);
          else builder.add(pair, weight);
        }
      }
    }

    private List<Said> different(List<Said> said) {
      var seen = new HashSet<String>();
      var kept = new ArrayList<Said>();
      for (var one : said) {
        if (one.text().isBlank() || Double.isNaN(one.score())) unsaid++;
        else if (seen.add(one.text())) kept.add(one);
        else again++;
      }
      return kept;
    }

    private static double weight(List<Said> said) {
      long pairs = 0;
      for (int i = 0; i < said.size(); i++) {
        for (int j = 0; j < i; j++) if (said.get(i).score() != said.get(j).score()) pairs++;
      }
      return pairs == 0 ? 1 : Math.min(1, (double) said.size() / pairs);
    }

    private List<String> notes() {
      var notes = new ArrayList<>(List.of(SPLIT));
      if (again > 0) notes.add(Texts.count(again, "answer") + " repeated in its turn left out.");
      if (unsaid > 0)
        notes.add(Texts.count(unsaid, "answer") + " empty or without a score left out.");
      return notes;
    }
  }
}
