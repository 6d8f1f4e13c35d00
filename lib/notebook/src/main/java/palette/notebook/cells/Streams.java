package palette.notebook.cells;

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

  private volatile boolean closed;

  Streams(Outputs outputs, Places places) {
    var ofOut = new Traces(places);
    var ofErr = new Traces(places);
    take(System::setOut, text -> show(outputs, "stdout", ofOut.readable(text)));
    take(System::setErr, text -> show(outputs, "stderr", ofErr.readable(text)));
  }

  private static void show(Outputs outputs, String name, String text) {
    if (!text.isEmpty()) outputs.stream(name, text);
  }

  // A cell that closes what it printed with must not silence the cells after it: they get another.
  // No class of our own, of which Java would print a line and its end in two pieces.
  private void take(Consumer<PrintStream> stream, Consumer<String> to) {
    var decoder = new Decoder(to, () -> take(stream, to));
    if (!closed) stream.accept(new PrintStream(decoder, true, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closed = true;
    System.setOut(out);
    System.setErr(err);
  }

  /** Passes on text as it comes; a character whose bytes come in two writes stays whole. */
  private static final class Decoder extends OutputStream {
    private final Consumer<String> to;
    private final Runnable whenClosed;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Decoder(Consumer<String> to, Runnable whenClosed) {
      this.to = to;
      this.whenClosed = whenClosed;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() {
      whenClosed.run();
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
