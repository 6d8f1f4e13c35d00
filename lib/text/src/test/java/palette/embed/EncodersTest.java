package palette.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Embedder;
import palette.encode.Encoder;
import palette.store.SafeTensors;
import palette.support.InputException;
import palette.support.Seeds;

class EncodersTest {
  private static final List<String> GOLDEN =
      List.of("hello world", "every colour is a mix of a palette");
  // By a forward pass in numpy in double precision, and by ONNX Runtime.
  private static final double[][] FIRST_SIX = {
    {-.0344773, .0310232, .006735, .026109, -.039362, -.1603025},
    {.0652009, -.0198653, .0370563, -.0173152, .0114893, .0552359}
  };

  /** MiniLM by its own numbers, and not by ONNX Runtime. */
  private static Encoder own() {
    return Encoders.miniLm().learned(Map.of(), 128);
  }

  private static void areClose(float[][] found, float[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      for (int c = 0; c < expected[i].length; c++) {
        assertThat(found[i][c]).as("text %d", i).isCloseTo(expected[i][c], within(1e-5f));
      }
    }
  }

  @Test
  void miniLmGivesItsGoldenVectors() {
    float[][] vectors = own().embed(GOLDEN);
    for (int i = 0; i < vectors.length; i++) {
      assertThat(vectors[i]).hasSize(384);
      for (int c = 0; c < 6; c++) {
        assertThat((double) vectors[i][c]).isCloseTo(FIRST_SIX[i][c], within(1e-6));
      }
    }
  }

  /** Made of words and of parts of words, of one word and up to about the 126 that fit. */
  private static List<String> texts(int n) {
    var random = Seeds.stream(6, "texts");
    var texts = new ArrayList<String>(List.of("", "Ünïcödé, 你好, and 🎨🧑🏽‍🎨 too"));
    String[] words =
        "more trees bicycle housing, unaffordability; taxes! the of 2026 palette's".split(" ");
    while (texts.size() < n) {
      int length = 1 + random.nextInt(texts.size() % 10 == 0 ? 45 : 12);
      texts.add(
          String.join(" ", random.ints(length, 0, words.length).mapToObj(w -> words[w]).toList()));
    }
    return texts;
  }

  @Test
  void miniLmIsWhatOnnxRuntimeMakesOfTheSameFile() {
    var texts = texts(100);
    areClose(own().embed(texts), Packaged.MINI_LM.embed(texts));
  }

  @Test
  @Tag("slow")
  void aThousandTextsAreAsOnnxRuntimeHasThem() {
    var texts = texts(1000);
    areClose(own().embed(texts), Packaged.MINI_LM.embed(texts));
  }

  @Test
  void whatLiesBeyondTheLengthIsNotRead() {
    var five = Encoders.miniLm().learned(Map.of(), 5);
    assertThat(five.embed(List.of("more trees and fewer cars")))
        .isEqualTo(own().embed(List.of("more trees and")));
    String words = String.join(" ", Collections.nCopies(600, "tree"));
    assertThat(Encoders.miniLm().tokens(words, 1000)).hasSize(512);
  }

  @Test
  void aSavedModelFindsTheEncoderByItsName() {
    assertThat(Embedder.Source.anywhere(Encoders.miniLm().fingerprint()))
        .containsSame(Encoders.miniLm());
  }

  private static Path folder(Path dir) throws IOException {
    var out = Files.createDirectories(dir.resolve("own"));
    Files.writeString(
        out.resolve("config.json"),
        "{\"model_type\": \"bert\", \"hidden_act\": \"gelu\", \"hidden_size\": 384,"
            + " \"max_position_embeddings\": 512, \"num_attention_heads\": 12,"
            + " \"layer_norm_eps\": 1e-12}");
    Files.write(out.resolve("tokenizer.json"), Packaged.MINI_LM.words());
    try (var file = Files.newOutputStream(out.resolve("model.safetensors"))) {
      SafeTensors.write(file, Encoders.miniLm().backbone().weights(), Map.of());
    }
    return out;
  }

  @Test
  void aFolderOfOnesOwnIsReadTheSameWay(@TempDir Path dir) throws IOException {
    var folder = folder(dir);
    assertThat(Encoders.folder(folder).embed(GOLDEN)).isEqualTo(own().embed(GOLDEN));
    String fingerprint = Encoders.folder(folder).fingerprint();
    assertThat(fingerprint).startsWith("own-");
    Files.createDirectories(folder.resolve("1_Pooling"));
    var pooling = folder.resolve("1_Pooling/config.json");
    Files.writeString(
        pooling, "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    var first = Encoders.folder(folder);
    assertThat(first.embed(GOLDEN)).isNotEqualTo(own().embed(GOLDEN));
    assertThat(first.fingerprint()).isNotEqualTo(fingerprint);
    Files.writeString(
        pooling, "{\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": true}");
    assertThatThrownBy(() -> Encoders.folder(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pooling_mode_max_tokens");
    Files.delete(pooling);
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"roberta\"}");
    assertThatThrownBy(() -> Encoders.folder(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("roberta");
    assertThatThrownBy(() -> Encoders.folder(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void aTornFileIsNamed() {
    byte[] half = ByteBuffer.allocate(9).put((byte) 0x3a).put((byte) 100).array();
    assertThatThrownBy(() -> OnnxWeights.read("half.onnx", half))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("half.onnx");
  }
}
