package palette.evaluate;

import java.util.Arrays;
import palette.data.Preferences;
import palette.data.Presentation;
import palette.reward.Link;
import palette.reward.PersonalModel;
import palette.reward.Scorer;
import palette.support.Checks;

/**
 * What a model says of the answers of a test; of users whom it never met, by its population.
 *
 * @param logOdds log P(chosen) - log P(rejected)
 * @param ties null: none were learned or none are here
 * @param seen by position in the user catalog; null: everything is alike
 */
record Predictions(double[] margins, double[] logOdds, Calibration ties, boolean[] seen) {

  static Predictions of(Scorer model, Preferences test) {
    Checks.present("model", model);
    Checks.require(test.size() > 0, "test", "at least one answer", "none");
    var link = model.link();
    var told = link.kind().ties() ? test.withTiedRows() : test;
    boolean[] seen = model instanceof PersonalModel personal ? seen(personal, told) : null;
    double[] margins =
        seen == null ? model.margins(told) : margins((PersonalModel) model, told, seen);
    for (double m : margins) Checks.require(Double.isFinite(m), "margin", "a finite number", m);
    int n = test.size();
    double[] logOdds = new double[n];
    for (int row = 0; row < n; row++) {
      logOdds[row] = link.logOdds(margins[row], test.shown().outcome(row));
    }
    var ties = told.size() > n ? ties(link, told, margins) : null;
    return new Predictions(Arrays.copyOf(margins, n), logOdds, ties, seen);
  }

  private static Calibration ties(Link link, Preferences told, double[] margins) {
    double[] sure = new double[margins.length];
    double[] hits = new double[margins.length];
    for (int row = 0; row < sure.length; row++) {
      int outcome = told.shown().outcome(row);
      sure[row] = link.tie(margins[row], outcome);
      hits[row] = Presentation.isTie(outcome) ? 1 : 0;
    }
    return Calibration.of(0, sure, hits);
  }

  private static boolean[] seen(PersonalModel model, Preferences test) {
    boolean[] seen = new boolean[test.users().size()];
    boolean unknown = false;
    for (var id : test.answering()) {
      seen[test.users().indexOf(id)] = model.knows(id);
      unknown |= !model.knows(id);
    }
    return unknown ? seen : null;
  }

  private static double[] margins(PersonalModel model, Preferences test, boolean[] seen) {
    var known = test.where(row -> seen[test.user(row)]);
    var unknown = test.where(row -> !seen[test.user(row)]);
    double[] ofKnown = known.size() == 0 ? new double[0] : model.margins(known);
    double[] ofUnknown = model.population().margins(unknown);
    double[] margins = new double[test.size()];
    int k = 0;
    int u = 0;
    for (int row = 0; row < margins.length; row++) {
      margins[row] = seen[test.user(row)] ? ofKnown[k++] : ofUnknown[u++];
    }
    return margins;
  }

  /** That of the answers of users who were seen, or of the others. */
  Predictions part(Preferences test, boolean wanted) {
    double[] some = new double[margins.length];
    double[] odds = new double[margins.length];
    int n = 0;
    for (int row = 0; row < margins.length; row++) {
      if (seen[test.user(row)] != wanted) continue;
      some[n] = margins[row];
      odds[n++] = logOdds[row];
    }
    return new Predictions(Arrays.copyOf(some, n), Arrays.copyOf(odds, n), null, null);
  }
}
