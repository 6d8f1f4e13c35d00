package palette.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palette.engine.Tensor;
import palette.support.InputException;

class SafeTensorsTest {
  @TempDir Path folder;

  private static Map<String, Tensor> two() {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("b", new Tensor(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, -0f, 1e-40f}));
    tensors.put("a \"quoted\" name", new Tensor(new long[] {1}, new float[] {Float.MAX_VALUE}));
    tensors.put("empty", new Tensor(new long[] {0}, new float[0]));
    return tensors;
  }

  private static byte[] written(Map<String, Tensor> tensors) throws IOException {
    var out = new ByteArrayOutputStream();
    SafeTensors.write(out, tensors, Map.of("format", "palette"));
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("w.safetensors"), bytes);
  }

  /** A file of this header, as given, and this many bytes of zeros. */
  private Path file(String header, int zeros) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + json.length + zeros).order(ByteOrder.LITTLE_ENDIAN);
    return file(bytes.putLong(json.length).put(json).array());
  }

  @Test
  void whatIsWrittenIsReadToTheLastBit() throws IOException {
    var read = SafeTensors.read(file(written(two())));
    assertThat(read).isEqualTo(two());
    assertThat(Float.floatToRawIntBits(read.get("b").values()[4])).isEqualTo(0x80000000);
    assertThat(read.get("b").shape()).containsExactly(2, 3);
  }

  @Test
  void manyNumbersPassThroughTheBuffer() throws IOException {
    float[] values = new float[50_001];
    for (int i = 0; i < values.length; i++) values[i] = i;
    var big = Map.of("big", new Tensor(new long[] {values.length}, values));
    assertThat(SafeTensors.read(file(written(big)))).isEqualTo(big);
  }

  // The rules of the format, checked without our own reader.
  @Test
  void theBytesFollowTheFormat() throws IOException {
    var bytes = ByteBuffer.wrap(written(two())).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong();
    assertThat(length % 8).isZero();
    byte[] header = new byte[(int) length];
    bytes.get(header);
    String text = new String(header, StandardCharsets.UTF_8);
    assertThat(text).startsWith("{").matches("(?s).*} *");
    var root = new ObjectMapper().readTree(text);
    assertThat(root.get("__metadata__").get("format").asText()).isEqualTo("palette");
    assertThat(root.get("b").toString())
        .isEqualTo("{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
    assertThat(root.get("empty").get("data_offsets").toString()).isEqualTo("[28,28]");
    assertThat(bytes.remaining()).isEqualTo(28);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.getFloat()).isEqualTo(-2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another type     | {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}  | tensor 'a' as F32, found dtype "F64"
          no type          | {"a":{"shape":[2],"data_offsets":[0,8]}}                | tensor 'a' as F32, found dtype
          no shape         | {"a":{"dtype":"F32","data_offsets":[0,8]}}              | a shape of whole numbers, found none
          negative shape   | {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | a shape of whole numbers, found [-2]
          fractional shape | {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | whole numbers, found [2.0]
          beyond long      | {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | whole numbers, found
          overflow         | {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | of at most 2147483639 numbers
          huge             | {"a":{"dtype":"F32","shape":[2000000000],"data_offsets":[0,8000000000]}} | 8000000000 bytes of numbers, found 8
          shape too small  | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}  | of shape [1] in 4 bytes, found [0,8]
          one offset       | {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}    | two data_offsets, found 1
          backwards        | {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}  | in 8 bytes, found [8,0]
          past the end     | {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | 12 bytes of numbers, found 8
          bytes left over  | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  | 4 bytes of numbers, found 8
          a gap            | {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}  | tensor 'a' from byte 0 on, found offsets 4 to 8
          an overlap       | {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor 'b' from byte 8 on, found offsets 4 to 8
          twice the name   | {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}} | a JSON header, found Duplicate field 'a'
          not JSON         | {"a":                                                   | a JSON header, found
          a list           | []                                                      | a JSON object as header, found ARRAY
          something after  | {} {"a":1}                                              | a JSON header, found Trailing token
          """)
  void aHostileHeaderIsAClearError(String what, String header, String message) throws IOException {
    var file = file(header, 8);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .as(what)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": expected ")
        .hasMessageContaining(message)
        .hasMessageEndingWith("Copy the file again, or train and save the model again.");
  }

  @ParameterizedTest(name = "header length {0}")
  @CsvSource({
    "-1, 18446744073709551615",
    "9223372036854775807, 9223372036854775807",
    "100000001, 100000001",
    "33, 33",
    "0, 0"
  })
  void aHostileHeaderLengthIsAClearError(long length, String found) throws IOException {
    var bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    var file = file(bytes);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .hasMessageContaining("expected a header of 2 to 32 bytes, found " + found + ".");
  }

  @Test
  void aTruncatedFileIsAClearError() throws IOException {
    byte[] whole = written(two());
    for (int kept = 0; kept < whole.length; kept++) {
      var file = file(java.util.Arrays.copyOf(whole, kept));
      assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void noNumberMayBeNaN() throws IOException {
    byte[] whole = written(two());
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putFloat(whole.length - 4, Float.NaN);
    var file = file(whole);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .hasMessageContaining("tensor 'a \"quoted\" name' number 1: expected a finite number");
    var diverged = Map.of("f", Tensor.of(new double[] {0, Double.NaN}, 2));
    assertThatThrownBy(() -> written(diverged))
        .hasMessage(
            "tensor 'f' number 2: expected a finite number, found NaN. The fit diverged; lower"
                + " the rates.");
  }

  @Test
  void aHeaderOfMillionsOfNamesIsRefusedBeforeItIsKept() throws IOException {
    var header = new StringBuilder("{\"__metadata__\":{\"n0\":\"\"");
    for (int i = 1; i < 600_000; i++) header.append(",\"n").append(i).append("\":\"\"");
    assertThatThrownBy(() -> SafeTensors.read(file(header.append("}}").toString(), 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 1,000,000 names, numbers and brackets, found more.");
  }
}
