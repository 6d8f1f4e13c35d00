package palette.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Damages bytes as disks, editors, exports and enemies do; all of it follows from the random
 * stream.
 */
final class Mutation {
  private static final List<byte[]> TOKENS =
      List.of(
              "\"",
              "\"\"",
              ",",
              ";",
              "\t",
              "|",
              "::",
              "\n",
              "\r",
              "\r\n",
              "\0",
              "\uFEFF",
              "null",
              "NaN",
              "1e999",
              "-1",
              "-0",
              "0.5",
              "99999999999999999999",
              "1e308",
              "0x1p3",
              "true",
              "{",
              "}",
              "[",
              "]",
              "[]",
              "{}",
              "[[",
              "{\"a\":",
              "\"a\":1,",
              "\\u0000",
              "\\ud800",
              "\\",
              "#",
              "{1,2}",
              "1:",
              "../",
              "\uD83C\uDFA8",
              "role",
              "content",
              "\n\nAssistant:",
              "# NUMBER VOTERS: 5\n",
              "Infinity",
              "\uFFFD",
              " ",
              "\u00A0",
              "'",
              "1,5",
              "1.5",
              "2147483648",
              "-9223372036854775809")
          .stream()
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final SplittableRandom random;

  Mutation(SplittableRandom random) {
    this.random = random;
  }

  /** The bytes with one to five damages; others is what may be mixed in. */
  byte[] of(byte[] content, byte[] others) {
    byte[] now = content;
    int damages = 1 + Math.min(random.nextInt(5), random.nextInt(5));
    for (int i = 0; i < damages; i++) now = once(now, others);
    return now;
  }

  private byte[] once(byte[] now, byte[] others) {
    int at = random.nextInt(now.length + 1);
    int length = 1 + random.nextInt(1 + random.nextInt(40));
    return switch (random.nextInt(12)) {
      case 0 -> flipped(now, at);
      case 1, 2 -> spliced(now, at, 0, TOKENS.get(random.nextInt(TOKENS.size())));
      case 3 -> spliced(now, at, 1, TOKENS.get(random.nextInt(TOKENS.size())));
      case 4 -> spliced(now, at, length, new byte[0]);
      case 5 -> spliced(now, at, 0, slice(now, at, length));
      case 6 -> Arrays.copyOf(now, at);
      case 7 -> spliced(now, at, length, slice(others, random.nextInt(others.length), length));
      case 8 -> number(now);
      case 9 -> lines(now);
      case 10 -> spliced(now, at, 0, run());
      default -> spliced(now, at, 0, noise(length));
    };
  }

  private byte[] flipped(byte[] now, int at) {
    if (at == now.length) return now;
    byte[] other = now.clone();
    other[at] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  private static byte[] slice(byte[] from, int at, int length) {
    return Arrays.copyOfRange(from, Math.min(at, from.length), Math.min(at + length, from.length));
  }

  private static byte[] spliced(byte[] now, int at, int without, byte[] more) {
    int behind = Math.min(now.length, at + without);
    var out = new ByteArrayOutputStream(now.length + more.length);
    out.write(now, 0, at);
    out.writeBytes(more);
    out.write(now, behind, now.length - behind);
    return out.toByteArray();
  }

  /** Many of one sign: nesting, empty fields, a very long word. */
  private byte[] run() {
    byte[] sign = TOKENS.get(random.nextInt(TOKENS.size()));
    int times = 1 << random.nextInt(14);
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) out.writeBytes(sign);
    return out.toByteArray();
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    for (int i = 0; i < length; i++) noise[i] = (byte) random.nextInt();
    return noise;
  }

  /** Another number where one stands. */
  private byte[] number(byte[] now) {
    if (now.length == 0) return now;
    int start = random.nextInt(now.length);
    for (int i = 0; i < now.length; i++) {
      int at = (start + i) % now.length;
      if (now[at] < '0' || now[at] > '9') continue;
      String other = Long.toString(random.nextLong() >> random.nextInt(64));
      return spliced(now, at, 1, other.getBytes(StandardCharsets.US_ASCII));
    }
    return now;
  }

  /** A line twice, or gone, or elsewhere. */
  private byte[] lines(byte[] now) {
    var lines = new String(now, StandardCharsets.ISO_8859_1).split("(?<=\n)");
    int one = random.nextInt(lines.length);
    int other = random.nextInt(lines.length);
    String moved = lines[one];
    if (random.nextBoolean()) lines[one] = random.nextBoolean() ? "" : lines[other];
    lines[other] = random.nextBoolean() ? moved : moved + lines[other];
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Packed as gz, before or after which it is damaged. */
  static byte[] packed(byte[] content) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
