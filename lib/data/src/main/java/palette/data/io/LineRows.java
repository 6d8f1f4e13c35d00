package palette.data.io;

/** Records made of the lines of a text, which they close. */
abstract class LineRows<R> implements Rows<R> {
  final Lines lines;

  LineRows(Lines lines) {
    this.lines = lines;
  }

  @Override
  public long number() {
    return lines.number();
  }

  @Override
  public double share() {
    return lines.share();
  }

  @Override
  public void close() {
    lines.close();
  }
}
