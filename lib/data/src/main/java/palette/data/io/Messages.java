package palette.data.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A conversation as TRL and UltraFeedback have it: objects with {@code role} and {@code content}.
 */
public record Messages(List<Message> all) {

  public record Message(String role, String content) {}

  /** The messages of a list of them, or of one; null where the value is anything else. */
  static Messages of(JsonNode value) {
    if (value == null || !value.isContainerNode() || value.isEmpty()) return null;
    var all = new ArrayList<Message>();
    for (var one : value.isArray() ? value : List.of(value)) {
      var role = one.path("role");
      var content = one.path("content");
      if (!role.isTextual() || !content.isTextual()) return null;
      all.add(new Message(role.textValue(), content.textValue()));
    }
    return new Messages(all);
  }

  /** One message as it is; of several each with its role, parted by blank lines. */
  public String text() {
    if (all.size() == 1) return all.get(0).content;
    return all.stream().map(m -> m.role + ": " + m.content).collect(Collectors.joining("\n\n"));
  }

  boolean startsWith(Messages others) {
    int n = others.all.size();
    return n <= all.size() && all.subList(0, n).equals(others.all);
  }

  boolean says(String content) {
    return all.stream().anyMatch(m -> m.content.equals(content));
  }

  /** What both begin with; each keeps one message at least. */
  Messages shared(Messages other) {
    int n = 0;
    int most = Math.min(all.size(), other.all.size()) - 1;
    while (n < most && all.get(n).equals(other.all.get(n))) n++;
    return new Messages(all.subList(0, n));
  }

  Messages from(int first) {
    return new Messages(all.subList(first, all.size()));
  }

  Messages and(Messages more) {
    var both = new ArrayList<>(all);
    both.addAll(more.all);
    return new Messages(both);
  }
}
