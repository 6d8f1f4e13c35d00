package palette.data.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.zip.GZIPInputStream;
import palette.support.Texts;

/**
 * The characters of a file, a buffer at a time; gz is seen by its first bytes. Bytes that are no
 * text in the charset become U+FFFD and are remembered with their place, so that the reader of
 * lines can say in which line they stand. What a gz unpacks to has a limit, {@link #mostUnpacked}:
 * ten times what text ever takes, and no disk full of it.
 */
final class DecodedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int RATIO = 200; // gzip packs text to a tenth, one repeated line to 1/1000
  private static final long FLOOR = 256L << 20;

  /** The cause of a fault behind which nothing can be read, so that there is nothing to skip. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Where bytes were no text: as a count of characters and as a count of bytes from the start. */
  record Malformed(long character, long offset, int first) {}

  private final String name;
  private final SeekableByteChannel file;
  private final InputStream in;
  private final long most; // bytes that may come out
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final ArrayDeque<Malformed> malformed = new ArrayDeque<>();
  private long bytesBefore; // bytes before the start of the buffer
  private long charactersBefore;
  private boolean ended;
  private IOException failure;

  DecodedFile(Path path, Charset charset) throws IOException {
    name = Place.name(path);
    file = Files.newByteChannel(path);
    try {
      in = unpacked(new BufferedInputStream(Channels.newInputStream(file), BUFFER));
      most = in instanceof GZIPInputStream ? mostUnpacked(file.size()) : Long.MAX_VALUE;
    } catch (IOException e) {
      file.close();
      throw e;
    }
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    raw.mark(2);
    boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return zipped ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /** How many bytes a gz of this size may unpack to: 200 times as many, and 256 MiB in any case. */
  static long mostUnpacked(long packed) {
    return Math.max(FLOOR, RATIO * packed);
  }

  /** How much of the file was taken, from 0 to 1. */
  double share() {
    try {
      return file.size() == 0 ? 1 : (double) file.position() / file.size();
    } catch (IOException e) {
      return 0; // it is closed
    }
  }

  /** Fills the buffer from its start; leaves it empty at the end of the file. */
  void read(CharBuffer into) throws IOException {
    if (failure != null) throw failure;
    into.clear();
    try {
      while (into.remaining() >= 2) {
        var result = decoder.decode(bytes, into, ended);
        if (result.isOverflow() || !into.hasRemaining()) break; // an error is met again next time
        else if (result.isError()) replace(result.length(), into);
        else if (ended) break;
        else fill();
      }
    } catch (IOException e) {
      if (into.position() == 0) throw e;
      failure = e; // what was decoded before is handed out first
    }
    into.flip();
    charactersBefore += into.limit();
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
