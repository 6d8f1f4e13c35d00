package palette.data;

/**
 * A sentence that somebody with the trait {@code topic} would say ({@code matches}) or would not,
 * and how sure its makers were of that, in [0, 1].
 */
public record Statement(String id, String topic, String text, boolean matches, double confidence) {}
