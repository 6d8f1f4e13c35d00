package palette.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import palette.support.InputException;
import palette.support.Reasons;
import palette.support.Sha256;

/** SHA-256 over everything that decides a sentence encoder's vectors. */
record ModelHash(TextKey value) {
  // To be changed with the way texts are cut, pooled or scaled: old caches then no longer fit.
  private static final String RECIPE = "pieces, mean, unit length";

  String fingerprint(String name) {
    return name + "-" + value.shortHex();
  }

  static ModelHash ofFiles(Path model, byte[] tokenizer) {
    try {
      var digest = begin(tokenizer);
      update(digest, Files.newInputStream(model));
      // The names by which exporters keep tensors above 2 GB beside the model.
      for (var suffix : List.of("_data", ".data")) {
        var beside = model.resolveSibling(model.getFileName() + suffix);
        if (Files.isRegularFile(beside)) update(digest, Files.newInputStream(beside));
      }
      return end(digest);
    } catch (IOException e) {
      throw unreadable(model, "a sentence encoder in ONNX format", e);
    }
  }

  /** {@code how}: what is done otherwise than the recipe says; empty for nothing. */
  static ModelHash ofChecksums(long tokenizer, long model, String how) {
    return end(begin((tokenizer + " " + model + how).getBytes(StandardCharsets.UTF_8)));
  }

  /** The bytes of a file that is part of an encoder. */
  static byte[] bytes(Path file, String expected) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, expected, e);
    }
  }

  private static InputException unreadable(Path file, String expected, IOException e) {
    return new InputException(file.toString(), expected, Reasons.of(e), "Check the path.", e);
  }

  private static MessageDigest begin(byte[] tokenizer) {
    var digest = Sha256.begin();
    digest.update(RECIPE.getBytes(StandardCharsets.UTF_8));
    digest.update(tokenizer);
    return digest;
  }

  private static void update(MessageDigest digest, InputStream opened) throws IOException {
    try (var in = new DigestInputStream(opened, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static ModelHash end(MessageDigest digest) {
    return new ModelHash(TextKey.from(ByteBuffer.wrap(digest.digest())));
  }
}
