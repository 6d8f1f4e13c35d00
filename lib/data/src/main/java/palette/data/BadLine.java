package palette.data;

/** A line that was left out: its number in the file and the whole message of what was wrong. */
public record BadLine(long line, String reason) {}
