package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palette.store.SafeTensors;
import palette.support.InputException;
import palette.support.Seeds;

/** A GPT-2's folder with tokens of its own: here GPT-2's, as ids and merges. */
class BytePairsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode IDS = JSON.createObjectNode(); // what vocab.json holds
  private static final List<String> MERGES = new ArrayList<>();

  private static Vocabulary read;

  @TempDir static Path kept;
  @TempDir Path dir;

  /** The merges are found again: each token is what its bytes become by those before it. */
  @BeforeAll
  static void write() throws IOException {
    var ranks = new LinkedHashMap<String, Integer>();
    var resource = Encodings.class.getResourceAsStream("r50k_base.tiktoken");
    try (var lines = new BufferedReader(new InputStreamReader(resource))) {
      lines
          .lines()
          .forEach(
              line ->
                  ranks.put(letters(Base64.getDecoder().decode(line.split(" ")[0])), ranks.size()));
    }
    ranks.forEach(
        (token, rank) -> {
          IDS.put(token, rank);
          if (token.length() > 1) MERGES.add(String.join(" ", before(token, rank, ranks)));
        });
    IDS.put("<|endoftext|>", 50256);
    read = policy(kept).vocabulary;
  }

  private static List<String> before(String token, int limit, Map<String, Integer> ranks) {
    var parts = new ArrayList<>(List.of(token.split("")));
    while (parts.size() > 2) {
      int best = -1;
      int least = limit;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), limit);
        if (rank < least) {
          least = rank;
          best = i;
        }
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
    return parts;
  }

  private static String letters(byte[] bytes) {
    var text = new StringBuilder();
    for (byte b : bytes) {
      int its = b & 0xff;
      int hidden =
          its <= ' '
              ? its
              : its < 0x7f ? -1 : its <= 0xa0 ? its - 0x7f + 33 : its == 0xad ? 67 : -1;
      text.append((char) (hidden < 0 ? its : 256 + hidden));
    }
    return text.toString();
  }

  private static Policy policy(Path dir) throws IOException {
    var tokens = dir.resolve("vocab.json");
    if (!Files.exists(tokens) && !Files.exists(dir.resolve("tokenizer.json"))) {
      JSON.writeValue(tokens.toFile(), IDS);
      Files.writeString(
          dir.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", MERGES) + "\n");
    }
    var shape = new Gpt(1, 1, 2, 40, 50257, 0, true);
    try (var out = Files.newOutputStream(dir.resolve("model.safetensors"))) {
      SafeTensors.write(out, shape.start(1), Map.of());
    }
    var config = dir.resolve("config.json");
    if (!Files.exists(config)) {
      Files.writeString(
          config,
          "{\"model_type\":\"gpt2\",\"n_layer\":1,\"n_head\":1,\"n_embd\":2,\"n_positions\":40,"
              + "\"vocab_size\":50257}");
    }
    return Policy.load(dir);
  }

  /**
   * Golden ids: of Hugging Face's documentation of GPT2TokenizerFast ("Hello world" with a blank
   * before it or not) and of OpenAI's tiktoken, tests/test_encoding.py ("gpt2": the others).
   */
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Hello world,15496 995",
        " Hello world,18435 995",
        "hello world,31373 995",
        "hello ,31373 220",
        "0,15",
        "00,405",
        "000,830",
        "0000,2388",
        "00000,20483",
        "000000,10535",
        "0000000,24598",
        "00000000,8269",
        "000000000,10535 830",
        "00000000000000,8269 10535",
        "0000000000000000,25645",
        "00000000000000000,8269 10535 830",
        "'',''"
      })
  void tokensAreThoseOfGpt2(String text, String ids) {
    var found = new ArrayList<String>();
    for (int id : read.encode(text)) found.add("" + id);
    assertThat(String.join(" ", found)).isEqualTo(ids);
    assertThat(read.decode(read.encode(text))).isEqualTo(text);
  }

  /** Against jtokkit's own GPT-2, which has no merges. */
  @Test
  void anyTextHasTheSameTokens() {
    var gpt2 = Vocabulary.gpt2();
    var random = Seeds.stream(1, "texts");
    String signs = "aabcdeehinorstt  ..,'\n0129ABé漢\u00ad👍\u00a0\t<|>";
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(30); n >= 0; n--) {
        text.appendCodePoint(signs.codePointAt(random.nextInt(signs.length())));
      }
      String its = text.toString().replaceAll("[\\ud800-\\udfff]", "?");
      assertThat(read.encode(its)).as(its).isEqualTo(gpt2.encode(its));
      assertThat(read.decode(read.encode(its))).isEqualTo(its);
    }
    assertThat(read.start()).isEqualTo(50256);
    assertThat(read.end()).isEqualTo(50256);
    assertThat(read.decode(new int[] {15496, 50256})).isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsATokenizerFileAndComesBackFromItsOwn(boolean pairs) throws IOException {
    var root = JSON.createObjectNode();
    var model = root.putObject("model").put("type", "BPE");
    model.set("vocab", IDS.deepCopy().without("<|endoftext|>"));
    var merges = model.putArray("merges");
    for (var merge : MERGES) {
      if (pairs) merges.addArray().add(merge.split(" ")[0]).add(merge.split(" ")[1]);
      else merges.add(merge);
    }
    root.putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false);
    root.putArray("added_tokens").addObject().put("id", 50256).put("content", "<|endoftext|>");
    JSON.writeValue(dir.resolve("tokenizer.json").toFile(), root);
    var policy = policy(dir);
    assertThat(policy.vocabulary.encode(" Hello world")).containsExactly(18435, 995);

    policy.save(dir.resolve("saved"));
    var back = Policy.load(dir.resolve("saved"));
    assertThat(back.vocabulary.encode(" Hello world")).containsExactly(18435, 995);
    assertThat(back.logProbability("Hello", " world"))
        .isEqualTo(policy.logProbability("Hello", " world"));

    root.putObject("normalizer").put("type", "NFC");
    JSON.writeValue(dir.resolve("tokenizer.json").toFile(), root);
    assertThatThrownBy(() -> Policy.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tokenizer.json: expected byte pairs as GPT-2 has them");
  }

  @Test
  void saysWhatDoesNotFitTogether() throws IOException {
    policy(dir);
    var merges = dir.resolve("merges.txt");
    Files.writeString(merges, Files.readString(merges) + "zz zz\n");
    assertThatThrownBy(() -> Policy.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a token 'zzzz', a byte's or a merge's, found none");
    var tokens = dir.resolve("vocab.json");
    Files.writeString(tokens, Files.readString(tokens).replace(":50256}", ":50257}"));
    assertThatThrownBy(() -> Policy.load(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'<|endoftext|>' numbered below 50257, found 50257");
    Files.delete(merges);
    Files.writeString(tokens, Files.readString(tokens).replace(":50257}", ":50256}"));
    assertThatThrownBy(() -> Policy.load(dir)).hasMessageContaining("merges.txt");
  }
}
