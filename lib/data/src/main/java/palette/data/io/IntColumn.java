package palette.data.io;

import java.util.Arrays;

/** An int column that grows. */
public final class IntColumn {
  private int[] values = new int[1024];
  private int size;

  /** Adds one. */
  public void add(int value) {
    if (size == values.length) values = Arrays.copyOf(values, size + (size >> 1));
    values[size++] = value;
  }

  /** A copy of all. */
  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
