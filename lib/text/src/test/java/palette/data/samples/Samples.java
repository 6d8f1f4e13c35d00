package palette.data.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.support.AtomicFile;

/**
 * Makes the samples in {@code data/}: everything in them was written by the project, and the same
 * code gives the same bytes. {@code main} writes them to the folder of its one argument.
 */
public final class Samples {
  private Samples() {}

  /** The content of each file by its name under {@code data/}. */
  public static Map<String, String> all() {
    var conversation = new Conversation();
    var files = new TreeMap<String, String>();
    files.put("conversation/comments.csv", conversation.comments());
    files.put("conversation/participants-votes.csv", conversation.votes());
    new Personas().files().forEach((name, text) -> files.put("personas/" + name + ".jsonl", text));
    files.put("prompts.jsonl", new Prompts().jsonl());
    files.put("summaries.jsonl", new Summaries().jsonl());
    return files;
  }

  /** Writes every file. */
  public static void main(String[] arguments) {
    all().forEach((name, text) -> write(Path.of(arguments[0]).resolve(name), text));
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The lines below each "= name" of a text beside this class. */
  static Map<String, List<String>> sections(String name) {
    var sections = new LinkedHashMap<String, List<String>>();
    var section = new ArrayList<String>();
    for (var line : lines(name)) {
      if (!line.startsWith("= ")) section.add(line);
      else sections.put(line.substring(2), section = new ArrayList<>());
    }
    return sections;
  }

  /** The lines of a text beside this class. */
  static List<String> lines(String name) {
    try (var in = Samples.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
