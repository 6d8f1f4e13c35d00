package palette.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What stands behind the doors of a service: who is heard, and what they are told. */
interface Desk extends AutoCloseable {
  /** The head of a request: its path without the first slash; what it does not say is null. */
  record Head(String path, String token, String host, String origin, String from) {}

  /** What a GET gets. */
  record Page(String type, byte[] bytes) {
    static Page html(String text) {
      return new Page("text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Refuses whoever may not ask this. */
  void admit(Head head);

  /** How many bytes a body may have. */
  int most();

  /** The reply to a POST, to be written as JSON. */
  Object reply(Head head, byte[] body) throws IOException;

  /** The page of a path; null where there is none. */
  Page page(Head head) throws IOException;

  /** What {@code /metrics} says of it. */
  Map<String, Number> gauges();

  @Override
  void close();
}
