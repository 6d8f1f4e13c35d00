package palette.data.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Progress;
import palette.support.Texts;

/**
 * One file being brought. It grows as {@code .NAME.part}; only when its hash is right does it get
 * its name, in one step. A part that was left behind is gone on with where a hash will tell whether
 * it fits, and thrown away where none would. What is sent is a GET without a body, a cookie or a
 * name: nothing is told but which bytes are wanted.
 */
final class Download {
  private static final int TRIES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30); // for a connection
  private static final Duration SILENCE =
      Duration.ofSeconds(60); // a silent server is no connection
  private static final int OK = 200;
  private static final int PART = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();
  private final RemoteFile file;
  private final Duration silence;
  private final URI address;
  private final Path target;
  private final Path part;
  private final Progress.Work work;
  private volatile long total; // as the list or the server says it; 0: neither does
  private volatile String version = ""; // what the server calls the bytes that we have

  private Download(Dataset set, RemoteFile file, Duration silence) {
    this.file = file;
    this.silence = silence;
    address = set.address(file);
    target = set.folder().resolve(file.name());
    part = target.resolveSibling("." + file.name() + ".part");
    work = Progress.start("Downloading " + file.name(), file.bytes());
  }

  static void of(Dataset set, RemoteFile file) throws IOException {
    of(set, file, SILENCE);
  }

  static void of(Dataset set, RemoteFile file, Duration silence) throws IOException {
    new Download(set, file, silence).run();
  }

  private void run() throws IOException {
    if (!file.isKnown()) Files.deleteIfExists(part);
    boolean resumed = size() > 0;
    String hash = fetched();
    if (!file.allows(hash) && resumed) { // two versions, or a disk that lost power: start anew
      Files.delete(part);
      hash = fetched();
    }
    if (!file.allows(hash)) throw wrong("sha256 " + file.sha256(), hash);
    if (!file.isKnownWhole()) RemoteFile.keep(target, hash);
    AtomicFile.sync(part);
    AtomicFile.move(part, target);
    work.finish(RemoteFile.size(target.toFile().length()) + ", sha256 is right");
  }

  /** The hash of the part once all of it is there. */
  private String fetched() throws IOException {
    for (int tries = 1; ; tries++) {
      long before = size();
      try {
        if (before == 0 || before != file.bytes()) fetch(before);
        return RemoteFile.hash(part);
      } catch (IOException e) {
        if (tries >= TRIES || size() == before && tries > 1) throw broken(e);
      }
    }
  }

  private void fetch(long from) throws IOException {
    var request = HttpRequest.newBuilder(address).setHeader("User-Agent", "palette");
    if (from > 0) request.setHeader("Range", "bytes=" + from + "-");
    if (from > 0 && !version.isEmpty()) request.setHeader("If-Range", version);
    var response = waited(client.sendAsync(request.build(), info -> keeping(info, from)));
    int status = response.statusCode();
    if (status == NOT_SATISFIABLE && from > 0 || response.body() == null && status == PART) {
      Files.deleteIfExists(part); // so that the next try asks for all of it
      throw new IOException("the server gave other bytes than were asked for");
    }
    if (response.body() == null) {
      String next = "Try again later, or name a copy elsewhere by -Dpalette.mirror=URL.";
      throw new InputException(address.toString(), "the file", "HTTP status " + status, next);
    }
    refuseMore();
    if (size() < total) throw new IOException("it ended early");
  }

  /** Writes all bytes to the part, or behind what is there; null where they are not those. */
  private BodySubscriber<Path> keeping(ResponseInfo info, long from) {
    var headers = info.headers();
    boolean goesOn =
        info.statusCode() == PART
            && header(headers, "Content-Range").startsWith("bytes " + from + "-");
    if (info.statusCode() != OK && !goesOn) return BodySubscribers.replacing(null);
    long length = headers.firstValueAsLong("Content-Length").orElse(0);
    total = file.bytes() > 0 ? file.bytes() : length == 0 ? 0 : length + (goesOn ? from : 0);
    String tag = header(headers, "ETag");
    version = tag.startsWith("W/") ? "" : tag; // a weak one may go with other bytes
    var how = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    return BodySubscribers.ofFile(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
  }

  private static String header(HttpHeaders headers, String name) {
    return headers.firstValue(name).orElse("");
  }

  private HttpResponse<Path> waited(Future<HttpResponse<Path>> answer) throws IOException {
    try {
      long before = -1;
      long since = System.nanoTime();
      while (System.nanoTime() - since < silence.toNanos()) {
        try {
          return answer.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          long now = size();
          if (now != before) since = System.nanoTime();
          before = now;
          refuseMore();
          work.at(now, RemoteFile.size(now));
        }
      }
      throw new IOException("nothing came for " + silence.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      work.finish("interrupted");
      throw new CancellationException(
          "Downloading " + file.name() + " was interrupted. The next call goes on from there.");
    } catch (ExecutionException e) {
      throw said(e.getCause());
    } finally {
      answer.cancel(true); // if it goes on
    }
  }

  private void refuseMore() throws IOException {
    if (total > 0 && size() > total) throw wrong(total + " bytes", "more");
  }

  private long size() {
    return part.toFile().length();
  }

  private IOException said(Throwable cause) {
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      throw new InputException(
          address.toString(),
          "a connection to " + address.getHost(),
          "no network, or no such server",
          "Data that were fetched once need none. A copy elsewhere is named by"
              + " -Dpalette.mirror=URL.",
          cause);
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  private InputException wrong(String expected, String found) throws IOException {
    Files.deleteIfExists(part);
    work.finish("not the file that was expected");
    return new InputException(
        address.toString(),
        expected,
        found,
        "The file there is another one, or was changed on its way; nothing of it is kept.");
  }

  private RuntimeException broken(IOException e) {
    work.finish("broken off");
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(
        address.toString(),
        "the whole file",
        Texts.format("an end after %,d bytes (%s)", size(), reason),
        "Call again: what is here already is kept, and checked by its hash.",
        e);
  }
}
