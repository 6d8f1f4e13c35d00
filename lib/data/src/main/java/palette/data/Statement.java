package palette.data;

/**
 * A sentence that somebody with the trait {@code topic} would say ({@code matches}) or would not.
 */
public record Statement(String id, String topic, String text, boolean matches) {}
