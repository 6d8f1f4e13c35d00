package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.behaviour.BestOfN;
import palette.behaviour.Judge;
import palette.data.Preferences;
import palette.evaluate.Evaluation;
import palette.family.PalB;
import palette.fit.BasisModel;
import palette.reward.Scorer;

/**
 * 12 readers like long answers and 8 short ones: one policy for all serves the majority, voices of
 * their own serve everybody. The readers here are others than those that defaults were chosen on.
 */
@Tag("slow")
class LengthTest {
  private static final Map<String, Corpus.Taste> READERS = CorpusTest.people("reader");
  private static final Preferences TRAIN = Corpus.preferences(READERS, 40, 61);
  private static final Preferences TEST = Corpus.preferences(READERS, 15, 62);

  private static Policy base;

  @BeforeAll
  static void pretrain() {
    var texts = Corpus.texts(2000, 63);
    var spec = Policy.spec().epochs(14).rate(5e-3);
    base = spec.pretrain(texts).finetune(texts, spec.epochs(6).rate(1e-3));
    assertThat(base.perplexity(Corpus.texts(200, 64))).isLessThan(1.35);
    assertThat(grammatical(base)).isGreaterThanOrEqualTo(.95);
  }

  private static double grammatical(Policy policy) {
    return read(policy, false);
  }

  private static double longShare(Policy policy) {
    return read(policy, true);
  }

  /** The share of the most probable answers that is grammatical, or of those the long ones'. */
  private static double read(Policy policy, boolean length) {
    var prompts = Corpus.prompts();
    var answers = policy.sample(prompts, Sampling.greedy());
    double read = 0;
    double isLong = 0;
    for (int i = 0; i < prompts.size(); i++) {
      var answer = Corpus.read(prompts.get(i), answers.get(i));
      read += answer.isPresent() ? 1 : 0;
      isLong += answer.filter(Corpus.Answer::isLong).isPresent() ? 1 : 0;
    }
    return length ? isLong / read : read / prompts.size();
  }

  private static double accuracy(Scorer model, Corpus.Taste taste) {
    var some = TEST.where(row -> READERS.get(TEST.users().id(TEST.user(row))) == taste);
    return Evaluation.of(model, some).accuracy();
  }

  @Test
  void onePolicyServesTheMajority() {
    var tuned = Dpo.of(base).train(TRAIN);
    assertThat(Evaluation.of(tuned, TEST).accuracy()).isCloseTo(.6, within(.05));
    assertThat(accuracy(tuned, Corpus.Taste.LONG)).isGreaterThanOrEqualTo(.95);
    assertThat(accuracy(tuned, Corpus.Taste.SHORT)).isLessThanOrEqualTo(.05);
    assertThat(grammatical(tuned.policy())).isGreaterThanOrEqualTo(.95);
  }

  @Test
  void voicesOfTheirOwnServeEverybody() {
    serves(Dpo.of(base).individual().epochs(8).sft(2).train(TRAIN));
  }

  @Test
  void sharedVoicesServeEverybody() {
    serves(Dpo.of(base).clusters(2).epochs(8).sft(2).train(TRAIN));
  }

  private static void serves(Aligned tuned) {
    for (var taste : new Corpus.Taste[] {Corpus.Taste.LONG, Corpus.Taste.SHORT}) {
      assertThat(accuracy(tuned, taste)).as("" + taste).isGreaterThanOrEqualTo(.95);
      var said = Corpus.preferences(Map.of("new", taste), 30, 5);
      var placed = tuned.place(said.where(row -> row < 10));
      var later = said.where(row -> row >= 10);
      assertThat(Evaluation.of(placed, later).accuracy()).isGreaterThanOrEqualTo(.95);
    }
    var all = READERS.keySet().stream().mapToDouble(reader -> grammatical(tuned.policy(reader)));
    assertThat(all.average().orElseThrow()).as("grammatical").isGreaterThanOrEqualTo(.95);
    assertThat(longShare(tuned.policy("reader-1"))).isGreaterThanOrEqualTo(.95);
    assertThat(longShare(tuned.policy("reader-20"))).isLessThanOrEqualTo(.05);
  }

  /** PAL-B on what the policy reads picks one of eight answers by each reader's own reward. */
  @Test
  void theBestOfEightByPalServesEverybody() {
    var pal = pal();
    assertThat(accuracy(pal, Corpus.Taste.LONG)).isGreaterThanOrEqualTo(.95);
    assertThat(accuracy(pal, Corpus.Taste.SHORT)).isGreaterThanOrEqualTo(.95);
    double served = 0;
    for (var reader : READERS.keySet()) {
      for (var prompt : Corpus.prompts().subList(0, 10)) {
        var drawn = base.sample(prompt, 8, Sampling.seed(1)).stream().distinct().toList();
        var best = pal.rank(reader, prompt, drawn).get(0).item();
        boolean wanted = READERS.get(reader) == Corpus.Taste.LONG;
        var read = Corpus.read(prompt, best).filter(answer -> answer.isLong() == wanted);
        served += read.isPresent() ? 1 : 0;
      }
    }
    assertThat(served / 200).isGreaterThanOrEqualTo(.95);
  }

  private static BasisModel pal() {
    return PalB.spec().prototypes(2).embedder(base.embedder()).fit(TRAIN);
  }

  /**
   * A reader's own reward, climbed by policy gradient: no farther than best of sixteen would go.
   */
  @Test
  void theGradientOfAReadersRewardServesTheReader() {
    var pal = pal();
    Judge judge = (prompt, items) -> pal.rewards("reader-20", prompt, items);
    var course = PolicyGradient.of(base).steps(12).train(Corpus.prompts(), judge);
    var first = course.rounds().get(0);
    var last = course.rounds().get(11);
    assertThat(last.reward()).isGreaterThan(first.reward() + 2);
    assertThat(last.divergence()).isBetween(.1, BestOfN.divergence(16));
    assertThat(grammatical(course.policy())).isGreaterThanOrEqualTo(.95);
    assertThat(longShare(course.policy())).isLessThanOrEqualTo(.05);
  }

  /** The index of how unlike people are falls where they are alike. */
  @Test
  void theStrengthVariesLessWherePeopleAgree() {
    var readers = new HashMap<>(READERS);
    readers.replaceAll((reader, taste) -> Corpus.Taste.LONG);
    var agreeing = Corpus.preferences(readers, 40, 23);
    var spec = Dpo.of(base).gamma();
    double agree = spec.train(agreeing).strengthVariation();
    double differ = spec.train(TRAIN).strengthVariation();
    assertThat(agree).isLessThan(.1);
    assertThat(differ).isGreaterThan(2 * agree).isGreaterThan(.1);
  }
}
