package palette.notebook.cells;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import palette.support.Memory;

/** An exception as the reader of a notebook needs it: causes, cells and lines, nothing of ours. */
final class Traceback {
  private static final int FRAMES = 20;
  private static final List<String> HIDDEN =
      List.of(
          "palette.notebook.",
          "jdk.jshell.",
          "jdk.internal.reflect.",
          "java.lang.reflect.",
          "java.util.stream.");

  private static final String MORE_MEMORY = "Java may take %,d MB here. For more, ";

  private final Places places;
  private final List<String> lines = new ArrayList<>();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Traceback(Places places) {
    this.places = places;
  }

  static CellError of(Throwable thrown, Places places) {
    var traceback = new Traceback(places);
    traceback.add("", thrown);
    if (traceback.seen.stream().anyMatch(OutOfMemoryError.class::isInstance))
      traceback.lines.add(moreMemory());
    return new CellError(
        Traces.ownNames(thrown.getClass().getName()),
        String.valueOf(thrown.getMessage()),
        traceback.lines);
  }

  /** Twice what there is. */
  private static String moreMemory() {
    long most = Runtime.getRuntime().maxMemory();
    return MORE_MEMORY.formatted(most >> 20) + Memory.more(most / 5 * 8);
  }

  private void add(String before, Throwable thrown) {
    if (!seen.add(thrown)) return;
    lines.add(before + Traces.ownNames(thrown.toString()));
    var frames = frames(thrown);
    frames.stream().limit(FRAMES).forEach(frame -> lines.add("    at " + frame));
    if (frames.size() > FRAMES) lines.add("    ... " + (frames.size() - FRAMES) + " more");
    for (var suppressed : thrown.getSuppressed()) add("Suppressed: ", suppressed);
    if (thrown.getCause() != null) add("Caused by: ", thrown.getCause());
  }

  // A statement and the lambda in its line are one place; a method that calls itself is not.
  private static boolean isAgain(String place, String before) {
    return place.startsWith("cell ") && place.equals(before);
  }

  private List<String> frames(Throwable thrown) {
    var trace = List.of(thrown.getStackTrace());
    int end = trace.size();
    for (int i = 0; i < trace.size(); i++) if (Places.isCell(trace.get(i))) end = i + 1;
    var frames = new ArrayList<String>();
    trace.subList(0, end).stream()
        .filter(frame -> HIDDEN.stream().noneMatch(frame.getClassName()::startsWith))
        .map(frame -> places.of(frame).orElse(frame.toString()))
        .filter(place -> frames.isEmpty() || !isAgain(place, frames.get(frames.size() - 1)))
        .forEach(frames::add);
    return frames;
  }
}
