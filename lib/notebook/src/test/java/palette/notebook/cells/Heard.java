package palette.notebook.cells;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Remembers what cells show; counts down at the first print. */
final class Heard implements Outputs {
  final List<String> events = new CopyOnWriteArrayList<>();
  volatile CellError failure;
  final CountDownLatch printed = new CountDownLatch(1);

  @Override
  public void stream(String name, String text) {
    events.add(name + " " + text.strip());
    printed.countDown();
  }

  @Override
  public void display(String id, Bundle bundle) {
    events.add("display " + bundle.plain());
  }

  @Override
  public void update(String id, Bundle bundle) {
    events.add("update " + bundle.plain());
  }

  @Override
  public void result(Bundle bundle) {
    events.add("result " + bundle.plain());
  }

  @Override
  public void error(CellError error) {
    failure = error;
    events.add("error " + error.name());
  }
}
