package palette.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import palette.support.Sha256;

/** SHA-256 over everything that a fit can see; each part begins with its length. */
final class Fingerprint {
  private final DataOutputStream out;

  private Fingerprint(DataOutputStream out) {
    this.out = out;
  }

  static String of(Preferences all) {
    try {
      var digest = Sha256.begin();
      var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
      try (var out = new DataOutputStream(new BufferedOutputStream(sink, 1 << 16))) {
        new Fingerprint(out).add(all);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Preferences all) throws IOException {
    add(all.users());
    add(all.prompts());
    add(all.items());
    rows(all);
    rows(all.ties());
  }

  private void add(Catalog entries) throws IOException {
    texts(entries.ids());
    texts(entries.hasTexts() ? entries.texts() : List.of());
    out.writeInt(entries.dimension());
    for (int i = 0; entries.hasVectors() && i < entries.size(); i++) {
      for (float x : entries.vector(i)) out.writeFloat(x);
    }
  }

  private void texts(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (var text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private void rows(Preferences all) throws IOException {
    out.writeInt(all.size());
    for (int row = 0; row < all.size(); row++) {
      out.writeInt(all.user(row));
      out.writeInt(all.prompt(row));
      out.writeInt(all.chosen(row));
      out.writeInt(all.rejected(row));
      out.writeFloat((float) all.weight(row));
    }
  }
}
