package palette.embed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What {@link Protobuf} reads, being written. */
final class Message {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Message whole(int number, long value) {
    varint((long) number << 3);
    varint(value);
    return this;
  }

  Message text(int number, String text) {
    return bytes(number, text.getBytes(StandardCharsets.UTF_8));
  }

  Message bytes(int number, byte[] bytes) {
    varint((long) number << 3 | 2);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /** A field as it was read. */
  Message copy(ByteBuffer field) {
    byte[] bytes = new byte[field.remaining()];
    field.duplicate().get(bytes);
    out.writeBytes(bytes);
    return this;
  }

  private void varint(long value) {
    for (; (value & ~127L) != 0; value >>>= 7) out.write((int) (value & 127 | 128));
    out.write((int) value);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
