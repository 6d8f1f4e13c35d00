package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.Preferences;
import palette.family.PalA;
import palette.notebook.jupyter.UsageException;
import palette.support.InputException;

class RoomTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private Path model() {
    var dir = folder.resolve("model");
    if (!Files.exists(dir))
      PalA.spec()
          .prototypes(3)
          .dimension(2)
          .epochs(5)
          .device("cpu")
          .fit(Served.answers())
          .save(dir);
    return dir;
  }

  private Classroom open() {
    return Classroom.open(model().toString(), "--port", "0");
  }

  private Path log() {
    return folder.resolve("model-room").resolve("room.log");
  }

  /** A request with the word behind the # of a link; GET where there is no body. */
  private static HttpResponse<String> send(String link, String path, String body) throws Exception {
    var base = URI.create(link);
    var request = HttpRequest.newBuilder(base.resolve("/" + path));
    if (base.getFragment() != null) request.header("Authorization", "Bearer " + base.getFragment());
    if (body != null) request.POST(HttpRequest.BodyPublishers.ofString(body));
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> reply) throws Exception {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return Service.JSON.readTree(reply.body());
  }

  private static String key(int student) {
    return "student0of0a0test0" + String.format("%04d", student);
  }

  private static HttpResponse<String> answer(Classroom room, int who, int chosen, int rejected)
      throws Exception {
    var told = Map.of("key", key(who), "chosen", chosen, "rejected", rejected);
    return send(room.link(), "answer", Service.JSON.writeValueAsString(told));
  }

  private static JsonNode people(Classroom room) throws Exception {
    return json(send(room.teacher(), "all", null)).path("people");
  }

  @Test
  void theCodeOpensWhatStudentsNeedAndTheKeyTheRest() throws Exception {
    try (var room = open()) {
      var nobody = room.link().replaceAll("#.*", "");
      assertThat(send(nobody, "", null).body()).contains("Before you begin");
      assertThat(send(nobody, "teacher", null).body()).contains("Where everybody stands");
      for (var path : new String[] {"room", "map", "all", "answers.jsonl", "metrics"})
        assertThat(send(nobody, path, null).statusCode()).as(path).isEqualTo(401);
      for (var path : new String[] {"all", "answers.jsonl", "metrics"})
        assertThat(send(room.link(), path, null).statusCode()).as(path).isEqualTo(401);
      assertThat(send(room.link(), "refit", "{}").statusCode()).isEqualTo(401);
      assertThat(json(send(room.link(), "map", null)).at("/map/items").size()).isEqualTo(6);
      assertThat(json(send(room.link(), "room", null)).path("dots").size()).isZero();
      assertThat(json(send(room.teacher(), "link", null)).path("link").asText())
          .isEqualTo(room.link());
    }
  }

  @Test
  void whatIsNoAnswerIsRefusedAndNothingOfItIsShown() throws Exception {
    try (var room = open()) {
      String script = "<script>alert(1)</script>";
      String named =
          "{\"key\":\"" + key(1) + "\",\"chosen\":0,\"rejected\":1,\"name\":\"" + script + "\"}";
      assertThat(send(room.link(), "answer", named).statusCode()).isEqualTo(400);
      String keyed = "{\"key\":\"" + script + "\",\"chosen\":0,\"rejected\":1}";
      assertThat(send(room.link(), "answer", keyed).statusCode()).isEqualTo(400);
      for (int item : new int[] {-1, 0, 6})
        assertThat(answer(room, 1, item, 0).statusCode()).isEqualTo(400);
      assertThat(send(room.link(), "answer", "null").statusCode()).isEqualTo(400);
      assertThat(send(room.link(), "answer", "[").statusCode()).isEqualTo(400);
      assertThat(send(room.link(), "answer", " ".repeat(2000)).statusCode()).isEqualTo(413);
      assertThat(people(room).size()).isZero();
    }
  }

  @Test
  void aFloodOfOneIsRefusedAndTheOthersAreHeard() throws Exception {
    try (var room = open()) {
      int refused = 0;
      for (int i = 0; i < 60; i++) if (answer(room, 1, 1, 0).statusCode() == 429) refused++;
      assertThat(refused).isBetween(20, 40);
      assertThat(answer(room, 2, 1, 0).statusCode()).isEqualTo(200);
      assertThat(people(room).size()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerTurnedRoundCountsOnceAndWhoComesBackIsTheSame() throws Exception {
    String name;
    String link;
    try (var room = open()) {
      name = json(answer(room, 1, 2, 0)).path("name").asText();
      link = room.link().replaceAll(".*#", "");
      answer(room, 1, 1, 0);
      answer(room, 1, 0, 2);
    }
    try (var room = open()) {
      assertThat(room.link()).as("the old code").endsWith("#" + link);
      assertThat(json(answer(room, 1, 3, 0)).path("name").asText()).isEqualTo(name);
      assertThat(people(room).get(0).path("answers").toString()).isEqualTo("[[0,2],[1,0],[3,0]]");
    }
    var kept = Preferences.jsonl(folder.resolve("model-room").resolve("answers.jsonl")).read();
    assertThat(kept.comparisons()).hasSize(3).allMatch(c -> c.user().equals(name));
    assertThat(kept.comparison(0).chosen()).isEqualTo("i0");
  }

  @Test
  void whoIsForgottenIsInNoFileAndNoReply() throws Exception {
    try (var room = open()) {
      String gone = json(answer(room, 1, 1, 0)).path("name").asText();
      answer(room, 2, 1, 0);
      send(room.link(), "room", null);
      assertThat(Files.readString(log())).contains(gone);
      assertThat(send(room.teacher(), "answers.jsonl", null).body()).contains(gone);
      var forget = "{\"key\":\"" + key(1) + "\"}";
      assertThat(json(send(room.link(), "forget", forget)).path("forgotten").asBoolean()).isTrue();
      assertThat(json(send(room.link(), "forget", forget)).path("forgotten").asBoolean()).isFalse();
      assertThat(people(room).size()).isEqualTo(1);
      assertThat(Files.readString(log())).doesNotContain(gone);
      assertThat(Files.readString(log().resolveSibling("answers.jsonl"))).doesNotContain(gone);
    }
  }

  /** A full folder in a file's place is as a full disk: nothing can be written there. */
  @Test
  void whoCouldNotBeForgottenIsStillThereToBe() throws Exception {
    var forget = "{\"key\":\"" + key(1) + "\"}";
    for (var file : List.of("room.log", "answers.jsonl")) {
      var blocked = log().resolveSibling(file);
      try (var room = open()) {
        String gone = json(answer(room, 1, 1, 0)).path("name").asText();
        answer(room, 2, 1, 0);
        send(room.teacher(), "answers.jsonl", null);
        var before = people(room);
        Files.delete(blocked);
        Files.createDirectories(blocked.resolve("full"));
        assertThat(send(room.link(), "forget", forget).statusCode()).as(file).isEqualTo(500);
        assertThat(people(room)).as(file).isEqualTo(before);
        Files.delete(blocked.resolve("full"));
        Files.delete(blocked);
        assertThat(json(send(room.link(), "forget", forget)).path("forgotten").asBoolean())
            .as(file)
            .isTrue();
        assertThat(Files.readString(log())).doesNotContain(gone);
        assertThat(Files.readString(log().resolveSibling("answers.jsonl"))).doesNotContain(gone);
      }
    }
  }

  /** The map once it is drawn anew. */
  private static JsonNode refitted(Classroom room) throws Exception {
    int before = json(send(room.link(), "map", null)).path("version").asInt();
    json(send(room.teacher(), "refit", "{}"));
    for (int tries = 0; tries < 600; tries++) {
      var map = json(send(room.link(), "map", null));
      if (map.path("version").asInt() > before) return map.path("map");
      Thread.sleep(50);
    }
    throw new AssertionError(send(room.teacher(), "all", null).body());
  }

  @Test
  void aRoomFromNothingGetsItsMapFromItsAnswers() throws Exception {
    var talk = Files.createDirectories(folder.resolve("talk"));
    Files.writeString(
        talk.resolve("statements.txt"), "tea\n\ncoffee\n  milk \nwater\njuice\ncocoa\n");
    JsonNode learned;
    try (var room = Classroom.open(talk.toString(), "--port", "0")) {
      var map = json(send(room.link(), "map", null)).path("map");
      assertThat(map.path("blank").asBoolean()).isTrue();
      assertThat(map.at("/items/2/text").asText()).isEqualTo("milk");
      var early = send(room.teacher(), "refit", "{}");
      assertThat(early.statusCode()).isEqualTo(409);
      assertThat(early.body()).contains("a map needs 20 answers of 3 people");
      for (int who = 0; who < 12; who++)
        for (int i = 1; i < 6; i++)
          for (int j = 0; j < i; j++) answer(room, who, who % 2 == 0 ? i : j, who % 2 == 0 ? j : i);
      learned = refitted(room);
      assertThat(learned.has("blank")).isFalse();
      var dots = json(send(room.link(), "room", null)).path("dots");
      assertThat(dots.size()).isEqualTo(12);
      double[] one = weights(dots.get(0));
      double[] other = weights(dots.get(11));
      assertThat(Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]))
          .as("two camps stand apart")
          .isGreaterThan(0.2);
    }
    try (var room = Classroom.open(talk.toString(), "--port", "0")) {
      assertThat(refitted(room)).as("the same answers, the same bits").isEqualTo(learned);
    }
  }

  @Test
  void aStatementThatNobodyAnsweredKeepsItsPlace() throws Exception {
    var talk = Files.createDirectories(folder.resolve("talk"));
    Files.writeString(talk.resolve("statements.txt"), "tea\ncoffee\nmilk\nwater\njuice\ncocoa\n");
    for (var dir : List.of(talk, model())) {
      try (var room = Classroom.open(dir.toString(), "--port", "0")) {
        var items = json(send(room.link(), "map", null)).at("/map/items");
        for (int who = 0; who < 12; who++)
          for (int i = 2; i < 6; i++)
            for (int j = 1; j < i; j++)
              answer(room, who, who % 2 == 0 ? i : j, who % 2 == 0 ? j : i);
        var map = refitted(room);
        assertThat(map.path("items")).isEqualTo(items);
        assertThat(map.path("rewards")).hasSize(6);
        assertThat(weights(map.at("/rewards/0"))).containsOnly(0);
        assertThat(weights(map.at("/rewards/5"))).doesNotContain(0);
        json(answer(room, 0, 0, 5)); // of which the map knows nothing yet
        assertThat(json(send(room.link(), "room", null)).path("dots")).hasSize(12);
      }
    }
  }

  private static double[] weights(JsonNode dot) {
    return StreamSupport.stream(dot.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
  }

  @Test
  void theLinkIsForThisMachineOrForItsNetwork() throws Exception {
    try (var room = open()) {
      assertThat(URI.create(room.link()).getHost()).isEqualTo("localhost");
    }
    try (var room = Classroom.open(model().toString(), "--port", "0", "--lan")) {
      assertThat(URI.create(room.link()).getHost()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
      assertThat(people(room).size()).isZero();
    } catch (UsageException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Test
  void wrongRoomsAreSaid() throws Exception {
    open().close();
    var other = Files.createDirectories(folder.resolve("talk"));
    Files.writeString(other.resolve("statements.txt"), "tea\ncoffee\n");
    assertThatThrownBy(() -> Classroom.open(other.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected three statements or more, one a line, found 2");
    Files.writeString(other.resolve("statements.txt"), "tea\ncoffee\nmilk");
    String room = folder.resolve("model-room").toString();
    assertThatThrownBy(() -> Classroom.open(other.toString(), "--room", room))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Name another folder with --room");
  }
}
