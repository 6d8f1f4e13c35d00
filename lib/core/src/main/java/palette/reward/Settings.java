package palette.reward;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import palette.support.Checks;
import palette.support.Sheet;

/** What a spec says of its options, in the order of their defaults. Immutable. */
public final class Settings {
  private final Map<Option<?>, Object> values;

  private final CheckpointPlan checkpoint; // null: none

  private Settings(Map<Option<?>, Object> values, CheckpointPlan checkpoint) {
    this.values = values;
    this.checkpoint = checkpoint;
  }

  /** Every option at its default; no two may have one name. */
  public static Settings of(List<Option<?>> options) {
    var values = new LinkedHashMap<Option<?>, Object>();
    var names = new HashSet<String>();
    for (var option : options) {
      Checks.require(names.add(option.name()), "options", "each name once", option.name());
      values.put(option, option.initial());
    }
    return new Settings(values, null);
  }

  /** The same with another value of one option; an option that it has not is added. */
  public <T> Settings with(Option<T> option, T value) {
    Checks.present(option.name(), value);
    refuseNamesake(option);
    var changed = new LinkedHashMap<>(values);
    changed.put(option, value);
    return new Settings(changed, checkpoint);
  }

  /** The same with another place for a checkpoint, which is no option: it changes no number. */
  public Settings checkpoint(CheckpointPlan plan) {
    return new Settings(values, plan);
  }

  /** Where a fit keeps how far it is; null for nowhere. */
  public CheckpointPlan checkpoint() {
    return checkpoint;
  }

  /** The same without an option. */
  public Settings without(Option<?> option) {
    var fewer = new LinkedHashMap<>(values);
    fewer.remove(option);
    return new Settings(fewer, checkpoint);
  }

  /** The value of an option; its default where these settings do not have it. */
  public <T> T get(Option<T> option) {
    refuseNamesake(option);
    return option.of(values.getOrDefault(option, option.initial()));
  }

  /** An option of another default is another option, and its value would never be seen. */
  private void refuseNamesake(Option<?> option) {
    if (values.containsKey(option)) return;
    for (var other : values.keySet()) {
      boolean namesake = other.name().equals(option.name());
      String expected = "the option whose default is " + other.initial();
      Checks.require(
          !namesake, option.name(), expected, "one whose default is " + option.initial());
    }
  }

  /** Whether these settings have an option. */
  public boolean has(Option<?> option) {
    return values.containsKey(option);
  }

  /** The options, in order. */
  public List<Option<?>> options() {
    return List.copyOf(values.keySet());
  }

  /** The values by the names of their options. */
  public Map<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    values.forEach((option, value) -> map.put(option.name(), value));
    return map;
  }

  /** One row an option. */
  public Sheet sheet(String caption) {
    var rows =
        asMap().entrySet().stream().map(e -> List.of(e.getKey(), "" + e.getValue())).toList();
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
    return asMap().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
