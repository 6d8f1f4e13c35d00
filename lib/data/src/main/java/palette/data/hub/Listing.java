package palette.data.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import palette.support.Bundled;
import palette.support.InputException;
import palette.support.Reasons;

/** The data sets that Palette knows: those of {@code datasets.json}, in its order. */
public final class Listing {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{1,80}");
  private static final JsonNode GROUPS = groups();
  private static final List<Dataset> ALL = read();

  private Listing() {}

  public static List<Dataset> all() {
    return ALL;
  }

  /**
   * The one of a name in a group; small letters, and hyphens for blanks, are taken for the same.
   */
  public static Dataset find(String group, String name) {
    String id = group + "/" + String.valueOf(name).strip();
    for (var set : ALL) if (plain(set.id()).equals(plain(id))) return set;
    for (var one : GROUPS) if (isOpen(one, group, name)) return other(one, name);
    var names = ALL.stream().filter(set -> set.group().equals(group)).map(Dataset::name).toList();
    String next = "There are " + String.join(", ", names) + ".";
    throw new InputException("data set " + id, "one of those of " + group, "no such name", next);
  }

  // Of some groups not every set is listed; the server knows the others.
  private static boolean isOpen(JsonNode one, String group, String name) {
    boolean open = one.has("others") && one.get("group").asText().equals(group);
    return open && name != null && NAME.matcher(name).matches();
  }

  private static Dataset other(JsonNode group, String name) {
    var others = group.get("others");
    String url = others.get("url").asText().replace("NAME", name);
    var file = new RemoteFile(name + ".jsonl", url, 0, "");
    return dataset(group, name, others.get("about").asText(), List.of(file));
  }

  private static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
  }

  private static JsonNode groups() {
    String name = "datasets.json";
    return Reasons.attempt(
        "read " + name, () -> new ObjectMapper().readTree(Bundled.bytes(Listing.class, name)));
  }

  private static List<Dataset> read() {
    var sets = new ArrayList<Dataset>();
    for (var group : GROUPS) {
      for (var set : group.get("sets")) {
        var files = new ArrayList<RemoteFile>();
        for (var file : set.get("files")) {
          String url = file.get("url").asText();
          String name = url.substring(url.lastIndexOf('/') + 1);
          files.add(
              new RemoteFile(name, url, file.get("bytes").asLong(), file.get("sha256").asText()));
        }
        sets.add(dataset(group, set.get("name").asText(), set.get("about").asText(), files));
      }
    }
    return List.copyOf(sets);
  }

  private static Dataset dataset(
      JsonNode group, String name, String about, List<RemoteFile> files) {
    return new Dataset(
        group.get("group").asText(),
        name,
        about,
        group.get("licence").asText(),
        group.get("attribution").asText(),
        List.copyOf(files));
  }
}
