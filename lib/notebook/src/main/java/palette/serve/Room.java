package palette.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.util.RawValue;
import io.nayuki.qrcodegen.QrCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import palette.plot.PersonPage;
import palette.serve.Service.Refused;
import palette.support.Bundled;
import palette.support.Daemons;
import palette.support.Texts;

/**
 * A class that answers together: a page for each student, one for the teacher, and what passes
 * between them. Students have the room's code, the teacher has a key. Others see of a student a dot
 * on the map; the teacher sees the answers beside an invented name.
 */
final class Room implements Desk {
  private static final String HTML = "text/html; charset=utf-8";
  private static final int FRESH = 500; // milliseconds that what students see may be old
  private static final int ANSWERS = 20; // that a map needs, of
  private static final int PEOPLE = 3;

  private final Members members;
  private final String code;
  private final String key;
  private final Rates addresses = new Rates(600, 200); // a school may be one address
  private final Rates keys = new Rates(20, 4);
  private final Rates newcomers = new Rates(150, 2);
  private final ExecutorService fitter =
      Executors.newSingleThreadExecutor(Daemons.named("palette-room"));
  private final AtomicBoolean fitting = new AtomicBoolean();
  private volatile RoomMap map;
  private volatile String said = ""; // of the last fit
  private volatile String link = "";
  private Seen seen = new Seen(0, new byte[0]);
  private Map<String, Placed> placed = new HashMap<>(); // by name

  private record Seen(long at, byte[] json) {}

  private record Placed(RoomMap map, List<int[]> answers, double[] weights) {
    static Placed in(RoomMap map, List<int[]> answers) {
      return new Placed(map, answers, map.place(answers));
    }

    // An answer that was turned round is another array.
    boolean isOf(RoomMap other, List<int[]> now) {
      return map == other && answers.equals(now);
    }
  }

  /** What a student's page sends; a name is not among it. */
  record Told(String key, Integer chosen, Integer rejected) {}

  Room(RoomMap map, Members members, String code, String key) {
    this.map = map;
    this.members = members;
    this.code = code;
    this.key = key;
  }

  /** Says where students join. */
  void at(String url) {
    link = url;
  }

  // ------------------------------------------------------------------------------------ who asks

  @Override
  public void admit(Head head) {
    addresses.take(head.from(), System.nanoTime());
    if (List.of("", "teacher").contains(head.path()) || Doors.isToken(key, head.token())) return;
    boolean student = List.of("answer", "forget", "room", "map").contains(head.path());
    if (!student || !Doors.isToken(code, head.token()))
      throw new Refused(401, student ? "that is not this room's code" : "that is for the teacher");
  }

  @Override
  public int most() {
    return 1 << 10;
  }

  // --------------------------------------------------------------------------------- what is said

  @Override
  public Object reply(Head head, byte[] body) throws IOException {
    if (head.path().equals("refit")) return refit();
    var told = told(body);
    return switch (head.path()) {
      case "answer" -> answer(head, told);
      case "forget" -> Map.of("forgotten", members.forget(told.key));
      default -> throw new Refused(404, "'" + head.path() + "': expected answer, forget or refit");
    };
  }

  private Told told(byte[] body) throws IOException {
    Told told;
    try {
      told = Service.JSON.readValue(body, Told.class);
    } catch (JsonProcessingException e) {
      throw new Refused(400, "request: expected key, chosen and rejected as JSON");
    }
    if (told == null || told.key == null || !told.key.matches("[A-Za-z0-9]{20,64}"))
      throw new Refused(400, "key: expected 20 to 64 letters and digits");
    keys.take(told.key, System.nanoTime());
    return told;
  }

  private Object answer(Head head, Told told) {
    int n = map.items().size();
    if (!isItem(told.chosen, n) || !isItem(told.rejected, n) || told.chosen.equals(told.rejected))
      throw new Refused(400, "chosen, rejected: expected two items, numbers from 0 to " + (n - 1));
    if (!members.knows(told.key)) newcomers.take(head.from(), System.nanoTime());
    try {
      return Map.of("name", members.keep(told.key, told.chosen, told.rejected));
    } catch (IOException e) {
      throw new Refused(503, "not kept: " + e.getMessage());
    }
  }

  private static boolean isItem(Integer item, int n) {
    return item != null && item >= 0 && item < n;
  }

  /** Learns the map anew from what the room has said; the old one stays until then. */
  private Object refit() {
    var all = members.all();
    int answers = all.stream().mapToInt(m -> m.answers().size()).sum();
    if (answers < ANSWERS || all.size() < PEOPLE)
      throw new Refused(
          409,
          Texts.format(
              "a map needs %d answers of %d people; there are %d of %d",
              ANSWERS, PEOPLE, answers, all.size()));
    if (!fitting.compareAndSet(false, true)) throw new Refused(409, "a fit is under way");
    fitter.submit(
        () -> {
          try {
            map = map.fit(members.preferences());
            said =
                Texts.format(
                    "The map is of %d answers of this room; of these it guesses more than of new ones.",
                    answers);
          } catch (RuntimeException e) {
            said = "The fit failed: " + e.getMessage();
          } finally {
            fitting.set(false);
          }
        });
    return Map.of("answers", answers);
  }

  // -------------------------------------------------------------------------------- what is shown

  @Override
  public Page page(Head head) throws IOException {
    return switch (head.path()) {
      case "" -> new Page(HTML, utf8(studentPage()));
      case "teacher" -> new Page(HTML, utf8(teacherPage()));
      case "map" -> json(Map.of("version", map.version(), "map", new RawValue(map.content())));
      case "room" -> new Page("application/json", room());
      case "all" -> json(all());
      case "answers.jsonl" -> new Page("application/jsonl", Files.readAllBytes(members.write()));
      default -> null;
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Page json(Object value) throws IOException {
    return new Page("application/json", Service.JSON.writeValueAsBytes(value));
  }

  private static String bundled(String name) {
    return Bundled.text(Room.class, name);
  }

  private static String studentPage() {
    return PersonPage.html(
        "One answer for everybody?",
        bundled("consent.html"),
        "Takes your answers off the teacher's machine, too.",
        bundled("room.js"),
        "; connect-src 'self'");
  }

  private static String teacherPage() {
    return PersonPage.filled(bundled("teacher.html"), bundled("teacher.js"));
  }

  /** What students see of each other: where somebody stands, in no order that says who. */
  private synchronized byte[] room() throws IOException {
    long now = System.nanoTime();
    if (seen.json.length > 0 && (now - seen.at) / 1_000_000 < FRESH) return seen.json;
    var shown = map;
    var before = placed;
    placed = new HashMap<>(); // of nobody who was forgotten
    for (var member : members.all()) {
      var known = before.get(member.name());
      boolean same = known != null && known.isOf(shown, member.answers());
      placed.put(member.name(), same ? known : Placed.in(shown, member.answers()));
    }
    var dots = placed.values().stream().map(Placed::weights).sorted(Arrays::compare).toList();
    var room = Map.of("version", shown.version(), "dots", dots);
    seen = new Seen(now, Service.JSON.writeValueAsBytes(room));
    return seen.json;
  }

  private Map<String, Object> all() {
    var qr = QrCode.encodeText(link, QrCode.Ecc.MEDIUM);
    var path = new StringBuilder();
    for (int y = 0; y < qr.size; y++)
      for (int x = 0; x < qr.size; x++)
        if (qr.getModule(x, y)) path.append("M" + x + " " + y + "h1v1h-1z");
    return Map.of(
        "version",
        map.version(),
        "link",
        link,
        "code",
        code,
        "size",
        qr.size,
        "path",
        path,
        "fitting",
        fitting.get(),
        "said",
        said,
        "people",
        members.all());
  }

  @Override
  public Map<String, Number> gauges() {
    return Map.of("people", members.all().size());
  }

  @Override
  public void close() {
    fitter.shutdownNow();
    members.close();
  }
}
