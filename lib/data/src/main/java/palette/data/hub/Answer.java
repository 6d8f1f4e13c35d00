package palette.data.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import palette.support.InputException;

/**
 * What a server answers to "the file from this byte on". A GET without a body, a cookie or a name:
 * nothing is told but which bytes are wanted.
 */
final class Answer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int PART = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final HttpResponse<InputStream> response;
  private final InputStream body;
  private final long from;

  private Answer(HttpResponse<InputStream> response, long asked, Duration silence) {
    this.response = response;
    body = new Patient(response.body(), silence);
    from = response.statusCode() == PART ? asked : 0;
  }

  /** Asks; a version is what an earlier answer called its bytes, and empty for any. */
  static Answer to(URI address, long from, String version) throws IOException {
    return to(address, from, version, Patient.LIMIT);
  }

  static Answer to(URI address, long from, String version, Duration silence) throws IOException {
    var request =
        HttpRequest.newBuilder(address).timeout(PATIENCE).setHeader("User-Agent", "palette");
    if (from > 0) request.setHeader("Range", "bytes=" + from + "-");
    if (from > 0 && !version.isEmpty()) request.setHeader("If-Range", version);
    var answer = new Answer(sent(address, request.build()), from, silence);
    int status = answer.response.statusCode();
    if (status == OK || status == PART || status == NOT_SATISFIABLE && from > 0) return answer;
    answer.close();
    String next = "Try again later, or name a copy elsewhere by -Dpalette.mirror=URL.";
    throw new InputException(address.toString(), "the file", "HTTP status " + status, next);
  }

  private static HttpResponse<InputStream> sent(URI address, HttpRequest request)
      throws IOException {
    var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new InputException(
          address.toString(),
          "a connection to " + address.getHost(),
          "no network, or no such server",
          "Data that were fetched once need none. A copy elsewhere is named by"
              + " -Dpalette.mirror=URL.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Downloading " + address + " was interrupted.");
    }
  }

  /** Whether there are bytes from where they were asked for, or from the first on. */
  boolean fits() {
    int status = response.statusCode();
    return status == OK || status == PART && range().startsWith("bytes " + from + "-");
  }

  private String range() {
    return response.headers().firstValue("Content-Range").orElse("");
  }

  /** The position in the file of the first byte that {@link #read} gives. */
  long from() {
    return from;
  }

  /** The size of the whole file as the server says it, or 0. */
  long total() {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
    return length == 0 ? 0 : from + length;
  }

  /** What the server calls these bytes, empty for nothing. */
  String version() {
    String tag = response.headers().firstValue("ETag").orElse("");
    return tag.startsWith("W/") ? "" : tag; // a weak one may go with other bytes
  }

  int read(byte[] into) throws IOException {
    return body.read(into);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
