package palette.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import palette.data.Embedder;
import palette.engine.Tensor;
import palette.reward.History;
import palette.store.SafeTensors;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Seeds;
import palette.support.Texts;

/**
 * A small causal language model: P(text) = prod_i P(token_i | what came before). A text may be a
 * prompt, a line break and an answer to it; then P(answer | prompt) is that of the answer's tokens
 * and of the end. Plain numbers, no native memory: it needs no {@code close()} and can be used from
 * any thread.
 *
 * <pre>{@code
 * var base = Policy.spec().layers(2).width(64).pretrain(texts);
 * base.generate("What is ice like?");               // "Ice is cold."
 * base.sample("What is ice like?", 16, Sampling.seed(1).nucleus(.9));
 * base.logProbability("What is ice like?", "Ice is cold.");   // in nats
 * }</pre>
 */
public final class Policy {
  final Gpt shape;
  final Map<String, Tensor> weights;
  final Vocabulary vocabulary;
  private final History history; // null: it comes from elsewhere

  Policy(Gpt shape, Map<String, Tensor> weights, Vocabulary vocabulary, History history) {
    this.shape = shape;
    this.weights = weights;
    this.vocabulary = vocabulary;
    this.history = history;
  }

  /** The defaults: 2 layers, width 64, words, 10 epochs of 256 texts a step. */
  public static PolicySpec spec() {
    return new PolicySpec(
        TuneSpec.settings(10, 256, 1e-3, PolicySpec.LAYERS, PolicySpec.WIDTH, PolicySpec.VOICE),
        null);
  }

  /**
   * A saved model, or one's own folder in GPT-2's form: {@code config.json} and {@code
   * model.safetensors} in float32 with Hugging Face's names, and the tokens in {@code vocab.json}
   * and {@code merges.txt} or in {@code tokenizer.json}; without these they are GPT-2's.
   *
   * @throws InputException if a file is missing, damaged or of another kind
   */
  public static Policy load(Path dir) {
    boolean foreign = Files.exists(dir.resolve(Gpt2Folder.CONFIG));
    return foreign ? Gpt2Folder.read(dir) : PolicyFolder.read(dir);
  }

  /** Writes a folder that {@link #load} reads, whole or not at all. */
  public void save(Path dir) {
    PolicyFolder.write(this, dir);
  }

  /** Trains on with other texts; of the spec only the training's options count. */
  public Policy finetune(List<String> texts, PolicySpec how) {
    var goal = new Likelihood(texts.stream().map(text -> script(null, text)).toList());
    var learned = how.learn("language model", shape, Voices.ONE, weights, goal, false);
    return new Policy(shape, learned.weights(), vocabulary, learned.history());
  }

  /** The cost of texts: nats a token. */
  private record Likelihood(List<Script> texts, double tokens) implements Goal {

    Likelihood(List<Script> texts) {
      this(texts, texts.stream().mapToInt(Script::told).average().orElseThrow());
    }

    @Override
    public int rows() {
      return texts.size();
    }

    @Override
    public List<Script> scripts(int row) {
      return texts.subList(row, row + 1);
    }

    @Override
    public double cost(int row, double[] logProbs, double[] slopes, double[] own) {
      slopes[0] = -1 / tokens;
      return -logProbs[0] / tokens;
    }
  }

  /** What happened in each epoch of its training; null where it comes from elsewhere. */
  public History history() {
    return history;
  }

  /** The same model with somebody's voice. */
  Policy speaking(Tensor voice) {
    var changed = new LinkedHashMap<>(weights);
    changed.put(Gpt.VOICE, voice);
    return with(changed);
  }

  /** The same model with other numbers. */
  Policy with(Map<String, Tensor> other) {
    return new Policy(shape, other, vocabulary, history);
  }

  /** Start, prompt and line break, answer, end; the answer and the end are told. */
  Script script(String prompt, String answer) {
    int[] opening = opening(prompt);
    int[] tokens = joined(opening, vocabulary.encode(answer), new int[] {vocabulary.end()});
    requireShort(tokens.length, answer);
    return new Script(tokens, opening.length, 0);
  }

  private int[] opening(String prompt) {
    int[] said = prompt == null ? new int[0] : vocabulary.encode(prompt + "\n");
    return joined(new int[] {vocabulary.start()}, said);
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  /** The longest text in tokens. */
  private int longest() {
    return shape.positions() - shape.voice();
  }

  private void requireShort(int tokens, String text) {
    if (tokens <= longest()) return;
    throw new InputException(
        "text '" + Texts.shortened(text, 60) + "'",
        "at most " + longest() + " tokens",
        tokens + "",
        "Shorten it, or pretrain with texts as long.");
  }

  // ------------------------------------------------------------------------------- probabilities

  /** log P(answer | prompt) in nats; the prompt may be null. */
  public double logProbability(String prompt, String answer) {
    return logProbabilities(List.of(script(prompt, answer)))[0];
  }

  double[] logProbabilities(List<Script> scripts) {
    try (var run = new PolicyRun(this)) {
      return run.logProbs(scripts);
    }
  }

  /** exp of the mean nats a token, ends of texts among them. */
  public double perplexity(List<String> texts) {
    var scripts = texts.stream().map(text -> script(null, text)).toList();
    double tokens = scripts.stream().mapToInt(Script::told).sum();
    return Math.exp(-Arrays.stream(logProbabilities(scripts)).sum() / tokens);
  }

  // ------------------------------------------------------------------------------------ sampling

  /** The answer of the most probable tokens, one by one; the prompt may be null. */
  public String generate(String prompt) {
    return sample(prompt, 1, Sampling.greedy()).get(0);
  }

  /** Answers to one prompt. The first of them are the same however many are asked for. */
  public List<String> sample(String prompt, int count, Sampling how) {
    return sample(Collections.nCopies(Checks.atLeast(1, "count", count), prompt), how);
  }

  /** An answer to each prompt; one that finds no end is cut where positions end. */
  public List<String> sample(List<String> prompts, Sampling how) {
    return draw(prompts, how).stream().map(this::told).toList();
  }

  /** The answers with their prompts, as tokens. */
  List<Script> draw(List<String> prompts, Sampling how) {
    var answers = prompts.stream().map(prompt -> new Writing(prompt, opening(prompt))).toList();
    for (int i = 0; i < answers.size(); i++) {
      answers.get(i).random = Seeds.stream(how.seed(), "answer " + i);
    }
    try (var run = new PolicyRun(this)) {
      var open = answers;
      while (!open.isEmpty()) {
        float[] logits = run.logits(open.stream().map(Writing::asking).toList()).values();
        for (int i = 0; i < open.size(); i++) open.get(i).write(how, logits, i);
        open = open.stream().filter(writing -> !writing.ended).toList();
      }
    }
    return answers.stream().map(Writing::script).toList();
  }

  /** What a script tells, as text. */
  String told(Script script) {
    return vocabulary.decode(
        Arrays.copyOfRange(script.tokens(), script.from(), script.tokens().length));
  }

  /** An answer under way. */
  private final class Writing {
    private final int opening;
    private int[] tokens;
    private SplittableRandom random;
    private boolean ended;

    Writing(String prompt, int[] opening) {
      this.opening = opening.length;
      this.tokens = opening;
      requireShort(tokens.length + 1, prompt);
    }

    /** The tokens so far, and after them one that is told: which, does not matter. */
    Script asking() {
      return new Script(Arrays.copyOf(tokens, tokens.length + 1), tokens.length, 0);
    }

    void write(Sampling how, float[] logits, int row) {
      int token = how.draw(logits, row, vocabulary.size(), random);
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      tokens[tokens.length - 1] = token;
      ended = token == vocabulary.end() || tokens.length >= longest();
    }

    Script script() {
      return new Script(tokens, opening, 0);
    }
  }

  // ----------------------------------------------------------------------------------- embedding

  /**
   * Texts as the mean of the last layer's states over their tokens, for a reward model of what the
   * policy reads.
   */
  public Embedder embedder() {
    return new Embedder() {
      @Override
      public float[][] embed(List<String> texts) {
        try (var run = new PolicyRun(Policy.this)) {
          return texts.stream()
              .map(text -> mean(run.states(script(null, text))))
              .toArray(float[][]::new);
        }
      }

      @Override
      public int dimension() {
        return shape.width();
      }

      @Override
      public String fingerprint() {
        return "policy " + SafeTensors.sha256(weights);
      }
    };
  }

  private static float[] mean(Tensor states) {
    float[] mean = new float[states.size(1)];
    for (int i = 0; i < states.values().length; i++) {
      mean[i % mean.length] += states.values()[i] / states.size(0);
    }
    return mean;
  }

  @Override
  public String toString() {
    return Texts.format(
        "Policy[%s, width %d, %,d tokens of %s]",
        Texts.count(shape.layers(), "layer"), shape.width(), shape.words(), vocabulary.name());
  }
}
