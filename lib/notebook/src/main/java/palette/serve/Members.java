package palette.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.serve.Service.Refused;
import palette.support.Bundled;
import palette.support.Sha256;

/**
 * Who answered what in a room, in a {@link Journal} of one line an answer. Everybody is a key that
 * their own page has drawn, of which the hash alone is kept, and a name that the room has invented.
 * Of several answers about one pair the last counts.
 */
final class Members implements AutoCloseable {
  private static final int MOST = 400; // of 576 names
  // A line of colours and one of animals.
  private static final List<String[]> WORDS =
      Bundled.text(Members.class, "names.txt").lines().map(line -> line.split(" ")).toList();

  private final Catalog items;
  private final Path folder;
  private final Journal<Line> journal;
  private final Map<String, Member> members = new LinkedHashMap<>(); // by the hash of their keys
  private final SecureRandom random = new SecureRandom();

  private record Head(String items) {}

  private record Line(String who, String name, String chosen, String rejected) {}

  /** Somebody: an invented name, and pairs (chosen, rejected) as positions of items. */
  record Member(String name, List<int[]> answers) {}

  Members(Path folder, Catalog items) {
    this.items = items;
    this.folder = folder;
    var head = new Head(Sha256.base64(String.join("\n", items.ids())));
    var file = folder.resolve("room.log");
    journal = new Journal<>(file, head, "--room", Line.class, this::said, this::lines);
  }

  private void said(Line line) {
    var answers =
        members.computeIfAbsent(line.who, w -> new Member(line.name, new ArrayList<>())).answers;
    int[] now = {items.indexOf(line.chosen), items.indexOf(line.rejected)};
    for (int i = 0; i < answers.size(); i++) {
      int[] before = answers.get(i);
      if (before[0] + before[1] != now[0] + now[1] || before[0] * before[1] != now[0] * now[1])
        continue;
      answers.set(i, now);
      return;
    }
    answers.add(now);
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    members.forEach(
        (who, member) -> {
          for (int[] a : member.answers) lines.add(line(who, member.name, a[0], a[1]));
        });
    return lines;
  }

  private Line line(String who, String name, int chosen, int rejected) {
    return new Line(who, name, items.id(chosen), items.id(rejected));
  }

  /** Whether somebody of this key has answered. */
  synchronized boolean knows(String key) {
    return members.containsKey(Sha256.base64(key));
  }

  /** Keeps an answer; on the disk when it returns the name of who gave it. */
  synchronized String keep(String key, int chosen, int rejected) throws IOException {
    String who = Sha256.base64(key);
    var known = members.get(who);
    if (known == null && members.size() >= MOST)
      throw new Refused(409, "the room is full: " + MOST + " have answered");
    var line = line(who, known == null ? newName() : known.name, chosen, rejected);
    journal.add(line);
    said(line);
    return line.name;
  }

  private String newName() {
    while (true) {
      String name =
          WORDS.stream().map(w -> w[random.nextInt(w.length)]).collect(Collectors.joining(" "));
      if (members.values().stream().noneMatch(m -> m.name.equals(name))) return name;
    }
  }

  /** Forgets somebody, in the files too; false for a stranger. */
  synchronized boolean forget(String key) throws IOException {
    String who = Sha256.base64(key);
    if (!members.containsKey(who)) return false;
    var before = new LinkedHashMap<>(members);
    members.remove(who);
    try {
      journal.rewrite();
      write();
    } catch (IOException | RuntimeException e) {
      members.clear(); // a file still has them, and whoever asks again is no stranger
      members.putAll(before);
      throw e;
    }
    return true;
  }

  /** Everybody as they are now. */
  synchronized List<Member> all() {
    return members.values().stream().map(m -> new Member(m.name, List.copyOf(m.answers))).toList();
  }

  /** All answers, of the invented names, about the room's items. */
  Preferences preferences() {
    var all = Preferences.builder();
    for (int i = 0; i < items.size(); i++) all.item(items.id(i), items.text(i));
    for (var member : all())
      for (int[] a : member.answers)
        all.add(Comparison.of(member.name, items.id(a[0]), items.id(a[1])));
    return all.build().withItems(items);
  }

  /** Writes the answers as notebooks read them, {@code Preferences.read(file)}. */
  synchronized Path write() {
    var file = folder.resolve("answers.jsonl");
    preferences().write(file);
    return file;
  }

  @Override
  public void close() {
    write();
    journal.close();
  }
}
