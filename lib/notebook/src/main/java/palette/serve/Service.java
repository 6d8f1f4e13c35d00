package palette.serve;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.fit.BasisModel;
import palette.personalize.Localizer;
import palette.personalize.Person;
import palette.personalize.Questions;
import palette.support.Bundled;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * What a model answers: a request as JSON to a reply as JSON, or an array of requests to an array
 * of replies. Whoever is named is somebody kept, or else a training user; by {@code answers} it is
 * somebody placed for this request alone, and without either the mean of all.
 */
final class Service implements Desk {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  static final int WAITING = 64; // for the encoder
  private static final int SECONDS = 10;

  private final BasisModel model;
  private final Localizer localizer;
  private final People people; // null: nobody is kept
  private final String token; // null: none
  private final Semaphore cores;
  private final Semaphore encoder = new Semaphore(1, true);

  Service(BasisModel model, People people, int threads, String token) {
    this.model = model;
    this.people = people;
    this.token = token;
    localizer = Localizer.of(model);
    cores = new Semaphore(threads, true);
  }

  /** What is wrong with a request, as HTTP numbers it. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int status;

    Refused(int status, String message) {
      super(message, null, false, false); // a flood of them costs no stack traces
      this.status = status;
    }
  }

  /** A request; what it does not need is null. */
  record Asked(
      String user,
      List<Pair> answers,
      String prompt,
      String item,
      List<String> items,
      List<Pair> pairs,
      @JsonAlias("chosen") String left,
      @JsonAlias("rejected") String right) {

    /** JSON may have null in a list. */
    Asked {
      for (var list : Arrays.asList(answers, items, pairs))
        for (int i = 0; list != null && i < list.size(); i++)
          Checks.present("number " + (i + 1) + " of a list", list.get(i));
    }

    private Stream<Pair> allPairs() {
      return Stream.of(answers, pairs).filter(p -> p != null).flatMap(List::stream);
    }
  }

  /** An answer, or a question. */
  record Pair(
      String prompt, @JsonAlias("left") String chosen, @JsonAlias("right") String rejected) {}

  // ------------------------------------------------------------------------------------- as a desk

  /** With a token whoever has it; without one this machine alone, and no page of a browser. */
  @Override
  public void admit(Head head) {
    if (token == null) {
      // A page in a browser may ask this machine too, by a name that leads here.
      boolean here =
          head.host() != null && head.host().matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
      if (here && head.origin() == null) return;
      throw new Refused(403, "only programs of this machine are heard without a token");
    }
    if (!Doors.isToken(token, head.token()))
      throw new Refused(401, "expected the token, as Authorization: Bearer ...");
  }

  @Override
  public int most() {
    return 1 << 20;
  }

  @Override
  public Object reply(Head head, byte[] body) {
    return reply(head.path(), body);
  }

  @Override
  public Page page(Head head) {
    if (!head.path().isEmpty() && !head.path().equals("openapi.json")) return null;
    return new Page("application/json", Bundled.bytes(Service.class, "openapi.json"));
  }

  @Override
  public Map<String, Number> gauges() {
    return Map.of("people", people.size(), "waiting_for_encoder", waiting());
  }

  /** How many wait for the encoder. */
  int waiting() {
    return encoder.getQueueLength();
  }

  // ---------------------------------------------------------------------------------- one or many

  /** The reply to the bytes of a request. */
  Object reply(String what, byte[] request) {
    JsonNode asked;
    try {
      asked = JSON.readTree(request);
    } catch (IOException e) {
      throw new Refused(400, "request: expected JSON, found " + said(e));
    }
    if (!asked.isArray()) return reply(what, asked);
    var replies = new ArrayList<Object>();
    for (var one : asked) {
      try {
        replies.add(reply(what, one));
      } catch (Refused e) {
        replies.add(Map.of("error", e.getMessage(), "status", e.status));
      }
    }
    return replies;
  }

  private static String said(IOException e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : Reasons.of(e);
  }

  private Object reply(String what, JsonNode one) {
    try {
      var asked = JSON.treeToValue(one, Asked.class);
      if (asked == null) throw new Refused(400, "request: expected an object, found null");
      return inTurn(needsEncoder(asked) ? encoder : cores, what, asked);
    } catch (JsonProcessingException e) {
      throw new Refused(400, "request: " + said(e));
    } catch (IOException e) {
      throw new Refused(500, "not kept: " + said(e));
    } catch (InputException | IllegalArgumentException e) {
      throw new Refused(400, e.getMessage());
    }
  }

  private Object inTurn(Semaphore turn, String what, Asked asked) throws IOException {
    if (turn == encoder && encoder.getQueueLength() >= WAITING)
      throw new Refused(429, "the encoder: " + WAITING + " requests wait; ask again later");
    try {
      if (!turn.tryAcquire(SECONDS, TimeUnit.SECONDS))
        throw new Refused(503, "no turn in " + SECONDS + " s; ask again later");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "the service stops");
    }
    try {
      return answer(what, asked);
    } finally {
      turn.release();
    }
  }

  private boolean needsEncoder(Asked asked) {
    if (model.fitted().spec().embedder() == null) return false;
    var known = model.items();
    var items = Stream.of(asked.item, asked.left, asked.right).filter(text -> text != null);
    var listed = asked.items == null ? Stream.<String>empty() : asked.items.stream();
    var paired = asked.allPairs().flatMap(p -> Stream.of(p.chosen + "", p.rejected + ""));
    var prompts =
        Stream.concat(Stream.ofNullable(asked.prompt), asked.allPairs().map(p -> p.prompt));
    return Stream.of(items, listed, paired).flatMap(s -> s).anyMatch(t -> known.indexOf(t) < 0)
        || prompts.anyMatch(p -> p != null && model.fitted().prompts().indexOf(p) < 0);
  }

  // ------------------------------------------------------------------------------------- answers

  private Object answer(String what, Asked asked) throws IOException {
    return switch (what) {
      case "rank" -> person(asked).rank(asked.prompt, Checks.notEmpty("items", asked.items));
      case "score" -> score(asked);
      case "place" -> place(asked);
      case "next" -> next(asked);
      case "explain" -> person(asked).explain(asked.prompt, asked.left, asked.right);
      case "forget" -> Map.of("forgotten", people.forget(named(asked)));
      default -> throw new Refused(404, "'" + what + "': expected rank, score, place, next, ...");
    };
  }

  private static String named(Asked asked) {
    return Checks.named("user", asked.user);
  }

  private Person person(Asked asked) {
    if (asked.answers != null) return localizer.fit(preferences(asked.user, asked.answers));
    if (asked.user == null) return localizer.fit(Preferences.of(List.of()));
    double[] kept = people == null ? null : people.weights(asked.user);
    if (kept != null) return Person.of(model, asked.user, kept);
    if (model.knows(asked.user)) return Person.of(model, asked.user);
    throw new Refused(404, "user '" + asked.user + "': nobody kept or trained; place them first");
  }

  @Override
  public void close() {
    people.close();
  }

  private static Preferences preferences(String user, List<Pair> pairs) {
    String id = user == null ? "newcomer" : user;
    return Preferences.of(
        pairs.stream().map(p -> new Comparison(id, p.prompt, p.chosen, p.rejected)).toList());
  }

  private Object score(Asked asked) {
    var person = person(asked);
    if (asked.item != null) return Map.of("reward", person.reward(asked.prompt, asked.item));
    String left = Checks.named("item, or chosen and rejected", asked.left);
    String right = Checks.named("rejected", asked.right);
    return Map.of("probability", person.compare(asked.prompt, left, right));
  }

  private Object place(Asked asked) throws IOException {
    String user = named(asked);
    var person = localizer.fit(preferences(user, Checks.present("answers", asked.answers)));
    people.keep(user, person.weights());
    return Map.of(
        "user", user, "weights", person.weights(), "certificate", "" + person.certificate());
  }

  private Object next(Asked asked) {
    var candidates = preferences(asked.user, Checks.notEmpty("pairs", asked.pairs));
    return Questions.of(model).rank(person(asked), candidates);
  }
}
