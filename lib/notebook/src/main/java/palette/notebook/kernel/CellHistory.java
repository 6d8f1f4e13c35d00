package palette.notebook.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells that this kernel has run. It remembers no earlier session. */
final class CellHistory {
  private record Entry(int number, String code) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(int number, String code) {
    entries.add(new Entry(number, code));
  }

  /** What was asked for, each as session, number and source. */
  List<List<Object>> find(HistoryRequest request) {
    return select(request).stream()
        .map(entry -> List.<Object>of(0, entry.number(), entry.code()))
        .toList();
  }

  private List<Entry> select(HistoryRequest request) {
    if (request instanceof HistoryRequest.Tail tail)
      return last(entries, tail.getMaxReturnLength());
    if (request instanceof HistoryRequest.Range range)
      return entries.stream().filter(entry -> isIn(range, entry.number())).toList();
    if (request instanceof HistoryRequest.Search search)
      return last(matching(search), search.getMaxReturnLength());
    return List.of();
  }

  private static List<Entry> last(List<Entry> all, int n) {
    return List.copyOf(all.subList(Math.max(0, all.size() - Math.max(0, n)), all.size()));
  }

  private static boolean isIn(HistoryRequest.Range range, int number) {
    boolean open = range.getStop() <= 0;
    return range.getSessionIndex() == 0
        && number >= range.getStart()
        && (open || number < range.getStop());
  }

  // A pattern of the shell's kind: * stands for any text, ? for one character.
  private List<Entry> matching(HistoryRequest.Search search) {
    var glob = Pattern.quote(search.getPattern()).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    var pattern = Pattern.compile(glob, Pattern.DOTALL);
    var found = entries.stream().filter(entry -> pattern.matcher(entry.code()).matches()).toList();
    if (!search.filterUnique()) return found;
    var unique = new LinkedHashMap<String, Entry>();
    found.forEach(entry -> unique.put(entry.code(), entry));
    return List.copyOf(unique.values());
  }
}
