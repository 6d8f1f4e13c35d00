package palette.data.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import palette.support.InputException;

/** The data sets that Palette knows: those of {@code datasets.json}, in its order. */
public final class Listing {
  private static final List<Dataset> ALL = read();

  private Listing() {}

  /** All of them. */
  public static List<Dataset> all() {
    return ALL;
  }

  /**
   * The one of a name in a group; small letters, and hyphens for blanks, are taken for the same.
   */
  public static Dataset find(String group, String name) {
    String id = group + "/" + String.valueOf(name).strip();
    for (var set : ALL) if (plain(set.id()).equals(plain(id))) return set;
    throw new InputException(
        "data set " + id, "one of those of " + group, "no such name", "There are " + names(group));
  }

  private static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
  }

  private static String names(String group) {
    var names = ALL.stream().filter(set -> set.group().equals(group)).map(Dataset::name).toList();
    return String.join(", ", names) + ".";
  }

  private static List<Dataset> read() {
    try (var in = Listing.class.getResourceAsStream("datasets.json")) {
      var sets = new ArrayList<Dataset>();
      for (var group : new ObjectMapper().readTree(in)) {
        for (var set : group.get("sets")) sets.add(dataset(group, set));
      }
      return List.copyOf(sets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dataset dataset(JsonNode group, JsonNode set) {
    var files = new ArrayList<RemoteFile>();
    for (var file : set.get("files")) files.add(file(file));
    return new Dataset(
        group.get("group").asText(),
        set.get("name").asText(),
        set.get("about").asText(),
        group.get("licence").asText(),
        group.get("attribution").asText(),
        List.copyOf(files));
  }

  private static RemoteFile file(JsonNode file) {
    String url = file.get("url").asText();
    String name = url.substring(url.lastIndexOf('/') + 1);
    return new RemoteFile(name, url, file.get("bytes").asLong(), file.get("sha256").asText());
  }
}
