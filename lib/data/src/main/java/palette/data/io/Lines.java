package palette.data.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.zip.ZipException;
import palette.data.io.DecodedFile.Unreadable;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Texts;

/**
 * The lines of a text file one after another, whatever its size; {@code \n} and {@code \r\n} end a
 * line, and {@code \r} alone in a file that begins so. A bad line throws, and the next call goes on
 * behind it.
 */
public final class Lines extends Reader {
  /** The longest line, in characters; a longer one is refused before it fills the memory. */
  public static final int LONGEST = 16 << 20;

  private final String file;
  private final Charset charset;
  private final DecodedFile decoded;
  private final CharBuffer buffer = CharBuffer.allocate(1 << 14).flip();
  private long number;
  private long characters; // handed out so far
  private boolean ended;
  private char end; // 0: nothing was read so far

  public Lines(Path path, Charset charset) {
    this.file = Place.name(path);
    this.charset = charset;
    this.decoded = opened(path);
  }

  private DecodedFile opened(Path path) {
    Place.readable(path, path.toString(), "a file", "nothing");
    try {
      return new DecodedFile(path, charset);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  public String file() {
    return file;
  }

  /** The number of the line that was read last, from 1. */
  public long number() {
    return number;
  }

  public String where() {
    return number == 0 ? file : file + " line " + number;
  }

  /** The next line without its end, or null. */
  public String next() {
    if (ended || !more()) return null;
    number++;
    char last = end;
    var line = new StringBuilder();
    boolean whole = false;
    long length = 0;
    while (!whole && more()) {
      int from = buffer.position();
      int to = from;
      while (to < buffer.limit() && buffer.get(to) != last) to++;
      whole = to < buffer.limit();
      length += to - from;
      if (length <= LONGEST) line.append(buffer, 0, to - from);
      buffer.position(whole ? to + 1 : to);
      characters += to - from + (whole ? 1 : 0);
    }
    refuse(length);
    int size = line.length();
    if (last == '\n' && size > 0 && line.charAt(size - 1) == '\r') line.setLength(size - 1);
    return line.toString();
  }

  /** The first sign of the file that is no white space, before anything is read; 0: none. */
  char first() {
    for (int i = more() ? buffer.position() : 0; i < buffer.limit(); i++) {
      if (!Character.isWhitespace(buffer.get(i))) return buffer.get(i);
    }
    return 0;
  }

  /** Characters as they come, for what is not made of lines; -1 at the end. */
  @Override
  public int read(char[] into, int from, int length) {
    if (ended || !more()) return -1;
    int n = Math.min(length, buffer.remaining());
    buffer.get(into, from, n);
    characters += n;
    refuse(0);
    return n;
  }

  private boolean more() {
    try {
      if (!buffer.hasRemaining()) decoded.read(buffer);
      if (end == 0) {
        end = lineEnd();
        if (buffer.hasRemaining() && buffer.get(0) == '\uFEFF') {
          buffer.get(); // a byte order mark
          characters++;
        }
      }
      return buffer.hasRemaining();
    } catch (IOException e) {
      ended = true;
      throw broken(e);
    }
  }

  // Old Macs ended lines by a carriage return, and so do some of their programs to this day.
  private char lineEnd() {
    boolean old = false;
    for (int i = 0; i < buffer.limit() - 1; i++) {
      if (buffer.get(i) == '\n' || buffer.get(i + 1) == '\n') return '\n';
      old |= buffer.get(i) == '\r';
    }
    return old ? '\r' : '\n';
  }

  private void refuse(long length) {
    var malformed = decoded.malformedBefore(characters);
    if (length > LONGEST) {
      throw new InputException(
          where(),
          Texts.format("at most %,d characters in a line", LONGEST),
          Texts.format("%,d", length),
          "Is it a file of lines at all?");
    }
    if (malformed != null) {
      throw new InputException(
          where(),
          "text in " + charset.name(),
          Texts.format("byte 0x%02X at offset %,d", malformed.first(), malformed.offset()),
          malformed.offset() == 0 && malformed.first() >= 0xfe // its byte order mark
              ? "Name the charset with .charset(\"UTF-16\")."
              : "Name the charset with .charset(\"windows-1252\") or the one it has.");
    }
  }

  private RuntimeException broken(IOException e) {
    Stop.ifInterrupted("Reading " + file); // which closes the file
    if (e instanceof Unreadable) {
      return new InputException(
          after(),
          "a gz that unpacks to 200 times its size at most",
          e.getMessage(),
          "Unpack it, if that is right: a plain file may be of any size.",
          e);
    }
    if (e instanceof EOFException || e instanceof ZipException) {
      return new InputException(
          after(),
          "a whole gzip file",
          e instanceof EOFException ? "its end cut off" : "damaged bytes (" + e.getMessage() + ")",
          "Fetch the file again.",
          e);
    }
    return new UncheckedIOException("Could not read " + after() + ": " + Reasons.of(e), e);
  }

  private String after() {
    return number == 0 ? file : file + " after line " + number;
  }

  /** How much of the file's bytes was taken from the disk, from 0 to 1. */
  double share() {
    return decoded.share();
  }

  @Override
  public void close() {
    try {
      decoded.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
