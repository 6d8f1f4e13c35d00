package palette.support;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a result comes from. {@code what} decides the result (spec, data hash, split, seed,
 * embedder, versions, device, threads); {@code circumstances} do not (when, how long, on which
 * machine). Two provenances are equal when their {@code what} is.
 */
public record Provenance(Map<String, String> what, Map<String, String> circumstances) {

  public Provenance {
    what = Map.copyOf(what);
    circumstances = Map.copyOf(circumstances);
  }

  /** What decides the result, with the present moment and this machine as circumstances. */
  public static Provenance now(Map<String, String> what) {
    return new Provenance(
        what,
        Map.of(
            "when", Instant.now().toString(),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            "java", System.getProperty("java.version")));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Provenance that && what.equals(that.what);
  }

  @Override
  public int hashCode() {
    return what.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(what).toString();
  }
}
