package palette.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

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

  /** Of a text in UTF-8, in base 64: how a page's policy names a script. */
  public static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
