package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Embedder;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.data.Split;
import palette.evaluate.Evaluation;
import palette.family.PalA;

/** Texts in a language that the encoder never learned, and conversations that do without it. */
class StrangeTextsTest {
  private static final List<String> ENGLISH =
      List.of(
          "The city should build more bicycle lanes.",
          "Cars do not belong in the old town.",
          "We need more affordable housing downtown.",
          "The swimming pool must not be closed.",
          "Trees along our streets make summers bearable.",
          "I do not feel safe at the station at night.");
  private static final List<String> GERMAN =
      List.of(
          "Die Stadt soll mehr Fahrradwege bauen, auch wenn dafür Parkplätze wegfallen.",
          "Der öffentliche Nahverkehr muss für alle kostenlos sein.",
          "Wir brauchen mehr bezahlbare Wohnungen in der Innenstadt.",
          "Autos gehören nicht in die Altstadt.",
          "Das Schwimmbad darf nicht geschlossen werden.",
          "Jugendliche sollen ab sechzehn Jahren wählen dürfen.",
          "Die Grundschule braucht ein neues Dach.",
          "Mehr Bäume an den Straßen machen den Sommer erträglich.",
          "Ich fühle mich abends am Bahnhof nicht sicher.",
          "Windräder zerstören die Landschaft.");
  private static final List<String> CHINESE =
      List.of(
          "城市应该修建更多的自行车道。",
          "公共交通应该对所有人免费。",
          "我们需要更多负担得起的住房。",
          "老城区不应该允许汽车进入。",
          "游泳池不能关闭。",
          "十六岁的青年应该有投票权。",
          "小学需要一个新的屋顶。",
          "街道上需要更多的树木。",
          "晚上在火车站我感到不安全。",
          "风力发电机破坏了风景。");

  @TempDir Path folder;

  static List<List<String>> others() {
    return List.of(GERMAN, CHINESE);
  }

  /** One that has said nothing yet. */
  private static Embedder fresh() {
    var from = Packaged.MINI_LM;
    var session =
        new OnnxSession("MiniLM", false, (ort, how) -> ort.createSession(from.weights(), how));
    return new SentenceEncoder(from.tokens(), session, "fresh");
  }

  private static String said(Runnable work) {
    var before = System.err;
    var heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return heard.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("others")
  void anotherLanguageIsSaidOnceWithWhatToUse(List<String> texts) {
    var encoder = fresh();
    assertThat(said(() -> encoder.embed(texts)))
        .startsWith("10 of 10 texts have few words that fresh knows, such as \"")
        .contains(texts.get(0).substring(0, 10), "ids", "Embedders.onnx(model, tokenizer)");
    assertThat(said(() -> encoder.embed(texts))).isEmpty();
  }

  @Test
  void whoWritesEnglishAndAFewOthersHearNothing() {
    var encoder = fresh();
    assertThat(said(() -> encoder.embed(ENGLISH))).isEmpty();
    assertThat(said(() -> encoder.embed(GERMAN.subList(0, 4)))).isEmpty();
    var many = new ArrayList<String>();
    for (int i = 0; i < 6; i++) ENGLISH.forEach(text -> many.add(text + " And " + many.size()));
    many.addAll(GERMAN.subList(0, 6));
    assertThat(said(() -> encoder.embed(many))).isEmpty();
    many.addAll(GERMAN);
    assertThat(said(() -> encoder.embed(many))).startsWith("16 of 52 texts");
  }

  // ---------------------------------------------------------------------------- known by their ids

  /** Sixty people of two camps, who want the opposite and err in one vote of ten. */
  private static Split<Preferences> votes(List<String> statements) {
    var random = new SplittableRandom(3);
    var votes = Judgements.builder();
    for (int who = 0; who < 60; who++) {
      for (int s = 0; s < statements.size(); s++) {
        boolean agrees = (s + who) % 2 == 0 ^ random.nextInt(10) == 0;
        votes.add("person " + who, statements.get(s), agrees ? 1 : -1);
      }
    }
    var parts = votes.build().splitByAnswer(0.7, 7);
    return new Split<>(parts.train().pairs(), parts.test().pairs(), parts.rule(), parts.seed());
  }

  @ParameterizedTest
  @MethodSource("others")
  void aConversationInAnyLanguageWorksByIds(List<String> statements) {
    var answers = votes(statements);
    var spec = PalA.spec().prototypes(2).dimension(2).seed(1);
    var byId = spec.fit(answers.train());
    assertThat(Evaluation.of(byId, answers.test()).accuracy()).isGreaterThan(0.8);
    byId.save(folder.resolve("model"));
    var loaded = PalA.load(folder.resolve("model"));
    assertThat(loaded.items().ids()).containsExactlyInAnyOrderElementsOf(statements);
    assertThat(loaded.margins(answers.test())).isEqualTo(byId.margins(answers.test()));
    // What MiniLM reads in them does no harm where each item has numbers of its own.
    var read = spec.embedder(Embedders.miniLm()).fit(answers.train());
    assertThat(Evaluation.of(read, answers.test()).accuracy()).isGreaterThan(0.8);
  }
}
