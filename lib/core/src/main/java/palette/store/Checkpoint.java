package palette.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import palette.engine.Snapshot;
import palette.reward.CheckpointPlan;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Texts;

/**
 * How far a fit is, in one file that is replaced whole: what is fitted to what, whether it has come
 * to its end, all numbers that decide how it goes on ({@link Snapshot}), and a checksum. A fit that
 * was killed goes on there and ends with the bits that it would have had. Numbers only: nothing in
 * a file is run.
 */
public final class Checkpoint {
  private static final String FORMAT = "palette checkpoint 1";
  private static final long MINUTE = 60_000_000_000L;
  private static final int CHUNK = 1 << 16;

  private final CheckpointPlan plan; // null: nothing is kept
  private final TreeMap<String, String> what;
  private long last = System.nanoTime();
  private boolean kept;
  private int steps;

  /** Of a fit of what to what; {@code plan} may be null. */
  public Checkpoint(CheckpointPlan plan, Map<String, String> what) {
    this.plan = plan;
    this.what = new TreeMap<>(what);
  }

  /** That of one of several starts of the same fit. */
  public Checkpoint part(String name) {
    var its = new TreeMap<>(what);
    its.put("start", name);
    return new Checkpoint(plan == null ? null : plan.part(name), its);
  }

  /**
   * One more step was done; says whether it is time to {@link #write}, as an interrupt says too.
   */
  public boolean due() {
    if (plan == null) return false;
    steps++;
    if (Thread.currentThread().isInterrupted()) return true;
    return plan.steps() > 0 ? steps >= plan.steps() : System.nanoTime() - last >= MINUTE;
  }

  /** How long ago it was written, for the line of progress. */
  public String text() {
    if (!kept) return "";
    return Texts.format(", checkpoint %d s ago", (System.nanoTime() - last) / 1_000_000_000L);
  }

  // ------------------------------------------------------------------------------------- write

  /** Writes the file anew, if something is to be kept. */
  public void write(boolean ended, Consumer<Snapshot> state) {
    if (plan == null) return;
    AtomicFile.write(
        plan.file(),
        stream -> {
          var sum = new CheckedOutputStream(new BufferedOutputStream(stream, CHUNK), new CRC32());
          var out = new DataOutputStream(sum);
          out.writeUTF(FORMAT);
          out.writeBoolean(ended);
          out.writeInt(what.size());
          for (var entry : what.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
          }
          state.accept(new Numbers(false, out::write));
          out.writeLong(sum.getChecksum().getValue());
          out.flush();
        });
    kept = true;
    last = System.nanoTime();
    steps = 0;
  }

  // -------------------------------------------------------------------------------------- read

  /**
   * Goes on where the file says; does nothing where there is none, or that of another fit that has
   * ended.
   *
   * @throws InputException if it is damaged, or that of another fit under way
   */
  public void restore(Consumer<Snapshot> state) {
    if (plan == null || !Files.exists(plan.file())) return;
    try (var sum =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(plan.file()), CHUNK), new CRC32());
        var in = new DataInputStream(sum)) {
      if (!in.readUTF().equals(FORMAT)) throw damaged("another beginning");
      boolean ended = in.readBoolean();
      if (!isOurs(ended, in)) return;
      state.accept(new Numbers(true, in::readFully));
      long wanted = sum.getChecksum().getValue();
      if (in.readLong() != wanted || in.read() >= 0) throw damaged("another checksum");
    } catch (EOFException | UTFDataFormatException e) {
      throw damaged("its end too early");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + plan.file() + ": " + Reasons.of(e), e);
    } catch (UncheckedIOException e) {
      throw damaged(Reasons.of(e.getCause()));
    }
  }

  private boolean isOurs(boolean ended, DataInputStream in) throws IOException {
    var found = new TreeMap<String, String>();
    for (int i = in.readInt(); i > 0; i--) found.put(in.readUTF(), in.readUTF());
    if (found.equals(what) || ended) return found.equals(what);
    var wanted = new TreeMap<>(what);
    wanted.entrySet().removeAll(found.entrySet());
    found.entrySet().removeAll(what.entrySet());
    throw refused(
        "a checkpoint of this fit, " + wanted,
        "one of a fit under way, " + found,
        "Give this fit another file, or delete that one.");
  }

  private InputException damaged(String found) {
    return refused("a whole checkpoint", found, "Delete the file; the fit begins anew.");
  }

  private InputException refused(String expected, String found, String next) {
    return new InputException(plan.file().toString(), expected, found, next);
  }

  // ----------------------------------------------------------------------------------- numbers

  private interface Bytes {
    void move(byte[] bytes, int from, int count) throws IOException;
  }

  /** One way for both directions: what is written is put back where it was, what is read is new. */
  private static final class Numbers implements Snapshot {
    private final boolean restores;
    private final Bytes bytes;
    private final ByteBuffer room = ByteBuffer.allocate(CHUNK);

    Numbers(boolean restores, Bytes bytes) {
      this.restores = restores;
      this.bytes = bytes;
    }

    @Override
    public boolean restores() {
      return restores;
    }

    @Override
    public long whole(long value) {
      room.putLong(0, value);
      move(Long.BYTES);
      return room.getLong(0);
    }

    @Override
    public void numbers(double[] values) {
      requireAsMany(values.length);
      for (int at = 0; at < values.length; at += CHUNK / Double.BYTES) {
        int n = Math.min(CHUNK / Double.BYTES, values.length - at);
        room.asDoubleBuffer().put(values, at, n);
        move(n * Double.BYTES);
        room.asDoubleBuffer().get(values, at, n);
      }
    }

    @Override
    public void numbers(float[] values) {
      requireAsMany(values.length);
      for (int at = 0; at < values.length; at += CHUNK / Float.BYTES) {
        int n = Math.min(CHUNK / Float.BYTES, values.length - at);
        room.asFloatBuffer().put(values, at, n);
        move(n * Float.BYTES);
        room.asFloatBuffer().get(values, at, n);
      }
    }

    private void requireAsMany(int numbers) {
      long found = whole(numbers);
      if (found == numbers) return;
      throw new UncheckedIOException(new IOException(found + " numbers instead of " + numbers));
    }

    private void move(int count) {
      try {
        bytes.move(room.array(), 0, count);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
