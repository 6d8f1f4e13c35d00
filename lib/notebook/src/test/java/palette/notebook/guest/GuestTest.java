package palette.notebook.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import palette.notebook.cells.Bundle;
import palette.notebook.cells.Cells;
import palette.notebook.cells.Displays;
import palette.support.Progress;

/** What Palette does in a kernel that is not ours. */
class GuestTest {
  private record Shown(String id, String text, boolean anew, boolean disturbed) {}

  /** A kernel that keeps what it is asked to show. */
  private static final class Host implements Displays {
    final List<Shown> shown = new ArrayList<>();

    @Override
    public void display(String id, Bundle bundle) {
      shown.add(new Shown(id, bundle.plain(), false, Thread.currentThread().isInterrupted()));
    }

    @Override
    public void update(String id, Bundle bundle) {
      shown.add(new Shown(id, bundle.plain(), true, Thread.currentThread().isInterrupted()));
    }
  }

  private final Host host = new Host();

  @AfterEach
  void leave() {
    Progress.listen(Progress.SILENT);
    Cells.goTo(null);
  }

  @Test
  void showShowsInTheHost() {
    Guest.of(host);
    Cells.show(41 + 1);
    assertThat(host.shown).extracting(Shown::text).containsExactly("42");
  }

  @Test
  void workIsOneOutputThatEndsAsItsSummary() {
    Guest.of(host);
    var work = Progress.start("Training", 2);
    work.at(1, "half");
    work.finish("done");
    Progress.start("Training", 2).finish("again");

    assertThat(host.shown).extracting(Shown::anew).containsExactly(false, true, false);
    assertThat(host.shown.get(1).text()).isEqualTo("Training: done");
    assertThat(host.shown.get(1).id()).isEqualTo(host.shown.get(0).id());
    assertThat(host.shown.get(2).id()).isNotEqualTo(host.shown.get(0).id());
  }

  @Test
  void workThatWasCutShortStaysAsItWas() throws InterruptedException {
    Guest.of(host);
    var cut = Progress.start("Training", 2);
    Thread.sleep(5);
    cut.at(1, "half");
    Progress.start("Training", 2).at(1, "new");

    assertThat(host.shown).extracting(Shown::anew).containsExactly(false, false);
  }

  @Test
  void anInterruptNeverMeetsTheHostsSocketAndIsNotLost() {
    Guest.of(host);
    Thread.currentThread().interrupt();
    Cells.show("x");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(host.shown.get(0).disturbed()).isFalse();
  }
}
