package palette.data.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import palette.support.Daemons;

/** A stream that is given up when nothing comes for a while: a silent server is no connection. */
final class Patient extends FilterInputStream {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("palette-download-clock"));

  private final Duration limit;
  private volatile boolean givenUp;

  Patient(InputStream in, Duration limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    var alarm = CLOCK.schedule(this::giveUp, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int n = super.read(into, from, length);
      if (givenUp) throw silent(null);
      return n;
    } catch (IOException e) {
      throw givenUp ? silent(e) : e;
    } finally {
      alarm.cancel(false);
    }
  }

  private void giveUp() {
    givenUp = true;
    try {
      in.close(); // and the read that waits ends
    } catch (IOException e) {
      // It is closed or broken, as it should be.
    }
  }

  private IOException silent(IOException cause) {
    return new IOException("nothing came for " + limit.toSeconds() + " s", cause);
  }
}
