package palette.data.io;

/** Records one after another. A bad record throws, and the next call goes on behind it. */
public interface Rows<R> extends AutoCloseable {

  R next();

  /** The line of the record that was read last. */
  long number();

  /** How many lines that record took. */
  default long lines() {
    return 1;
  }

  /** How much of the file was read, from 0 to 1; 0 where nobody knows. */
  default double share() {
    return 0;
  }

  @Override
  default void close() {}
}
