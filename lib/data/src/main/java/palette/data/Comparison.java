package palette.data;

import palette.support.InputException;

/**
 * One answer: {@code user}, asked {@code prompt}, preferred {@code chosen} to {@code rejected}. The
 * prompt may be null (there was none); the others may not, and the two items differ.
 */
public record Comparison(String user, String prompt, String chosen, String rejected) {

  public Comparison {
    present("user", user);
    present("chosen", chosen);
    present("rejected", rejected);
    if (prompt != null && prompt.isBlank()) prompt = null;
    if (chosen.equals(rejected)) {
      throw new InputException(
          "comparison of user '" + user + "'",
          "two different items",
          "'" + chosen + "' as chosen and as rejected",
          "Leave the row out, or give the items ids of their own.");
    }
  }

  /** An answer without a prompt. */
  public static Comparison of(String user, String chosen, String rejected) {
    return new Comparison(user, null, chosen, rejected);
  }

  private static void present(String field, String id) {
    if (id == null || id.isBlank()) {
      throw new InputException(
          "comparison", "an id for '" + field + "'", id == null ? "none" : "an empty one", "");
    }
  }
}
