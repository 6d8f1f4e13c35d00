package palette.store;

import static com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import palette.engine.Tensor;
import palette.support.InputException;
import palette.support.Memory;
import palette.support.Reasons;
import palette.support.Sha256;
import palette.support.Texts;

/**
 * The safetensors format, float32 only: the length of the header in 8 bytes (little endian), a JSON
 * header {@code {"name": {"dtype": "F32", "shape": [..], "data_offsets": [from, to]}, ..}} padded
 * with spaces to a multiple of 8, then the numbers of all tensors without a gap, little endian.
 * Nothing in a file is run; everything in it is checked before memory is asked for.
 */
public final class SafeTensors {
  private static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000; // the format's own limit
  private static final long MOST_NUMBERS = Integer.MAX_VALUE - 8;
  private static final int MOST_PARTS = 1_000_000; // enough for 50,000 tensors
  private static final int CHUNK = 1 << 16;
  private static final String NEXT = "Copy the file again, or train and save the model again.";

  private final Path file;

  private SafeTensors(Path file) {
    this.file = file;
  }

  // ------------------------------------------------------------------------------------- write

  /** Writes the tensors in their order. A NaN or an infinite number is an error. */
  public static void write(
      OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    out.write(buffer(Long.BYTES).putLong(header.length).array());
    out.write(header);
    for (var entry : tensors.entrySet()) writeNumbers(out, entry.getKey(), entry.getValue());
  }

  /** SHA-256 in hex of such a file: names tensors by their numbers. */
  public static String sha256(Map<String, Tensor> tensors) {
    return Reasons.attempt("hash", () -> Sha256.hex(out -> write(out, tensors, Map.of())));
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    var root = Manifest.create();
    if (!metadata.isEmpty()) root.set(METADATA, Manifest.JSON.valueToTree(metadata));
    long at = 0;
    for (var entry : tensors.entrySet()) {
      var described = root.putObject(entry.getKey()).put("dtype", "F32");
      var shape = described.putArray("shape");
      for (long s : entry.getValue().shape()) shape.add(s);
      long end = at + (long) Float.BYTES * entry.getValue().values().length;
      described.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = Manifest.JSON.writer().without(INDENT_OUTPUT).writeValueAsBytes(root);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeNumbers(OutputStream out, String name, Tensor tensor)
      throws IOException {
    float[] values = tensor.values();
    requireFinite("tensor '" + name + "'", values, "The fit diverged; lower the rates.");
    var bytes = buffer(CHUNK);
    for (int at = 0; at < values.length; at += CHUNK / Float.BYTES) {
      int n = Math.min(CHUNK / Float.BYTES, values.length - at);
      bytes.asFloatBuffer().put(values, at, n);
      out.write(bytes.array(), 0, n * Float.BYTES);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  // -------------------------------------------------------------------------------------- read

  /** A tensor as the header announces it; {@code from} and {@code to} count from the data on. */
  private record Entry(String name, long[] shape, long count, long from, long to) {}

  /** Reads all tensors of a file. */
  public static Map<String, Tensor> read(Path file) {
    return read(file, name -> false);
  }

  /** Reads all but those that are passed over; these may be whole numbers of 64 bits. */
  public static Map<String, Tensor> read(Path file, Predicate<String> passedOver) {
    return new SafeTensors(file).tensors(passedOver);
  }

  private Map<String, Tensor> tensors(Predicate<String> passedOver) {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK))) {
      long size = Files.size(file);
      long length = headerLength(in, size);
      var entries = entries(parse(in.readNBytes((int) length)), passedOver);
      requireGapless(entries, size - Long.BYTES - length);
      Memory.require(file.toString(), size);
      var tensors = new LinkedHashMap<String, Tensor>();
      for (var entry : entries) {
        if (passedOver.test(entry.name)) in.skipNBytes(entry.to - entry.from);
        else tensors.put(entry.name, numbers(in, entry));
      }
      return tensors;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file + ": " + Reasons.of(e), e);
    }
  }

  private long headerLength(DataInputStream in, long size) throws IOException {
    require(size >= Long.BYTES, "at least 8 bytes", size + " bytes");
    long length = Long.reverseBytes(in.readLong());
    long longest = Math.min(LONGEST_HEADER, size - Long.BYTES);
    boolean fits = length >= 2 && length <= longest; // beyond 2^63 it reads as negative
    require(fits, "a header of 2 to " + longest + " bytes", Long.toUnsignedString(length));
    return length;
  }

  private JsonNode parse(byte[] header) {
    try {
      requireFew(header);
      var root = Manifest.JSON.readTree(header);
      require(root.isObject(), "a JSON object as header", root.getNodeType().toString());
      return root;
    } catch (JsonProcessingException e) {
      throw bad("a JSON header", e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw bad("a JSON header in UTF-8", e.getMessage(), e);
    }
  }

  // Ten million names would take half a minute and all memory, deaf to interrupts.
  private void requireFew(byte[] header) throws IOException {
    try (var parser = Manifest.JSON.getFactory().createParser(header)) {
      int parts = 0;
      while (parts <= MOST_PARTS && parser.nextToken() != null) parts++;
      String most = Texts.format("a header of at most %,d names, numbers and brackets", MOST_PARTS);
      require(parts <= MOST_PARTS, most, "more");
    }
  }

  private List<Entry> entries(JsonNode header, Predicate<String> passedOver) {
    var entries = new ArrayList<Entry>();
    for (var field : header.properties()) {
      String name = field.getKey();
      boolean whole =
          passedOver.test(name) && field.getValue().path("dtype").asText().equals("I64");
      if (!name.equals(METADATA)) entries.add(entry(name, field.getValue(), whole ? "I64" : "F32"));
    }
    entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
    return entries;
  }

  private Entry entry(String name, JsonNode node, String type) {
    String where = "tensor '" + name + "'";
    var dtype = node.path("dtype");
    require(dtype.asText().equals(type), where + " as " + type, "dtype " + dtype);
    int width = type.equals("I64") ? Long.BYTES : Float.BYTES;
    long[] shape = wholes(where + " with a shape of whole numbers", node.path("shape"));
    String between = where + " with two data_offsets";
    long[] offsets = wholes(between, node.path("data_offsets"));
    require(offsets.length == 2, between, offsets.length + "");
    String shaped = "shape " + Arrays.toString(shape);
    long count = 1;
    for (long s : shape) {
      boolean fits = s == 0 || count <= MOST_NUMBERS / s;
      require(fits, where + " of at most " + MOST_NUMBERS + " numbers", shaped);
      count *= s;
    }
    String size = where + " of " + shaped + " in " + count * width + " bytes";
    require(offsets[1] - offsets[0] == count * width, size, node.path("data_offsets").toString());
    return new Entry(name, shape, count, offsets[0], offsets[1]);
  }

  private long[] wholes(String expected, JsonNode array) {
    require(array.isArray(), expected, array.isMissingNode() ? "none" : array.toString());
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      var node = array.get(i);
      boolean whole = node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0;
      require(whole, expected, array.toString());
      values[i] = node.asLong();
    }
    return values;
  }

  /** One tensor begins where the last one ended, and the file ends with the last. */
  private void requireGapless(List<Entry> entries, long bytes) {
    long at = 0;
    for (var entry : entries) {
      String found = "offsets " + entry.from + " to " + entry.to;
      require(entry.from == at, "tensor '" + entry.name + "' from byte " + at + " on", found);
      at = entry.to;
    }
    require(at == bytes, at + " bytes of numbers", bytes + "");
  }

  private Tensor numbers(InputStream in, Entry entry) throws IOException {
    float[] values = new float[(int) entry.count];
    byte[] bytes = new byte[CHUNK];
    var view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int at = 0; at < values.length; at += CHUNK / Float.BYTES) {
      int n = Math.min(CHUNK / Float.BYTES, values.length - at);
      int got = in.readNBytes(bytes, 0, n * Float.BYTES);
      require(got == n * Float.BYTES, "tensor '" + entry.name + "' whole", "the end");
      view.rewind().get(values, at, n);
    }
    requireFinite(file + " tensor '" + entry.name + "'", values, NEXT);
    return new Tensor(entry.shape, values);
  }

  // ------------------------------------------------------------------------------------ errors

  private static void requireFinite(String where, float[] values, String next) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isFinite(values[i])) continue;
      throw new InputException(
          where + " number " + (i + 1), "a finite number", "" + values[i], next);
    }
  }

  private void require(boolean holds, String expected, String found) {
    if (!holds) throw bad(expected, found, null);
  }

  private InputException bad(String expected, String found, Exception cause) {
    String shown = Texts.shortened(found, 203);
    return new InputException(file.toString(), expected, shown, NEXT, cause);
  }
}
