package palette.data;

import palette.data.io.IntColumn;

/**
 * How the questions of {@link Preferences} were put, where somebody wrote it down: which item stood
 * first and how long the answer took. No fit looks at it; {@code AnswerQuality} does. A column is
 * null where nothing of it is known.
 */
public final class Presentation {
  static final Presentation UNKNOWN = new Presentation(null, null);

  private final byte[] place; // 1: the chosen item stood first, 2: second, 0: unknown
  private final float[] seconds; // NaN: unknown

  Presentation(byte[] place, float[] seconds) {
    this.place = place;
    this.seconds = seconds;
  }

  /** Whether the place is known of any row. */
  public boolean hasPlaces() {
    return place != null;
  }

  /** Whether the time is known of any row. */
  public boolean hasSeconds() {
    return seconds != null;
  }

  /** Where a row's chosen item stood: 1 first (or left), 2 second, 0 unknown. */
  public int place(int row) {
    return place == null ? 0 : place[row];
  }

  /** How long a row's answer took; NaN: unknown. */
  public double seconds(int row) {
    return seconds == null ? Double.NaN : seconds[row];
  }

  Presentation select(int[] rows) {
    if (place == null && seconds == null) return UNKNOWN;
    byte[] places = place == null ? null : new byte[rows.length];
    float[] times = seconds == null ? null : new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (places != null) places[i] = place[rows[i]];
      if (times != null) times[i] = seconds[rows[i]];
    }
    return new Presentation(places, times);
  }

  /** Collects what is known of the rows as they are added. */
  static final class Builder {
    private final IntColumn places = new IntColumn();
    private final IntColumn seconds = new IntColumn(); // the bits of floats
    private boolean anyPlace;
    private boolean anySeconds;

    void add(int place, double time) {
      places.add(place);
      seconds.add(Float.floatToIntBits((float) time));
      anyPlace |= place != 0;
      anySeconds |= !Double.isNaN(time);
    }

    Presentation build() {
      return new Presentation(anyPlace ? bytes() : null, anySeconds ? floats() : null);
    }

    private byte[] bytes() {
      int[] all = places.toArray();
      byte[] bytes = new byte[all.length];
      for (int i = 0; i < all.length; i++) bytes[i] = (byte) all[i];
      return bytes;
    }

    private float[] floats() {
      int[] bits = seconds.toArray();
      float[] floats = new float[bits.length];
      for (int i = 0; i < bits.length; i++) floats[i] = Float.intBitsToFloat(bits[i]);
      return floats;
    }
  }
}
