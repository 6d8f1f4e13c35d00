package palette.support;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256, which every Java has. */
public final class Sha256 {
  private Sha256() {}

  /** One that has seen nothing yet. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Of all that is written to the stream, in hex. */
  public static String hex(AtomicFile.Writer writer) throws IOException {
    var digest = begin();
    var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (var out = new BufferedOutputStream(sink, 1 << 16)) {
      writer.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a text in UTF-8, in base 64: how a page's policy names a script. */
  public static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
