package palette.notebook;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes over {@code System.out} and {@code System.err}, and gives them back when closed. */
final class Streams implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  Streams(Outputs outputs) {
    System.setOut(print(text -> outputs.stream("stdout", text)));
    System.setErr(print(text -> outputs.stream("stderr", text)));
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }

  private static PrintStream print(Consumer<String> to) {
    return new Open(new Decoder(to));
  }

  /** A cell that closes what it printed with must not silence the cells after it. */
  private static final class Open extends PrintStream {
    Open(OutputStream to) {
      super(to, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
  }

  /** Passes on text as it comes; a character whose bytes come in two writes stays whole. */
  private static final class Decoder extends OutputStream {
    private final Consumer<String> to;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Decoder(Consumer<String> to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      var in = ByteBuffer.allocate(rest.remaining() + length);
      in.put(rest).put(bytes, from, length).flip();
      var text = CharBuffer.allocate(in.remaining() + 1);
      decoder.decode(in, text, false);
      rest = in.slice();
      if (text.flip().hasRemaining()) to.accept(text.toString());
    }
  }
}
