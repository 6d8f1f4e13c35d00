package palette.reward;

import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.engine.Crew;
import palette.engine.Torch;
import palette.support.Seeds;

/**
 * Maps that meet nowhere but in their values. All their rows, one map behind the other, are dealt
 * out to the threads in equal shares, and what a thread maps it also takes back: threads wait for
 * each other a few times a step, where libtorch would share every single operation between them.
 */
final class Towers implements AutoCloseable {
  private static final int FEWEST_ROWS = 64; // worth a thread

  private final List<Tower> towers;
  private final Crew crew;
  private final Dropout[] dropouts; // by thread
  private final NDScope[] scopes;
  private List<List<Tower.Piece>> dealt = List.of();

  Towers(List<Tower> towers, Settings settings, long seed) {
    this.towers = towers;
    crew = new Crew(GraphObjective.threads(settings));
    dropouts = new Dropout[crew.size()];
    double share = settings.real("dropout");
    Arrays.setAll(dropouts, t -> new Dropout(share, Seeds.stream(seed, "noise " + t)));
    scopes = new NDScope[crew.size()];
    crew.each(t -> Torch.threads(1)); // inside an operation
  }

  /** Maps the rows that each tower began. */
  void look() {
    endStep();
    dealt = deal();
    crew.each(
        t -> {
          scopes[t] = new NDScope();
          scopes[t].suppressNotUsedWarning();
          for (var piece : dealt.get(t)) piece.look(dropouts[t]);
        });
  }

  /** The same without a way back. */
  void glance() {
    endStep();
    for (var tower : towers) share(tower.count(), tower::glance);
  }

  /** From the slopes of the values to the gradients of the parameters. */
  void back() {
    crew.each(t -> dealt.get(t).forEach(Tower.Piece::back));
  }

  /** One step of Adam. */
  void step() {
    var steps = towers.stream().flatMap(tower -> tower.steps().stream()).toList();
    crew.each(t -> steps.forEach(step -> step.part(t, crew.size())));
  }

  /** Some part of a range. */
  interface Part {
    void of(int from, int to);
  }

  /** Does 0..n in equal parts, one a thread. */
  void share(int n, Part part) {
    int size = crew.size();
    crew.each(t -> part.of((int) ((long) n * t / size), (int) ((long) n * (t + 1) / size)));
  }

  private List<List<Tower.Piece>> deal() {
    int[] cuts = cuts();
    var shares = new ArrayList<List<Tower.Piece>>();
    for (int t = 0; t < crew.size(); t++) {
      var share = new ArrayList<Tower.Piece>();
      int before = 0;
      for (var tower : towers) {
        int from = Math.max(0, cuts[t] - before);
        int to = Math.min(tower.count(), cuts[t + 1] - before);
        if (from < to) share.add(tower.piece(from, to));
        before += tower.count();
      }
      shares.add(share);
    }
    return shares;
  }

  /** Where shares begin and end; near the end of a tower a cut moves there, and spares a piece. */
  private int[] cuts() {
    int rows = towers.stream().mapToInt(Tower::count).sum();
    int shares = Math.max(1, Math.min(crew.size(), rows / FEWEST_ROWS));
    int[] cuts = new int[crew.size() + 1];
    for (int t = 0; t < cuts.length; t++) cuts[t] = (int) Math.min(rows, (long) rows * t / shares);
    for (int t = 1; t < shares; t++) {
      int end = nearestEnd(cuts[t]);
      if (4 * shares * Math.abs(cuts[t] - end) < rows) cuts[t] = end;
    }
    return cuts;
  }

  /** From where the cut is: one that moved from end to end could pass all towers. */
  private int nearestEnd(int cut) {
    int nearest = 0;
    int end = 0;
    for (var tower : towers) {
      end += tower.count();
      if (Math.abs(cut - end) < Math.abs(cut - nearest)) nearest = end;
    }
    return nearest;
  }

  private void endStep() {
    if (dealt.isEmpty()) return;
    dealt = List.of();
    crew.each(t -> scopes[t].close());
  }

  @Override
  public void close() {
    endStep();
    Torch.recording(true);
    towers.forEach(Tower::close);
    Torch.threads(crew.size());
    crew.close();
  }
}
