package palette.notebook.guest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.Cells;
import palette.notebook.cells.Displays;
import palette.support.CacheFolder;
import palette.support.Progress;

/**
 * Palette in a kernel that is not ours: what {@code show} shows and how far long work is go through
 * that kernel.
 */
final class Guest implements Displays, Progress {
  private record Place(String id, Duration elapsed) {}

  private final Displays host;
  private final Map<String, Place> work = new HashMap<>();

  private Guest(Displays host) {
    this.host = host;
  }

  /** From now on this process shows things by the kernel that it runs in. */
  static void of(Displays host) {
    CacheFolder.belowHome();
    var guest = new Guest(host);
    Cells.goTo(guest);
    Progress.listen(guest);
  }

  @Override
  public synchronized void display(String id, Bundle bundle) {
    undisturbed(() -> host.display(id, bundle));
  }

  @Override
  public synchronized void update(String id, Bundle bundle) {
    undisturbed(() -> host.update(id, bundle));
  }

  /** One piece of work is one output, which ends as its summary. */
  @Override
  public synchronized void update(Progress.Update update) {
    var line = Bundle.text(update.line());
    var place = work.get(update.task());
    // Work of a cell that failed stays as it was; the same work later is another output.
    boolean goesOn = place != null && update.elapsed().compareTo(place.elapsed()) >= 0;
    var id = goesOn ? place.id() : UUID.randomUUID().toString();
    if (goesOn) update(id, line);
    else display(id, line);
    work.put(update.task(), new Place(id, update.elapsed()));
    if (update.finished()) work.remove(update.task());
  }

  // A thread that is interrupted while it sends would close the kernel's socket for good.
  private static void undisturbed(Runnable send) {
    boolean interrupted = Thread.interrupted();
    try {
      send.run();
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
