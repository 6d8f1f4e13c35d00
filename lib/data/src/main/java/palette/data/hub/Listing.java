package palette.data.hub;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import palette.support.Bundled;
import palette.support.InputException;
import palette.support.Reasons;

/** The data sets that Palette knows: those of {@code datasets.json}, in its order. */
public final class Listing {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{1,80}");
  private static final List<Group> GROUPS = groups();
  private static final List<Dataset> ALL =
      GROUPS.stream().flatMap(group -> group.sets.stream().map(group::dataset)).toList();

  private record Group(
      String group, String licence, String attribution, List<Listed> sets, Others others) {

    Dataset dataset(Listed set) {
      return new Dataset(group, set.name, set.about, licence, attribution, set.files);
    }

    // Of some groups not every set is listed; the server knows the others.
    boolean isOpen(String name) {
      return others != null && name != null && NAME.matcher(name).matches();
    }

    Dataset other(String name) {
      var file = new RemoteFile(name + ".jsonl", others.url.replace("NAME", name), 0, "");
      return dataset(new Listed(name, others.about, List.of(file)));
    }
  }

  private record Listed(String name, String about, List<RemoteFile> files) {}

  private record Others(String about, String url) {}

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
    for (var one : GROUPS) if (one.group.equals(group) && one.isOpen(name)) return one.other(name);
    var names = ALL.stream().filter(set -> set.group().equals(group)).map(Dataset::name).toList();
    String next = "There are " + String.join(", ", names) + ".";
    throw new InputException("data set " + id, "one of those of " + group, "no such name", next);
  }

  private static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
  }

  private static List<Group> groups() {
    String name = "datasets.json";
    byte[] json = Bundled.bytes(Listing.class, name);
    return List.of(
        Reasons.attempt("read " + name, () -> new ObjectMapper().readValue(json, Group[].class)));
  }
}
