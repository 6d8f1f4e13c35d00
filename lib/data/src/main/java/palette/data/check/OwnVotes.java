package palette.data.check;

import java.util.HashMap;
import java.util.Map;
import palette.data.Judgements;
import palette.data.Preferences;

/** Whether answers about two items follow what the same users said of each of them. */
final class OwnVotes {
  private OwnVotes() {}

  static void count(Preferences answers, Judgements votes, Signs[] users) {
    var given = given(answers, votes);
    long items = answers.items().size();
    for (int row = 0; row < answers.size(); row++) {
      Double chosen = given.get(answers.user(row) * items + answers.chosen(row));
      Double rejected = given.get(answers.user(row) * items + answers.rejected(row));
      if (chosen == null || rejected == null || chosen.equals(rejected)) continue;
      users[answers.user(row)].votes++;
      if (chosen > rejected) users[answers.user(row)].agree++;
    }
  }

  /** The last value that each user gave each item, by the ids of both. */
  private static Map<Long, Double> given(Preferences answers, Judgements votes) {
    var given = new HashMap<Long, Double>();
    for (int row = 0; row < votes.size(); row++) {
      long user = answers.users().indexOf(votes.users().id(votes.user(row)));
      long item = answers.items().indexOf(votes.items().id(votes.item(row)));
      if (user < 0 || item < 0) continue;
      given.put(user * answers.items().size() + item, votes.value(row));
    }
    return given;
  }
}
