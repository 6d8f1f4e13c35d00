package palette.embed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message in the wire format of Protocol Buffers: fields with a number each, whose content is a
 * whole number, or bytes, which may be a text or a message themselves. A torn one ends in a {@link
 * BufferUnderflowException}.
 */
final class Protobuf {
  /** {@code bytes}: its content, null where that is a number; {@code whole}: as it stands. */
  record Field(int number, long value, ByteBuffer bytes, ByteBuffer whole) {}

  private final List<Field> fields = new ArrayList<>();

  Protobuf(ByteBuffer message) {
    var in = message.duplicate();
    while (in.hasRemaining()) {
      int from = in.position();
      long key = whole(in);
      long value = 0;
      ByteBuffer bytes = null;
      switch ((int) key & 7) {
        case 0 -> value = whole(in);
        case 1 -> in.getLong(); // numbers of fixed length: nobody asks for one
        case 2 -> bytes = bytes(in, whole(in));
        case 5 -> in.getInt();
        default -> throw new IllegalArgumentException("a field of kind " + (key & 7));
      }
      var whole = in.slice(from, in.position() - from);
      fields.add(new Field((int) (key >>> 3), value, bytes, whole));
    }
  }

  /** All fields, in order. */
  List<Field> fields() {
    return fields;
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private static long whole(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 127L) << shift;
      if (next >= 0) return value;
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private static ByteBuffer bytes(ByteBuffer in, long length) {
    if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
    var bytes = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return bytes;
  }

  /** The bytes of all fields of a number. */
  List<ByteBuffer> all(int number) {
    return fields.stream()
        .filter(field -> field.number == number && field.bytes != null)
        .map(Field::bytes)
        .toList();
  }

  /** Whole numbers, one a field or several in one. */
  long[] wholes(int number) {
    var values = new ArrayList<Long>();
    for (var field : fields) {
      if (field.number != number) continue;
      if (field.bytes == null) values.add(field.value);
      else for (var in = field.bytes.duplicate(); in.hasRemaining(); ) values.add(whole(in));
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  List<String> texts(int number) {
    var texts = all(number).stream().map(bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()));
    return texts.map(CharSequence::toString).toList();
  }
}
