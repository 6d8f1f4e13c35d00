package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.reward.History.Epoch;

/** A policy learns on a GPU what it learns on the CPU. */
@Tag("gpu")
class PolicyGpuTest {

  @Test
  void lossesAreThoseOfTheCpu() {
    assumeTrue(CudaUtils.hasCuda(), "DJL sees no GPU");
    assertThat(losses("gpu")).usingComparatorWithPrecision(1e-3).containsExactly(losses("cpu"));
  }

  private static double[] losses(String device) {
    var policy = Policy.spec().epochs(3).device(device).pretrain(Corpus.texts(200, 1));
    return policy.history().epochs().stream().mapToDouble(Epoch::trainLoss).toArray();
  }
}
