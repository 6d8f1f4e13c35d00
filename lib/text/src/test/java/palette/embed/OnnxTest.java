package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.InputException;

class OnnxTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path tokenizer;

  @BeforeAll
  static void takeMiniLmFromItsJar() throws IOException {
    model = Files.write(folder.resolve("mine.onnx"), Packaged.MINI_LM.weights());
    tokenizer = Files.write(folder.resolve("tokenizer.json"), Packaged.MINI_LM.words());
  }

  @Test
  void theSameFilesGiveTheSameBits() {
    var mine = SentenceEncoder.fromFiles(model, tokenizer);
    var texts = List.of("Parks for all", "", "Lower the rent 🏠");
    assertThat(mine.dimension()).isEqualTo(384);
    assertThat(mine.embed(texts)).isDeepEqualTo(Packaged.MINI_LM.embed(texts));
    assertThat(mine.fingerprint()).matches("mine.onnx-[0-9a-f]{16}");
    assertThat(mine.batches()).isTrue();
  }

  @Test
  void anotherTokenizerIsAnotherFingerprint() throws IOException {
    var a = ModelHash.ofFiles(model, Files.readAllBytes(tokenizer));
    var b = ModelHash.ofFiles(model, new byte[] {1});
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void tensorsKeptBesideTheModelCount() throws IOException {
    var small = Files.writeString(folder.resolve("small.onnx"), "m");
    var before = ModelHash.ofFiles(small, new byte[0]);
    Files.writeString(folder.resolve("small.onnx_data"), "weights");
    assertThat(ModelHash.ofFiles(small, new byte[0])).isNotEqualTo(before);
  }

  @Test
  void aTokenizerWithoutALimitMeansPiecesOf512() {
    var json = new String(Packaged.MINI_LM.words(), StandardCharsets.UTF_8);
    json = json.replaceFirst("(?s)\"truncation\": \\{.*?\\n  }", "\"truncation\": null");
    json = json.replaceFirst("(?s)\"padding\": \\{.*?\\n  }", "\"padding\": null");
    var tokens = new Tokens("no limit", json.getBytes(StandardCharsets.UTF_8), "");
    assertThat(tokens.longest()).isEqualTo(512);
    var pieces = tokens.pieces("housing ".repeat(700));
    assertThat(pieces.stream().map(piece -> piece.length)).containsExactly(512, 192);
  }

  @Test
  void aMissingModelIsNamed() {
    assertThatThrownBy(() -> Embedders.onnx(folder.resolve("none.onnx"), tokenizer))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.onnx: expected a sentence encoder in ONNX format")
        .hasMessageEndingWith("found no such file or folder. Check the path.");
  }

  @Test
  void aMissingTokenizerIsNamed() {
    assertThatThrownBy(() -> Embedders.onnx(model, folder.resolve("none.json")))
        .hasMessageContaining(
            "none.json: expected a tokenizer.json, found no such file or folder.");
  }

  @Test
  void garbageForAModelIsNamed() throws IOException {
    var garbage = Files.writeString(folder.resolve("garbage.onnx"), "not a model");
    assertThatThrownBy(() -> Embedders.onnx(garbage, tokenizer))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("garbage.onnx: expected a sentence encoder in ONNX format, found");
  }

  @Test
  void garbageForATokenizerIsNamed() throws IOException {
    var garbage = Files.writeString(folder.resolve("garbage.json"), "{\"not\": 1}");
    assertThatThrownBy(() -> Embedders.onnx(model, garbage))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("garbage.json: expected a tokenizer.json of Hugging Face's");
  }
}
