package palette.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.util.RawValue;
import io.nayuki.qrcodegen.QrCode;
import java.io.IOException;
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
  private static final long FRESH = 500_000_000; // nanoseconds that what students see may be old
  private static final int ANSWERS = 20; // that a map needs, of
  private static final int PEOPLE = 3;
  private static final String FITTED =
      "The map is of %d answers of this room; of these it guesses more than of new ones.";

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
  private byte[] seen = {}; // what students saw last
  private long seenAt;
  private RoomMap placedOn;
  private Map<List<int[]>, double[]> placed = Map.of(); // by answers; one turned round is another

  /** What a student's page sends; a name is not among it. */
  record Told(String key, Integer chosen, Integer rejected) {}

  /** Where students join, as text and as the outline of a QR code of so many squares. */
  record Link(String link, String code, int size, String path) {}

  /** What the teacher sees. */
  record All(int version, boolean fitting, String said, List<Members.Member> people) {}

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
            said = Texts.format(FITTED, answers);
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
      case "" -> Page.html(studentPage());
      case "teacher" ->
          Page.html(PersonPage.filled(bundled("teacher.html"), bundled("teacher.js")));
      case "map" ->
          Doors.json(Map.of("version", map.version(), "map", new RawValue(map.content())));
      case "room" -> new Page("application/json", room());
      case "link" -> Doors.json(link());
      case "all" -> Doors.json(new All(map.version(), fitting.get(), said, members.all()));
      case "answers.jsonl" -> new Page("application/jsonl", Files.readAllBytes(members.write()));
      default -> null;
    };
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

  /** What students see of each other: where somebody stands, in no order that says who. */
  private synchronized byte[] room() throws IOException {
    long now = System.nanoTime();
    if (seen.length > 0 && now - seenAt < FRESH) return seen;
    var shown = map;
    var before = shown == placedOn ? placed : Map.<List<int[]>, double[]>of();
    placedOn = shown;
    placed = new HashMap<>(); // of nobody who was forgotten
    for (var member : members.all()) {
      double[] known = before.get(member.answers());
      placed.put(member.answers(), known == null ? shown.place(member.answers()) : known);
    }
    var dots = placed.values().stream().sorted(Arrays::compare).toList();
    seen = Service.JSON.writeValueAsBytes(Map.of("version", shown.version(), "dots", dots));
    seenAt = now;
    return seen;
  }

  private Link link() {
    var qr = QrCode.encodeText(link, QrCode.Ecc.MEDIUM);
    var path = new StringBuilder();
    for (int y = 0; y < qr.size; y++)
      for (int x = 0; x < qr.size; x++)
        if (qr.getModule(x, y)) path.append("M" + x + " " + y + "h1v1h-1z");
    return new Link(link, code, qr.size, path.toString());
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
