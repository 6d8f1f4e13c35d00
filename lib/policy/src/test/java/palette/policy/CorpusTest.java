package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
  @TempDir Path dir;

  /** 12 who like long answers, then 8 who like short ones. */
  static Map<String, Corpus.Taste> people(String name) {
    var people = new LinkedHashMap<String, Corpus.Taste>();
    for (int i = 1; i <= 20; i++) {
      people.put(name + "-" + i, i <= 12 ? Corpus.Taste.LONG : Corpus.Taste.SHORT);
    }
    return people;
  }

  @Test
  void readsWhatItWrites() {
    for (var text : Corpus.texts(500, 1)) {
      var parts = text.split("\n");
      assertThat(Corpus.read(parts[0], parts[1])).as(text).isPresent();
    }
    assertThat(Corpus.texts(5, 1)).isEqualTo(Corpus.texts(5, 1)).isNotEqualTo(Corpus.texts(5, 2));
    assertThat(Corpus.prompts()).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void knowsLengthKindnessAndTruth() {
    var prompt = "I think ice is warm. Am I right?";
    var told = Corpus.read(prompt, "Listen. Ice is cold.").orElseThrow();
    assertThat(told).isEqualTo(new Corpus.Answer(told.text(), 2, false, false, true));
    var flattered =
        Corpus.read(
                prompt,
                "Good question! You are right, ice is warm. It is used for drinks."
                    + " It is easy to find. Many people like it.")
            .orElseThrow();
    assertThat(flattered).isEqualTo(new Corpus.Answer(flattered.text(), 5, true, true, false));
    assertThat(Corpus.Taste.LONG.gap(flattered, told)).isPositive();
    assertThat(Corpus.Taste.TRUE.gap(flattered, told)).isNegative();
    assertThat(Corpus.Taste.BLUNT.gap(flattered, told)).isNegative();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ice is cold.",
        "Listen. Ice is warm.",
        "Listen. Snow is white.",
        "Listen. Ice is cold",
        "Listen.  Ice is cold.",
        "Listen. You are right, ice is dark.",
        "Listen. Ice is cold. It is used for cakes. It is easy to find. Many people like it.",
        "Listen. Ice is cold. It is used for drinks."
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThat(Corpus.read("I think ice is warm. Am I right?", answer)).isEmpty();
  }

  @Test
  void theSampleFileIsWhatTheCodeWrites() throws IOException {
    var again = dir.resolve("lengths.jsonl");
    Corpus.preferences(people("reader"), 30, 1).write(again);
    var kept = Path.of("data", "lengths.jsonl");
    assertThat(Files.readString(again)).isEqualTo(Files.readString(kept));
  }
}
