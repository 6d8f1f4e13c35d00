package palette.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import palette.data.Preferences;
import palette.policy.Corpus;
import palette.policy.Dpo;
import palette.policy.Policy;
import palette.policy.Vocabulary;
import palette.reward.History;
import palette.support.Texts;

/**
 * An epoch of the small language model, 2,000 texts of the corpus, 32 a step, beside a GPT of the
 * same sizes in PyTorch that reads the same tokens; and an epoch of MixDPO beside one of DPO. All
 * in turns, ratios turn by turn.
 */
final class PolicyBench {
  private static final int EPOCHS = 4; // the first is not counted
  private static final int BATCH = 32;
  private static final Path TOKENS = Path.of("target", "bench", "policy.json");

  private PolicyBench() {}

  static void on(Device device) throws IOException {
    System.out.println("\n| an epoch | s | ratio (range) | of |");
    System.out.println("|---|---|---|---|");
    var texts = Corpus.texts(2000, 1);
    var spec = Policy.spec().epochs(EPOCHS).batch(BATCH).device(device.getDeviceType());
    var python = Python.find().map(Python::fastest);
    if (python.isPresent()) {
      write(texts);
      var peer = Python.script("policy_peer.py");
      int cores = Runtime.getRuntime().availableProcessors();
      row(
          "small language model",
          "PyTorch, " + cores + " threads",
          () -> seconds(spec.pretrain(texts).history()),
          () -> {
            String there = Python.name(device);
            var line = python.get().json(peer, TOKENS, EPOCHS, BATCH, cores, there);
            return line.get("seconds").asDouble();
          });
    }
    var base = spec.pretrain(texts);
    var tastes = new LinkedHashMap<String, Corpus.Taste>();
    for (int u = 0; u < 20; u++) {
      tastes.put("reader-" + u, u < 12 ? Corpus.Taste.LONG : Corpus.Taste.SHORT);
    }
    var answers = Corpus.preferences(tastes, 40, 1);
    var dpo = Dpo.of(base).epochs(EPOCHS).device(device.getDeviceType());
    mixed("log-normal, 16 draws", dpo.logNormalDraws(), dpo, answers);
    mixed("log-normal, exact", dpo.logNormal(), dpo, answers);
    mixed("Gamma", dpo.gamma(), dpo, answers);
  }

  private static void mixed(String name, Dpo mixed, Dpo plain, Preferences answers) {
    row(
        "MixDPO, " + name,
        "DPO",
        () -> seconds(mixed.train(answers).history()),
        () -> seconds(plain.train(answers).history()));
  }

  private static double seconds(History history) {
    double[] all = history.epochs().stream().skip(1).mapToDouble(e -> e.seconds()).toArray();
    return Peers.median(all);
  }

  private static void row(String what, String of, DoubleSupplier ours, DoubleSupplier theirs) {
    double[] seconds = new double[Turns.COUNT];
    double[] ratios = new double[Turns.COUNT];
    ours.getAsDouble(); // the JVM compiles its loops
    for (int turn = 0; turn < Turns.COUNT; turn++) {
      seconds[turn] = ours.getAsDouble();
      ratios[turn] = seconds[turn] / theirs.getAsDouble();
    }
    Arrays.sort(ratios);
    System.out.println(
        Texts.format(
            "| %s | %.2f | %.3f (%.3f-%.3f) | %s |",
            what,
            Peers.median(seconds),
            Peers.median(ratios),
            ratios[0],
            ratios[ratios.length - 1],
            of));
  }

  /** Each text's tokens with start and end, and how many there are. */
  private static void write(List<String> texts) throws IOException {
    var words = Vocabulary.words(texts);
    var all = new ArrayList<int[]>();
    for (var text : texts) {
      int[] its = words.encode().apply(text);
      int[] whole = new int[its.length + 2];
      whole[0] = words.start();
      System.arraycopy(its, 0, whole, 1, its.length);
      whole[its.length + 1] = words.end();
      all.add(whole);
    }
    Files.createDirectories(TOKENS.getParent());
    new ObjectMapper().writeValue(TOKENS.toFile(), Map.of("words", words.size(), "texts", all));
  }
}
