package palette.data.check;

/** What somebody's answers are, as far as they show it. */
public enum AnswerKind {
  /** They come back when the question does, however it is put. */
  GENUINE("genuine"),
  /** They come back no more often than a coin's: there is no attitude behind them. */
  NON_ATTITUDE("no attitude"),
  /** They follow how the question is put, here what stands first or second. */
  CONSTRUCTED("follows place"),
  /** They show too little to say. */
  UNDECIDED("undecided");

  private final String words;

  AnswerKind(String words) {
    this.words = words;
  }

  /** The name in tables. */
  public String words() {
    return words;
  }
}
