package palette.notebook.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lets each name pass once: a signed message that is sent again is not the front end's. */
final class Once {
  private static final int REMEMBERED = 1 << 16;

  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized boolean isNew(String name) {
    return seen.put(name, true) == null;
  }
}
