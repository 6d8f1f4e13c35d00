package palette.embed;

import java.nio.ByteBuffer;
import palette.support.Sha256;

/** SHA-256 of a text, taken over its UTF-16 units so that malformed texts stay apart too. */
record TextKey(long a, long b, long c, long d) {
  static final int BYTES = 32;

  static TextKey of(String text) {
    var units = ByteBuffer.allocate(2 * text.length());
    for (int i = 0; i < text.length(); i++) units.putChar(text.charAt(i));
    return from(ByteBuffer.wrap(Sha256.begin().digest(units.array())));
  }

  static TextKey from(ByteBuffer bytes) {
    return new TextKey(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  void writeTo(ByteBuffer bytes) {
    bytes.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  /** The first 16 of the 64 hexadecimal digits. */
  String shortHex() {
    return String.format("%016x", a);
  }
}
