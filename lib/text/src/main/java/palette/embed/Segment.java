package palette.embed;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One file of vectors. A header (magic, dimension, hash of the fingerprint, checksum), then entries
 * of equal size: 32 bytes of key, d floats, a CRC-32C of both; big-endian. A file is never changed
 * once it has its name. Whatever does not match its checksum is as if it were not there.
 *
 * <p>Plain streams instead of channels: an interrupt closes a channel.
 */
record Segment(int dimension, TextKey fingerprint) {
  private static final long MAGIC = 0x50414c5645433031L; // "PALVEC01"
  private static final int HEADER = Long.BYTES + Integer.BYTES + TextKey.BYTES + Integer.BYTES;

  /** Reads an entry's vector, given its position; null if the entry is damaged. */
  float[] read(RandomAccessFile file, long position, TextKey key) throws IOException {
    var bytes = new byte[entrySize()];
    if (file.length() < position + bytes.length) return null;
    file.seek(position);
    file.readFully(bytes);
    var entry = ByteBuffer.wrap(bytes);
    if (!intact(bytes) || !TextKey.from(entry).equals(key)) return null;
    var vector = new float[dimension];
    entry.asFloatBuffer().get(vector);
    return vector;
  }

  /** The positions of all intact entries of a file; none if it belongs to another embedder. */
  Map<TextKey, Long> index(Path file) throws IOException {
    var positions = new LinkedHashMap<TextKey, Long>();
    try (var in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 18)) {
      if (!Arrays.equals(in.readNBytes(HEADER), header())) return positions;
      long position = HEADER;
      byte[] entry = in.readNBytes(entrySize());
      while (entry.length == entrySize()) {
        if (intact(entry)) positions.put(TextKey.from(ByteBuffer.wrap(entry)), position);
        position += entry.length;
        entry = in.readNBytes(entrySize());
      }
    }
    return positions;
  }

  void writeHeader(OutputStream out) throws IOException {
    out.write(header());
  }

  void writeEntry(OutputStream out, TextKey key, float[] vector) throws IOException {
    var entry = ByteBuffer.allocate(entrySize());
    key.writeTo(entry);
    for (float x : vector) entry.putFloat(x);
    out.write(sealed(entry));
  }

  long position(int entry) {
    return HEADER + (long) entry * entrySize();
  }

  private int entrySize() {
    return TextKey.BYTES + Float.BYTES * dimension + Integer.BYTES;
  }

  private byte[] header() {
    var header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(dimension);
    fingerprint.writeTo(header);
    return sealed(header);
  }

  private static byte[] sealed(ByteBuffer bytes) {
    return bytes.putInt(checksum(bytes.array())).array();
  }

  private static boolean intact(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES) == checksum(bytes);
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
