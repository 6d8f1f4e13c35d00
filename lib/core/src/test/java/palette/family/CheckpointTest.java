package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import palette.data.Preferences;
import palette.evaluate.Sweep;
import palette.fit.BasisModel;
import palette.fit.FitSpec;
import palette.reward.Loss;
import palette.support.InputException;

/** A fit that broke off goes on from its checkpoint and ends as one that did not. */
class CheckpointTest {
  private static final int LOOK = 3; // losses that a fit works out to see whether they fall

  private static final Preferences PLAIN = Small.camps(20, 3);
  private static final Preferences ASKED = Small.asked(20, 4);

  @TempDir Path folder;

  /** Breaks off in the middle of the n-th loss that is worked out. */
  private static Loss breaking(int n) {
    return breaking(n, new AtomicInteger());
  }

  private static Loss breaking(int n, AtomicInteger losses) {
    return Loss.of(
        "own",
        m -> {
          if (losses.incrementAndGet() == n) throw new IllegalStateException("broken off");
          return m.neg().exp().add(1).log();
        });
  }

  private static FitSpec<?> small(FitSpec<?> spec) {
    return spec.prototypes(2).epochs(6).batch(100).seed(5).device("cpu");
  }

  static Stream<Arguments> paths() {
    var a = (PalA.Spec) small(PalA.spec().dimension(2));
    var b = (PalB.Spec) small(PalB.spec().dimension(4).threads(2));
    return Stream.of(
        Arguments.of("linear map by hand", a.identity(false), PLAIN),
        Arguments.of("linear map by hand", a.placement(Placement.LATENT), PLAIN),
        Arguments.of("by hand", a.partition(1), PLAIN),
        Arguments.of("", a.mlp(8).dropout(0.3), PLAIN),
        Arguments.of("", a.mlp(8).validation(0), PLAIN),
        Arguments.of("", b.mlp(8).dropout(0.3), ASKED),
        Arguments.of("one graph", b.normalisedMixture().partition(0.5).dropout(0.2).mlp(4), ASKED),
        Arguments.of("reader", small(Mrm.spec()), PLAIN),
        Arguments.of("reader", small(Vpl.spec()), PLAIN),
        Arguments.of("", small(LoRe.spec()), PLAIN));
  }

  @Test
  void aSecondStartGoesOnToo() {
    var spec = small(PalA.spec()).restarts(2);
    var whole = spec.loss(breaking(-1)).fit(PLAIN);
    var file = folder.resolve("fit.checkpoint");
    var losses = new AtomicInteger();
    spec.loss(breaking(-1, losses)).fit(PLAIN);
    var broken = spec.loss(breaking(losses.get() * 3 / 4)).checkpoint(file, 5);
    assertThatThrownBy(() -> broken.fit(PLAIN)).hasMessageContaining("broken off");
    var left = new AtomicInteger();
    same(spec.loss(breaking(-1, left)).checkpoint(file, 5).fit(PLAIN), whole);
    assertThat(left.get()).isLessThan(losses.get() / 3);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void endsWithTheSameBits(String path, FitSpec<?> spec, Preferences answers) {
    var whole = spec.loss(breaking(-1)).fit(answers);
    assertThat(whole.provenance().what().get("path")).contains(path);
    var file = folder.resolve("fit.checkpoint");
    for (int n : new int[] {40, 55, 23}) {
      var broken = spec.loss(breaking(n)).checkpoint(file, 9);
      assertThatThrownBy(() -> broken.fit(answers)).hasMessageContaining("broken off");
    }
    same(spec.loss(breaking(-1)).checkpoint(file, 9).fit(answers), whole);
    same(spec.loss(breaking(LOOK + 1)).checkpoint(file, 9).fit(answers), whole);
  }

  private static void same(BasisModel model, BasisModel whole) {
    assertThat(model.fitted().parameters()).isEqualTo(whole.fitted().parameters());
    assertThat(losses(model)).isEqualTo(losses(whole));
    assertThat(model.provenance()).isEqualTo(whole.provenance());
    assertThat(model.fitted().spec().settings()).isEqualTo(whole.fitted().spec().settings());
  }

  private static List<String> losses(BasisModel model) {
    return model.fitted().history().epochs().stream()
        .map(e -> e.trainLoss() + " " + e.validationLoss() + " " + e.validationAccuracy())
        .toList();
  }

  // ---------------------------------------------------------------------------------- refusals

  private Path brokenOff() {
    var file = folder.resolve("fit.checkpoint");
    var spec = small(PalA.spec()).loss(breaking(20)).checkpoint(file, 3);
    assertThatThrownBy(() -> spec.fit(PLAIN)).hasMessageContaining("broken off");
    return file;
  }

  @Test
  void thatOfAnotherSpecOrDataIsRefusedWithBothNamed() {
    var file = brokenOff();
    var other = small(PalA.spec()).prototypes(3).loss(breaking(-1)).checkpoint(file);
    assertThatThrownBy(() -> other.fit(PLAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("prototypes=3", "prototypes=2", "fit.checkpoint", "delete");
    var same = small(PalA.spec()).loss(breaking(-1)).checkpoint(file);
    assertThatThrownBy(() -> same.fit(Small.camps(20, 9)))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("train=", "validation=");
  }

  @Test
  void thatOfAnotherFitWhichHasEndedIsReplaced() {
    var file = folder.resolve("fit.checkpoint");
    var first = small(PalA.spec()).checkpoint(file);
    first.fit(PLAIN);
    var second = small(PalA.spec()).prototypes(3);
    same(second.checkpoint(file).fit(PLAIN), second.fit(PLAIN));
  }

  @Test
  void aDamagedOneIsRefused() throws IOException {
    var file = brokenOff();
    byte[] whole = Files.readAllBytes(file);
    var spec = small(PalA.spec()).loss(breaking(-1)).checkpoint(file);
    for (int at : new int[] {0, 3, whole.length - 200, whole.length - 1}) {
      byte[] wrong = whole.clone();
      wrong[at] ^= 1;
      Files.write(file, wrong);
      assertThatThrownBy(() -> spec.fit(PLAIN)).isInstanceOf(InputException.class);
      Files.write(file, Arrays.copyOf(whole, at));
      assertThatThrownBy(() -> spec.fit(PLAIN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("Delete the file");
    }
  }

  @Test
  void anInterruptedFitGoesOnWhereItWasInterrupted() {
    var file = folder.resolve("fit.checkpoint");
    var steps = new AtomicInteger();
    var interrupting =
        Loss.of(
            "own",
            m -> {
              if (steps.incrementAndGet() == 50) Thread.currentThread().interrupt();
              return m.neg().exp().add(1).log();
            });
    var cut = small(PalA.spec()).loss(interrupting).checkpoint(file).fit(PLAIN);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cut.fitted().history().interrupted()).isTrue();
    var all = new AtomicInteger();
    var whole = small(PalA.spec()).loss(breaking(-1, all)).fit(PLAIN);
    var left = new AtomicInteger();
    same(small(PalA.spec()).loss(breaking(-1, left)).checkpoint(file).fit(PLAIN), whole);
    assertThat(left.get()).isBetween(all.get() - 55, all.get() - 45);
  }

  @Test
  void anInterruptedEpochHasTheMeanLossOfItsOwnRows() {
    var steps = new AtomicInteger();
    var interrupting =
        Loss.of(
            "own",
            m -> {
              if (steps.incrementAndGet() == LOOK + 1) Thread.currentThread().interrupt();
              return m.neg().exp().add(1).log();
            });
    var cut = small(PalA.spec()).validation(0).batch(20).loss(interrupting).fit(PLAIN);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cut.history().epochs().get(0).trainLoss()).isCloseTo(Math.log(2), within(0.1));
  }

  @Test
  void aStartThatDivergesLeavesTheOthers() {
    var spec = small(PalA.spec()).validation(0).restarts(1);
    var losses = new AtomicInteger();
    var first = spec.loss(breaking(-1, losses)).fit(PLAIN);
    int whole = losses.getAndSet(0);
    var diverging =
        Loss.of(
            "own",
            m -> {
              boolean odd = losses.incrementAndGet() == whole + 1;
              return m.neg().exp().add(1).log().mul(odd ? Float.NaN : 1);
            });
    var both = spec.restarts(2).loss(diverging).fit(PLAIN);
    assertThat(both.fitted().parameters()).isEqualTo(first.fitted().parameters());
    assertThat(losses.get()).isGreaterThan(whole);
  }

  /** A trial of other strengths has a file of its own, which belongs to one fit. */
  @Test
  void aTrialOfAnotherFitIsRefused() {
    var file = folder.resolve("fit.checkpoint");
    var spec = small(PalA.spec()).epochs(200).patience(2).checkpoint(file, 10);
    var losses = new AtomicInteger();
    spec.loss(breaking(-1, losses)).mapPrior(2e-3).identityPrior(2e-3).fit(PLAIN);
    int first = losses.get();
    assertThatThrownBy(
            () -> spec.checkpoint(folder.resolve("two"), 10).loss(breaking(first + 40)).fit(PLAIN))
        .hasMessage("broken off");
    assertThat(folder.resolve("two-beliefs-1")).exists();
    var other = spec.checkpoint(folder.resolve("two"), 10).prototypes(3);
    assertThatThrownBy(() -> other.loss(breaking(-1)).fit(PLAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("beliefs-1");
  }

  // ------------------------------------------------------------------------------- several fits

  @Test
  void aSweepDoesNotFitAgainWhatHasEnded() throws IOException {
    var split = PLAIN.splitByAnswer(0.8, 1);
    var file = folder.resolve("sweep");
    var plan = Sweep.over("prototypes", 1, 2).repeat(2).workers(1);
    Function<Loss, Sweep<Integer>> run =
        loss -> {
          var spec = small(PalA.spec()).loss(loss).checkpoint(file, 2);
          return plan.specs(spec::prototypes).run(split);
        };
    var all = new AtomicInteger();
    var whole =
        plan.specs(k -> small(PalA.spec()).prototypes(k).loss(breaking(-1, all))).run(split);
    var before = new AtomicInteger();
    var breaking = breaking(2 * all.get() / 3, before);
    assertThatThrownBy(() -> run.apply(breaking)).hasMessageContaining("broken off");
    var after = new AtomicInteger();
    var again = run.apply(breaking(-1, after));
    assertThat(again.text()).isEqualTo(whole.text());
    assertThat(before.get() + after.get()).isBetween(all.get(), all.get() + 50);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(4);
    }
  }
}
