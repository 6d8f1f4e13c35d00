package palette.policy;

import java.util.List;
import palette.fit.ChainedSpec;
import palette.reward.Option;
import palette.reward.Settings;
import palette.support.Checks;

/** Describes a small language model, trained from nothing. */
public final class PolicySpec extends TuneSpec<PolicySpec> {
  static final Option<Integer> LAYERS = Option.of("layers", 2);
  static final Option<Integer> WIDTH = Option.of("width", 64);
  static final Option<Integer> VOICE = Option.of("voice", 1);
  private static final int HEAD = 16; // numbers of a head of attention

  private final Vocabulary vocabulary; // null: the words of the texts

  PolicySpec(Settings settings, Vocabulary vocabulary) {
    super(settings);
    this.vocabulary = vocabulary;
  }

  @Override
  PolicySpec with(Settings other) {
    return new PolicySpec(other, vocabulary);
  }

  /** Layers of attention and MLP. */
  public PolicySpec layers(int count) {
    return with(LAYERS, Checks.atLeast(1, "layers", count));
  }

  /** The length of a token's vector, a multiple of 16; so many numbers has each head. */
  public PolicySpec width(int numbers) {
    Checks.require(numbers > 0 && numbers % HEAD == 0, "width", "a multiple of 16", numbers);
    return with(WIDTH, numbers);
  }

  /** How many soft tokens say who speaks; none where users shall have no voices. */
  public PolicySpec voice(int tokens) {
    return with(VOICE, Checks.atLeast(0, "voice", tokens));
  }

  /** The tokens; the words of the texts unless it is said here. */
  public PolicySpec vocabulary(Vocabulary other) {
    return new PolicySpec(settings, other);
  }

  /** A model of texts, of which the longest says how long a text may be. */
  public Policy pretrain(List<String> texts) {
    Checks.notEmpty("texts", texts);
    var words = vocabulary == null ? Vocabulary.words(texts) : vocabulary;
    int longest = texts.stream().mapToInt(text -> words.encode(text).length).max().orElseThrow();
    int width = get(WIDTH);
    int positions = get(VOICE) + 2 + longest;
    var shape =
        new Gpt(get(LAYERS), width / HEAD, width, positions, words.size(), get(VOICE), false);
    return new Policy(shape, shape.start(get(ChainedSpec.SEED)), words, null).finetune(texts, this);
  }
}
