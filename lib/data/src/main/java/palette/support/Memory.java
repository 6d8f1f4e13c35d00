package palette.support;

/** Whether what will be held can fit into Java's memory at all, said before it is tried. */
public final class Memory {
  private Memory() {}

  /**
   * Refuses what needs more bytes than Java may take.
   *
   * @throws InputException with how many are needed, and how to give them
   */
  public static void require(String what, long bytes) {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes <= most) return;
    throw new InputException(
        what,
        Texts.format("at most the %,d MB that Java may take", most >> 20),
        Texts.format("at least %,d MB", bytes >> 20),
        "Take less, or " + more(bytes));
  }

  /** How to give Java so many bytes and a quarter more. */
  public static String more(long bytes) {
    return "set JAVA_TOOL_OPTIONS=-Xmx"
        + ((bytes / 4 * 5 >> 30) + 1)
        + "g in the environment and start anew.";
  }
}
