package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
  @TempDir Path folder;

  // As numpy.lib.format lays it out; the header ends so that the data begin at a multiple of 64.
  private Path npy(int version, String type, String order, String shape, double... values) {
    int head = version == 1 ? 10 : 12;
    var header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }".formatted(type, order, shape);
    header += " ".repeat(64 - (head + header.length() + 1) % 64) + "\n";
    int width = type.endsWith("8") ? 8 : 4;
    var bytes = ByteBuffer.allocate(head + header.length() + width * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes());
    bytes.put((byte) version).put((byte) 0);
    if (version == 1) bytes.putShort((short) header.length());
    else bytes.putInt(header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    if (type.startsWith(">")) bytes.order(ByteOrder.BIG_ENDIAN);
    for (double v : values) {
      if (width == 8) bytes.putDouble(v);
      else bytes.putFloat((float) v);
    }
    return Written.bytes(folder.resolve("v.npy"), bytes.array());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f4", "<f8", ">f4", ">f8"})
  void floatsOfEveryKindAndVersion(String type) {
    for (int version = 1; version <= 3; version++) {
      var read = Vectors.npy(npy(version, type, "False", "2, 3", 1, 2, 3, 4, 5, 6.5));
      assertThat(read.rows()).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6.5f}});
    }
  }

  @Test
  void vectorsJoinItemsByIdOrInOrder() {
    var items = Catalog.of(List.of("x", "y"));
    var file = npy(1, "<f4", "False", "2, 1", 7, 8);
    assertThat(items.withVectors(Vectors.npy(file)).vector(0)).containsExactly(7);
    var csv = Written.file(folder, "v.csv", "id,a,b", "y,1,2", "x,3,4", "z,5,6");
    assertThat(items.withVectors(Vectors.csv(csv)).vector(0)).containsExactly(3, 4);
  }

  @Test
  void otherArraysAreRefused() {
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "True", "2, 1", 1, 2)))
        .hasMessage(
            "v.npy: expected rows one after another, found Fortran order."
                + " Use numpy.ascontiguousarray.");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "|O", "False", "2, 1", 1, 2)))
        .hasMessageContaining("found '|O'. Save it with array.astype('float32').");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<i8", "False", "2, 1", 1, 2)))
        .hasMessageContaining("found '<i8'");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "False", "2,", 1, 2)))
        .hasMessageContaining("expected two dimensions, found shape (2,)");
    assertThatThrownBy(() -> Vectors.npy(npy(9, "<f4", "False", "2, 1", 1, 2)))
        .hasMessageContaining("expected format version 1, 2 or 3, found 9");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "False", "999999999, 999999999", 1)))
        .hasMessageContaining("found 4 bytes. Is the file whole?");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "False", "1, 2", 1, Double.NaN)))
        .hasMessage("v.npy row 1 column 2: expected a finite number, found NaN.");
    var text = Written.file(folder, "no.npy", "1,2,3");
    assertThatThrownBy(() -> Vectors.npy(text)).hasMessageContaining("found other bytes");
  }

  @Test
  void aCutHeaderIsAnError() throws Exception {
    byte[] whole = java.nio.file.Files.readAllBytes(npy(1, "<f4", "False", "1, 1", 1));
    var cut = Written.bytes(folder.resolve("cut.npy"), Arrays.copyOf(whole, 40));
    assertThatThrownBy(() -> Vectors.npy(cut)).hasMessageContaining("found its end cut off");
    var cutter = Written.bytes(folder.resolve("cut.npy"), Arrays.copyOf(whole, 9));
    assertThatThrownBy(() -> Vectors.npy(cutter)).hasMessageContaining("cut.npy");
  }

  @Test
  void csvVectorsAreNumbersOfOneSize() {
    var text = Written.file(folder, "v.csv", "id,a,b", "x,1,two");
    assertThatThrownBy(() -> Vectors.csv(text))
        .hasMessage("v.csv line 2: expected a number in 'b', found 'two'. Mend the line.");
    var nan = Written.file(folder, "v.csv", "id,a", "x,NaN");
    assertThatThrownBy(() -> Vectors.csv(nan))
        .hasMessage("v.csv line 2: expected a number in 'a', found 'NaN'. Mend the line.");
    var shorter = Written.file(folder, "v.csv", "id,a,b", "x,1,2", "y,1");
    assertThatThrownBy(() -> Vectors.csv(shorter))
        .hasMessageStartingWith("v.csv line 3: expected 3 fields, found 2.");
    var twice = Written.file(folder, "v.csv", "id,a", "x,1", "x,1");
    assertThatThrownBy(() -> Vectors.csv(twice)).hasMessageContaining("found 'x' twice");
  }

  @Test
  void jsonlIsReadByTheNamesOfItsFields() {
    var file =
        Written.file(
            folder, "v.jsonl", "{\"x\":1,\"id\":\"a\",\"y\":2}", "{\"y\":1,\"id\":\"b\",\"x\":2}");
    var read = Vectors.csv(file);
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.rows()).isDeepEqualTo(new float[][] {{1, 2}, {2, 1}});
  }

  @Test
  void linesOfOtherFieldsAreRefused() {
    var one = "{\"id\":\"a\",\"x\":1,\"y\":2}";
    var fewer = Written.file(folder, "f.jsonl", one, "{\"id\":\"b\",\"x\":1}");
    assertThatThrownBy(() -> Vectors.csv(fewer))
        .hasMessage(
            "f.jsonl line 2: expected the fields [id, x, y], found [id, x]. Mend the line.");
    var other = Written.file(folder, "o.jsonl", one, "{\"id\":\"b\",\"x\":1,\"z\":1}");
    assertThatThrownBy(() -> Vectors.csv(other))
        .hasMessageContaining("line 2: expected a number in 'y', found none.");
    var none = Written.file(folder, "n.jsonl", "{}");
    assertThatThrownBy(() -> Vectors.csv(none))
        .hasMessageContaining("expected an id and one number at least, found [].");
  }

  @Test
  void aNumberBeyondFloatsIsRefused() {
    var file = Written.file(folder, "v.csv", "id,a", "x,1e39");
    assertThatThrownBy(() -> Vectors.csv(file))
        .hasMessage(
            "v.csv line 2: expected a number of at most 3.4e38 in 'a', found '1e39'."
                + " Mend the line.");
  }

  @Test
  void shapesOfNothingAndOddlyWrittenOnesAreSaid() {
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "False", "999999999, 0")))
        .hasMessageContaining("of 1 to 1,000,000 numbers, found 999,999,999 x 0.");
    assertThatThrownBy(() -> Vectors.npy(npy(1, "<f4", "False", "0, 5")))
        .hasMessageContaining("expected a row at least");
    assertThat(Vectors.npy(npy(1, "<f4", "False", "\t2,\n1", 1, 2)).size()).isEqualTo(2);
    assertThatThrownBy(() -> Vectors.npy(folder)).hasMessageContaining("found a folder.");
  }
}
