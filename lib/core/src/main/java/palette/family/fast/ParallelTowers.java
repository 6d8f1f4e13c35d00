package palette.family.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.engine.Scope;
import palette.engine.Snapshot;
import palette.engine.Torch;
import palette.fit.Inputs;
import palette.support.CountedRandom;

/**
 * Maps that meet nowhere but in their values. All their rows, one map behind the other, are dealt
 * out to the threads in equal shares, and what a thread maps it also takes back: threads wait for
 * each other a few times a step, where libtorch would share every single operation between them.
 */
final class ParallelTowers implements AutoCloseable {
  private static final int FEWEST_ROWS = 64; // worth a thread

  private final List<Tower> towers;
  private final ThreadTeam team;
  private final CountedRandom[] noise; // by thread, what silences units
  private final Scope[] scopes;
  private List<List<Tower.Piece>> dealt = List.of();

  ParallelTowers(List<Tower> towers, int threads, long seed) {
    this.towers = towers;
    team = new ThreadTeam(threads);
    noise = new CountedRandom[team.size()];
    Arrays.setAll(noise, t -> new CountedRandom(seed, "noise " + t));
    scopes = new Scope[team.size()];
    team.each(t -> Torch.threads(1)); // inside an operation
  }

  /** Maps the rows that each tower began. */
  void forward() {
    endStep();
    dealt = deal();
    team.each(
        t -> {
          scopes[t] = Torch.scope();
          Inputs.Dropout drop = (hidden, share) -> Inputs.Dropout.random(hidden, share, noise[t]);
          for (var piece : dealt.get(t)) piece.forward(drop);
        });
  }

  /** The same without a way back. */
  void forwardOnly() {
    endStep();
    var shares = deal();
    team.each(t -> shares.get(t).forEach(Tower.Piece::forwardOnly));
  }

  /** From the slopes of the values to the gradients of the parameters. */
  void backward() {
    team.each(t -> dealt.get(t).forEach(Tower.Piece::backward));
  }

  /** One step of Adam. */
  void step() {
    var steps = towers.stream().flatMap(tower -> tower.steps().stream()).toList();
    team.each(t -> steps.forEach(step -> step.part(t, team.size())));
  }

  void state(Snapshot state) {
    towers.forEach(tower -> tower.state(state));
    for (var random : noise) state.random(random);
  }

  /** Some part of a range. */
  interface Part {
    void of(int from, int to);
  }

  /** Does 0..n in equal parts, one a thread. */
  void share(int n, Part part) {
    int size = team.size();
    team.each(t -> part.of((int) ((long) n * t / size), (int) ((long) n * (t + 1) / size)));
  }

  private List<List<Tower.Piece>> deal() {
    int[] cuts = cuts(towers.stream().mapToInt(Tower::count).toArray(), team.size());
    var shares = new ArrayList<List<Tower.Piece>>();
    for (int t = 0; t < team.size(); t++) {
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

  /**
   * Where the threads' shares of all rows begin and end. A cut moves to the nearest end of a tower
   * if that is less than a quarter of a share away, and spares a piece.
   */
  static int[] cuts(int[] counts, int threads) {
    int rows = Arrays.stream(counts).sum();
    int shares = Math.max(1, Math.min(threads, rows / FEWEST_ROWS));
    int[] cuts = new int[threads + 1];
    for (int t = 0; t < cuts.length; t++) {
      int even = (int) Math.min(rows, (long) rows * t / shares);
      int end = nearestEnd(counts, even);
      cuts[t] = 4L * shares * Math.abs(even - end) < rows ? end : even;
    }
    return cuts;
  }

  /** The end of a tower next to a row; 0, where the first begins, counts too. */
  private static int nearestEnd(int[] counts, int row) {
    int nearest = 0;
    int end = 0;
    for (int count : counts) {
      end += count;
      if (Math.abs(end - row) < Math.abs(nearest - row)) nearest = end;
    }
    return nearest;
  }

  private void endStep() {
    if (dealt.isEmpty()) return;
    dealt = List.of();
    team.each(t -> scopes[t].close());
  }

  @Override
  public void close() {
    endStep();
    towers.forEach(Tower::close);
    Torch.threads(team.size());
    team.close();
  }
}
