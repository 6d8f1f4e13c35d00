package palette.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import palette.serve.Service.Refused;

/** How often somebody may ask: so many times at once, and so many a second from then on. */
final class Rates {
  private static final int KNOWN = 4096; // of more, those who asked last

  private final double once;
  private final double second;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KNOWN;
        }
      };

  private record Bucket(double left, long at) {}

  Rates(double once, double second) {
    this.once = once;
    this.second = second;
  }

  /** Counts one request at a time in nanoseconds, or refuses it. */
  synchronized void take(String who, long now) {
    var before = buckets.getOrDefault(who, new Bucket(once, now));
    double left = Math.min(once, before.left + (now - before.at) * second / 1e9);
    buckets.put(who, new Bucket(left < 1 ? left : left - 1, now));
    if (left < 1) throw new Refused(429, "too many requests; ask again in a second");
  }
}
