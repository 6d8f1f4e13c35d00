package palette.data.io;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.zip.GZIPInputStream;
import palette.support.Texts;

/**
 * The characters of a file, a buffer at a time; gz is seen by its first bytes and a UTF-8 byte
 * order mark is skipped. Bytes that are no text in the charset become U+FFFD and are remembered
 * with their place, so that the reader of lines can say in which line they stand. What a gz unpacks
 * to has a limit, {@link #mostUnpacked}: ten times what text ever takes, and no disk full of it.
 */
final class DecodedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int RATIO = 200; // gzip packs text to a tenth, one repeated line to 1/1000
  private static final long FLOOR = 256L << 20;

  /** Where bytes were no text: as a count of characters and as a count of bytes from the start. */
  record Malformed(long character, long offset, int first) {}

  private final String name;
  private final Counted raw;
  private final InputStream in;
  private final long most; // bytes that may come out
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final ArrayDeque<Malformed> malformed = new ArrayDeque<>();
  private long bytesBefore; // bytes before the start of the buffer
  private long charactersBefore;
  private final boolean utf16Mark;
  private boolean ended;
  private IOException failure;

  DecodedFile(Path path, Charset charset) throws IOException {
    name = Place.name(path);
    raw = new Counted(Files.newInputStream(path), Math.max(1, Files.size(path)));
    in = opened(raw);
    most = in instanceof GZIPInputStream ? mostUnpacked(Files.size(path)) : Long.MAX_VALUE;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      fill();
      utf16Mark = startsWithUtf16Mark();
      if (charset.equals(StandardCharsets.UTF_8)) skipByteOrderMark();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** How many bytes a gz of this size may unpack to: 200 times as many, and 256 MiB in any case. */
  static long mostUnpacked(long packed) {
    return Math.max(FLOOR, RATIO * packed);
  }

  /** The bytes of the file itself, counted. */
  private static final class Counted extends FilterInputStream {
    private final long size;
    private long taken;

    private Counted(InputStream in, long size) {
      super(in);
      this.size = size;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int n = super.read(into, from, length);
      taken += Math.max(0, n);
      return n;
    }
  }

  /** How much of the file was taken, from 0 to 1. */
  double share() {
    return (double) raw.taken / raw.size;
  }

  private static InputStream opened(InputStream file) throws IOException {
    InputStream raw = new BufferedInputStream(file, BUFFER);
    try {
      raw.mark(2);
      boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return zipped ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private void skipByteOrderMark() throws IOException {
    while (bytes.remaining() < 3 && !ended) fill();
    boolean mark =
        bytes.remaining() >= 3
            && (bytes.get(0) & 0xff) == 0xef
            && (bytes.get(1) & 0xff) == 0xbb
            && (bytes.get(2) & 0xff) == 0xbf;
    if (mark) bytes.position(3);
  }

  private boolean startsWithUtf16Mark() {
    if (bytes.limit() < 2) return false;
    int first = (bytes.get(0) & 0xff) << 8 | bytes.get(1) & 0xff;
    return first == 0xfeff || first == 0xfffe;
  }

  /** The first two bytes were a UTF-16 byte order mark. */
  boolean looksLikeUtf16() {
    return utf16Mark;
  }

  /** Fills the buffer from its start; leaves it empty at the end of the file. */
  void read(CharBuffer into) throws IOException {
    into.clear();
    while (into.remaining() >= 2) {
      var result = decoder.decode(bytes, into, ended);
      if (result.isOverflow() || !into.hasRemaining()) break; // an error is met again next time
      else if (result.isError()) replace(result.length(), into);
      else if (ended) break;
      else if (!filled(into.position() > 0)) break;
    }
    into.flip();
    charactersBefore += into.limit();
  }

  // What was decoded before a failure is handed out first.
  private boolean filled(boolean someDecoded) throws IOException {
    if (failure != null) throw failure;
    try {
      fill();
      return true;
    } catch (IOException e) {
      if (!someDecoded) throw e;
      failure = e;
      return false;
    }
  }

  private void replace(int length, CharBuffer into) {
    int at = bytes.position();
    malformed.add(
        new Malformed(charactersBefore + into.position(), bytesBefore + at, bytes.get(at) & 0xff));
    bytes.position(at + length);
    into.put('\uFFFD');
  }

  private void fill() throws IOException {
    Stop.ifInterrupted("Reading " + name);
    bytesBefore += bytes.position();
    if (bytesBefore > most) throw new Unreadable(Texts.format("more than %,d bytes", most));
    bytes.compact();
    try {
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = n < 0;
      if (n > 0) bytes.position(bytes.position() + n);
    } finally {
      bytes.flip();
    }
  }

  /** The first malformed bytes before this character, all of which are then forgotten. */
  Malformed malformedBefore(long character) {
    Malformed found = null;
    while (!malformed.isEmpty() && malformed.peek().character() < character) {
      var next = malformed.poll();
      if (found == null) found = next;
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
