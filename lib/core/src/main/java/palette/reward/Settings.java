package palette.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import palette.data.Embedder;
import palette.support.Sheet;

/** The options of a spec by name, in the order of their defaults. Immutable. */
final class Settings {
  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = values;
  }

  static Settings none() {
    return new Settings(Map.of());
  }

  Settings with(String name, Object value) {
    var changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Settings(changed);
  }

  int integer(String name) {
    return ((Number) values.get(name)).intValue();
  }

  long number(String name) {
    return ((Number) values.get(name)).longValue();
  }

  double real(String name) {
    return ((Number) values.get(name)).doubleValue();
  }

  boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  /** An option of any type, as its default has it. */
  <T> T option(String name, Class<T> type) {
    return type.cast(values.get(name));
  }

  Map<String, Object> asMap() {
    return new LinkedHashMap<>(values);
  }

  /** With the embedder's name; unchanged if there is none. */
  Settings naming(Embedder embedder) {
    return embedder == null ? this : with("embedder", embedder.fingerprint());
  }

  /** One row an option. */
  Sheet sheet(String caption) {
    var rows = values.entrySet().stream().map(e -> List.of(e.getKey(), "" + e.getValue())).toList();
    return new Sheet(caption, List.of("option", "value"), rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
