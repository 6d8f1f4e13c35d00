package palette.notebook.cells;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One output in several forms, by MIME type ({@code text/plain}, {@code text/html}, {@code
 * image/png} in Base64); whoever shows it takes the richest form it can.
 *
 * @param width of a picture in CSS pixels, 0 if there is none
 */
public record Bundle(Map<String, String> data, int width) {
  public static final String TEXT = "text/plain";
  public static final String HTML = "text/html";
  public static final String PNG = "image/png";

  public static Bundle text(String text) {
    return new Bundle(Map.of(TEXT, text), 0);
  }

  static Bundle html(String text, String html) {
    return new Bundle(ordered(TEXT, text, HTML, html), 0);
  }

  static Bundle png(String text, String base64, int width) {
    return new Bundle(ordered(TEXT, text, PNG, base64), width);
  }

  /**
   * What front ends want to know of a picture: its width and, for those who do not see it, its
   * words. By MIME type; empty if there is no picture.
   */
  public Map<String, Map<String, Object>> metadata() {
    if (!data.containsKey(PNG)) return Map.of();
    var known = new LinkedHashMap<String, Object>();
    if (width > 0) known.put("width", width);
    known.put("alt", plain());
    return Map.of(PNG, known);
  }

  /** The plain form, which every bundle has. */
  public String plain() {
    return data.get(TEXT);
  }

  private static Map<String, String> ordered(String a, String x, String b, String y) {
    var data = new LinkedHashMap<String, String>();
    data.put(a, x);
    data.put(b, y);
    return data;
  }
}
