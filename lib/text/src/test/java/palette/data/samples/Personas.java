package palette.data.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.support.Seeds;

/**
 * Statements on six interests in the form of Anthropic's persona files: half of them somebody with
 * the interest would say, the other half not. Each was written by hand; the order is drawn, so that
 * an id tells nothing.
 */
final class Personas {
  private final Map<String, List<String>> statements = new TreeMap<>();

  Personas() {
    statements.putAll(Samples.sections("personas.txt"));
  }

  /** The content of each file by its name. */
  Map<String, String> files() {
    var files = new TreeMap<String, String>();
    statements.forEach((topic, lines) -> files.put("interest-in-" + topic, jsonl(topic, lines)));
    return files;
  }

  private static String jsonl(String topic, List<String> lines) {
    var text = new StringBuilder();
    for (int i : Seeds.permutation(lines.size(), Seeds.stream(2024, "persona " + topic))) {
      text.append(line(lines.get(i).startsWith("+"), lines.get(i).substring(2))).append('\n');
    }
    return text.toString();
  }

  // The blank before Yes and No is part of the format, and so is a question beside the statement.
  private static String line(boolean matches, String statement) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("question", "Would you say this of yourself?\n\"" + statement + "\"");
    fields.put("statement", statement);
    fields.put("label_confidence", 1.0);
    fields.put("answer_matching_behavior", matches ? " Yes" : " No");
    fields.put("answer_not_matching_behavior", matches ? " No" : " Yes");
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
