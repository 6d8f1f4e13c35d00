package palette.plot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.evaluate.PrincipalAxes;
import palette.numeric.Simplex;
import palette.reward.IdealPoints;
import palette.reward.PrototypeModel;
import palette.reward.Space;
import palette.support.AtomicFile;
import palette.support.Bundled;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Sha256;

/**
 * One page on which somebody answers a model's questions and sees where they stand: the best
 * question first, a star on the map that moves with each answer and an area of how unsure it is,
 * the certificate, what the model believes of them, one reward for everybody beside their own, whom
 * the average fails; answers can be turned round and forgotten. It places people in the browser by
 * the problem that {@link palette.personalize.Localizer} solves.
 *
 * <p>The page is one file that needs no network and sends nothing. It holds the items' texts, their
 * K rewards and the weights of up to 300 training users, without ids: publish it only where these
 * may be public.
 *
 * @param name the model's
 * @param content what the page knows of it, as JSON: items, rewards, prior, corners, people
 * @param html the page as text
 */
public record PersonPage(String name, String content, String html) {
  private static final int PEOPLE = 300;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEAD =
      "<p>Answer a few questions. After each, your star moves to where your answers put you among"
          + " %d others.</p>";
  private static final String NOTE =
      "Your answers are in this page only. Nothing is sent or stored.";

  /** Asks about these items. */
  static PersonPage of(PrototypeModel model, Catalog items) {
    Checks.require(
        model.prior().space() == Space.SIMPLEX && model.prototypes() > 1,
        model.name(),
        "a mix of two prototypes or more",
        model.prior().space() + ", K=" + model.prototypes());
    Checks.require(items.size() > 2, "items", "three or more", items.size());
    String content = json(content(model, items));
    String lead = String.format(LEAD, model.users().size());
    String script = "start(" + content + ");\n";
    return new PersonPage(model.name(), content, html(model.name(), lead, NOTE, script, ""));
  }

  /**
   * The page as others use it: with a title, what stands above the questions and what is said about
   * answers (HTML), and a script that calls {@code start(content, room)}.
   *
   * @param asks what the page may ask for beside itself, as its policy says it; empty for nothing
   */
  public static String html(String title, String lead, String note, String script, String asks) {
    return filled(
        resource("person.html")
            .replace("@TITLE@", Html.escape(title))
            .replace("@LEAD@", lead)
            .replace("@NOTE@", note)
            .replace("@ASKS@", asks),
        script);
  }

  /** Another page with the style and the mathematics of this one, and a script that uses them. */
  public static String filled(String template, String script) {
    String all = resource("person.js") + "\n" + script;
    return template
        .replace("@HASH@", Sha256.base64(all))
        .replace("@STYLE@", resource("person.css"))
        .replace("@SCRIPT@", all);
  }

  private static Map<String, Object> content(PrototypeModel model, Catalog items) {
    var people = people(model);
    var content = new LinkedHashMap<String, Object>();
    content.put("items", items.texts().stream().map(t -> Map.of("text", t)).toList());
    content.put("rewards", rewards(model, items.ids()));
    var prior = model.prior();
    content.put("prior", Map.of("center", prior.center(), "strength", prior.strength()));
    content.put("corners", corners(model, people));
    content.put("people", people.stream().map(u -> padded(model, u)).toList());
    return content;
  }

  /** Users at even distances where there are many, so that the page stays small. */
  private static List<String> people(PrototypeModel model) {
    var users = model.users();
    int n = Math.min(PEOPLE, users.size());
    return IntStream.range(0, n)
        .mapToObj(i -> users.get((int) ((long) i * users.size() / n)))
        .toList();
  }

  private static double[] padded(PrototypeModel model, String user) {
    return Arrays.copyOf(model.weights(user), model.prior().center().length);
  }

  /** By item, then by weight: rewards in units of the temperature, less their mean over items. */
  private static double[][] rewards(PrototypeModel model, List<String> ids) {
    int columns = model.prior().center().length;
    double[][] rewards = new double[ids.size()][columns];
    for (int k = 0; k < columns; k++) {
      double[] all = model.rewards(Simplex.vertex(columns, k), null, ids);
      double mean = Arrays.stream(all).average().orElse(0);
      for (int i = 0; i < all.length; i++) rewards[i][k] = (all[i] - mean) / model.temperature();
    }
    return rewards;
  }

  /** Where the prototypes stand: on the model's map if it has one, else on a circle. */
  private static double[][] corners(PrototypeModel model, List<String> people) {
    if (model instanceof IdealPoints map) {
      double[][] points = map.prototypePoints();
      double[][] users = people.stream().map(map::idealPoint).toArray(double[][]::new);
      var axes = PrincipalAxes.plane(users);
      return Arrays.stream(points).map(p -> axes.on(2, p)).toArray(double[][]::new);
    }
    double[][] circle = new double[model.prototypes()][];
    for (int k = 0; k < circle.length; k++) {
      double angle = Math.PI * (0.5 + 2.0 * k / circle.length);
      circle[k] = new double[] {Math.cos(angle), Math.sin(angle)};
    }
    return circle;
  }

  // In a script no text may end it, so "<" is written as JSON also allows.
  private static String json(Object content) {
    try {
      return JSON.writeValueAsString(content).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(String name) {
    return Bundled.text(PersonPage.class, name);
  }

  /** Writes the page, whole or not at all. */
  public PersonPage save(Path file) {
    AtomicFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  @Override
  public String toString() {
    return "PersonPage[" + name + ", " + html.length() / 1024 + " KB]";
  }
}
