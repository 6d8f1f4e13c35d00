package palette.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import palette.behaviour.Judge;

class PolicyGradientTest {

  /** Over three answers it goes to base exp(reward / beta) / Z. */
  @Test
  void goesToTheClosedForm() {
    var texts = new ArrayList<String>();
    texts.addAll(Collections.nCopies(10, "ask\none."));
    texts.addAll(Collections.nCopies(6, "ask\ntwo."));
    texts.addAll(Collections.nCopies(4, "ask\nthree."));
    var spec = Policy.spec().layers(1).width(16).epochs(250).rate(5e-3).threads(1);
    var base = spec.pretrain(texts);
    var answers = List.of("one.", "two.", "three.");
    double[] reward = {1, 0, 2};
    Judge judge =
        (prompt, items) ->
            items.stream()
                .mapToDouble(item -> answers.contains(item) ? reward[answers.indexOf(item)] : -5)
                .toArray();
    var way = PolicyGradient.of(base).beta(1).answers(100).steps(100).rate(3e-3);
    var course = way.train(List.of("ask"), judge);
    double[] expected = new double[3];
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      expected[i] = Math.exp(base.logProbability("ask", answers.get(i)) + reward[i]);
      sum += expected[i];
    }
    for (int i = 0; i < 3; i++) {
      double found = Math.exp(course.policy().logProbability("ask", answers.get(i)));
      assertThat(found).as(answers.get(i)).isCloseTo(expected[i] / sum, within(.02));
    }
    double nats = expected[0] / sum + 2 * expected[2] / sum - Math.log(sum);
    var late = course.rounds().subList(60, 100).stream();
    double seen = late.mapToDouble(PolicyGradient.Round::divergence).average().orElseThrow();
    assertThat(seen).isCloseTo(nats, within(.1));
    assertThat(course.rounds().get(0).divergence()).isCloseTo(0, within(1e-6));
    assertThat(course.rounds().get(99).said().get(0)).hasSize(100);
  }
}
