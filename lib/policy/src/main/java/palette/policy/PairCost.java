package palette.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import palette.data.Catalog;
import palette.data.Preferences;

/**
 * The cost of preferences: of each row {@code alpha l(t_u) + (1 - alpha) l(t_0)}, with t by the
 * voice of who answered and by the generic one (arXiv 2402.05133, eq. 6), and a share of the nats a
 * token of the chosen answer by the same voices.
 */
final class PairCost implements Goal {
  private final List<Script[]> rows = new ArrayList<>(); // chosen and rejected by u, then by 0
  private final double[] references; // of each row, log ref(chosen) - log ref(rejected)
  private final double[] weights;
  private final double[] own; // log beta and log variation, where they are learned
  private final double fixed; // beta, where not
  private final PairLoss loss;
  private final double alpha;
  private final double sft;

  /** {@code who} are the users in the order of their voices. */
  PairCost(Dpo spec, Preferences answers, Catalog who, double alpha, double sft) {
    this.loss = spec.loss;
    this.alpha = alpha;
    this.sft = sft;
    this.own = loss.start(spec.get(Dpo.BETA));
    this.fixed = spec.get(Dpo.BETA);
    var reference = spec.base;
    this.weights = spec.weights(answers);
    boolean personal = spec.voices != Voices.ONE;
    var chosen = scripts(reference, answers, true);
    var rejected = scripts(reference, answers, false);
    double[] ofChosen = reference.logProbabilities(chosen);
    double[] ofRejected = reference.logProbabilities(rejected);
    references = new double[answers.size()];
    for (int row = 0; row < references.length; row++) {
      references[row] = ofChosen[row] - ofRejected[row];
      int u = personal ? 1 + who.indexOf(answers.users().id(answers.user(row))) : 0;
      var c = chosen.get(row);
      var r = rejected.get(row);
      rows.add(alpha < 1 ? new Script[] {c.by(u), r.by(u), c, r} : new Script[] {c.by(u), r.by(u)});
    }
  }

  /** Each row's chosen or rejected answer, by nobody in particular. */
  static List<Script> scripts(Policy policy, Preferences answers, boolean chosen) {
    var known = new HashMap<List<Integer>, Script>();
    var all = new ArrayList<Script>();
    for (int row = 0; row < answers.size(); row++) {
      int prompt = answers.prompt(row);
      int item = chosen ? answers.chosen(row) : answers.rejected(row);
      var asked = prompt < 0 ? null : answers.prompts().text(prompt);
      all.add(
          known.computeIfAbsent(
              List.of(prompt, item), key -> policy.script(asked, answers.items().text(item))));
    }
    return all;
  }

  @Override
  public int rows() {
    return rows.size();
  }

  @Override
  public List<Script> scripts(int row) {
    return List.of(rows.get(row));
  }

  @Override
  public double[] own() {
    return own;
  }

  @Override
  public double cost(int row, double[] logProbs, double[] slopes, double[] ownSlopes) {
    double cost = 0;
    double[] its = new double[3];
    double beta = own.length == 0 ? fixed : Math.exp(own[0]);
    double variation = own.length == 0 ? 0 : Math.exp(own[1]);
    int tokens = rows.get(row)[0].told();
    for (int c = 0; c < logProbs.length; c += 2) {
      double share = weights[row] * (c == 0 ? alpha : 1 - alpha);
      double t = logProbs[c] - logProbs[c + 1] - references[row];
      cost += share * (loss.formula().at(t, beta, variation, its) - sft / tokens * logProbs[c]);
      slopes[c] = share * (its[0] - sft / tokens);
      slopes[c + 1] = -share * its[0];
      for (int i = 0; i < own.length; i++) ownSlopes[i] += share * its[1 + i];
    }
    return cost;
  }
}
