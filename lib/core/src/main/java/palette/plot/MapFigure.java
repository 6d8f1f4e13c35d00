package palette.plot;

import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.geometry.euclidean.twod.Vector2D;
import org.apache.commons.math3.geometry.euclidean.twod.hull.MonotoneChain;
import org.knowm.xchart.XYChart;
import palette.evaluate.PrincipalAxes;
import palette.evaluate.Recovery;
import palette.numeric.VectorLoops;
import palette.personalize.Person;
import palette.reward.IdealPoints;
import palette.reward.PrototypeModel;
import palette.simulate.World;
import palette.support.Texts;

/** Users, prototypes and their hull as points in the plane. */
final class MapFigure {
  private MapFigure() {}

  /** One panel's worth: where everybody is, and by which colour (an index of a prototype). */
  private record Scene(
      double[][] users, int[] colours, double[][] prototypes, int[] names, List<Place> places) {}

  /** A named place: an item, or a person. */
  private record Place(String name, double[] at, boolean person) {}

  static Figure of(IdealPoints model, Map<String, String> items, Person... people) {
    double[][] users = model.users().stream().map(model::idealPoint).toArray(double[][]::new);
    int[] colours =
        model.users().stream().mapToInt(u -> VectorLoops.largest(model.mix(u))).toArray();
    double[][] prototypes = model.prototypePoints();
    var axes = PrincipalAxes.plane(users);
    int[] names = IntStream.range(0, prototypes.length).toArray();
    var places = new ArrayList<Place>();
    double[][] at = model.itemPoints(List.copyOf(items.keySet()));
    for (String word : items.values()) places.add(new Place(word, at[places.size()], false));
    for (var p : people) places.add(new Place(p.id(), model.idealPoint(standing(p)), true));
    var scene = flat(axes, new Scene(users, colours, prototypes, names, places));
    int d = users[0].length;
    var chart =
        panel(640, d == 1 ? 300 : 480, "Ideal points: " + Ink.cut(model.name()), axes, d, scene);
    legend(chart, "user, marked as their heaviest prototype", "hull of the prototypes");
    if (!items.isEmpty()) Ink.legend(chart, "item", Ink.DARK, Mark.of(3, 6));
    frame(chart, d, box(scene, d));
    return Figure.of(
        chart,
        Texts.format(
            "Map of ideal points: %s and %s of %s%s.",
            Texts.count(users.length, "user"),
            Texts.count(prototypes.length, "prototype"),
            model.name(),
            places.isEmpty()
                ? ""
                : "; named are " + String.join(", ", places.stream().map(Place::name).toList())));
  }

  static Figure of(IdealPoints model, World world) {
    var recovery = Recovery.of(model, world);
    var ids = recovery.users();
    double[][] truth = ids.stream().map(world::idealPoint).toArray(double[][]::new);
    int[] colours = ids.stream().mapToInt(u -> VectorLoops.largest(world.weights(u))).toArray();
    double[][] corners = world.prototypePoints();
    var axes = PrincipalAxes.plane(truth);
    int[] names = IntStream.range(0, corners.length).toArray();
    var right = flat(axes, new Scene(truth, colours, corners, names, List.of()));
    double[][] learnt = recovery.prototypes();
    var found = new Scene(recovery.idealPoints(), colours, learnt, named(recovery), List.of());
    var left = flat(axes, found);
    int d = truth[0].length;
    double[] box = box(left, d);
    double[] other = box(right, d);
    box = Axes.hold(Axes.hold(box, other[0], other[2]), other[1], other[3]);
    // Titles and legends of one height, so that the axes are level.
    var learned = panel(370, d == 1 ? 300 : 410, "learned (aligned)", axes, d, left);
    var known = panel(370, d == 1 ? 300 : 410, "truth (original)", axes, d, right);
    legend(learned, "user", "hull");
    legend(known, "user", "hull");
    frame(learned, d, box);
    frame(known, d, box);
    return Figure.beside(
        List.of(learned, known),
        Texts.format(
            "Two maps of %s: as %s places them, aligned to the truth, and where they truly are;"
                + " correlation %.3f.",
            Texts.count(ids.size(), "user"), model.name(), recovery.userCorrelation()));
  }

  /** Somebody's weights; a share of the population's score counts as the mean of all mixes. */
  static double[] standing(Person person) {
    return standing(person.model(), person.weights());
  }

  static double[] standing(PrototypeModel model, double[] weights) {
    var prior = model.prior();
    double[] w = weights.clone();
    if (!prior.populationColumn()) return w;
    int last = w.length - 1;
    double[] center = prior.center();
    double mixed = 1 - center[last];
    for (int k = 0; k < last; k++) {
      if (prior.space().isFree(k)) continue;
      w[k] += w[last] * (mixed > 0 ? center[k] / mixed : 1.0 / model.prototypes());
    }
    w[last] = 0;
    return w;
  }

  private static void legend(XYChart chart, String user, String hull) {
    Ink.legend(chart, "prototype", Ink.GREY, Mark.circle(13).rimmed(Ink.DARK));
    Ink.legend(chart, user, Ink.GREY, Mark.circle(6));
    Ink.legend(chart, hull, Ink.GREY, Ink.dashed(1.2f));
  }

  /** On a line users are stacked like dots; in a plane a unit is as long up as it is across. */
  private static void frame(XYChart chart, int d, double[] box) {
    // A turned or stretched map predicts the same: its places have no numbers.
    chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    if (d > 1) Axes.evenly(chart, box);
    else Axes.range(chart, box[0], box[1], -1.5, Math.max(8, box[3] + 1));
  }

  /** For each learned prototype the true one it stands for, or -1. */
  private static int[] named(Recovery recovery) {
    int[] names = new int[recovery.prototypes().length];
    Arrays.fill(names, -1);
    int[] match = recovery.match();
    for (int t = 0; t < match.length; t++) if (match[t] >= 0) names[match[t]] = t;
    return names;
  }

  private static Scene flat(PrincipalAxes axes, Scene scene) {
    double[][] users = flat(axes, scene.users);
    if (axes.mean().length == 1) stack(users);
    var places =
        scene.places.stream().map(p -> new Place(p.name, axes.on(2, p.at), p.person)).toList();
    return new Scene(users, scene.colours, flat(axes, scene.prototypes), scene.names, places);
  }

  private static double[][] flat(PrincipalAxes axes, double[][] points) {
    return Arrays.stream(points).map(p -> axes.on(2, p)).toArray(double[][]::new);
  }

  /** Lifts each point of a line above those that would lie under it. */
  private static void stack(double[][] points) {
    double left = Arrays.stream(points).mapToDouble(p -> p[0]).min().orElse(0);
    double right = Arrays.stream(points).mapToDouble(p -> p[0]).max().orElse(0);
    var heights = new HashMap<Long, Integer>();
    for (double[] p : points) {
      long bin = right == left ? 0 : Math.round(70 * (p[0] - left) / (right - left));
      p[1] = heights.merge(bin, 1, Integer::sum);
    }
  }

  private static XYChart panel(
      int width, int height, String title, PrincipalAxes axes, int d, Scene scene) {
    var chart = Ink.chart(width, height, title, axis(axes, d, 0), axis(axes, d, 1));
    hull(chart, scene.prototypes);
    int most = Arrays.stream(scene.colours).max().orElse(0);
    for (int k = 0; k <= most; k++) users(chart, scene, k);
    for (int j = 0; j < scene.prototypes.length; j++) prototype(chart, scene, j);
    for (var p : scene.places) place(chart, p);
    return chart;
  }

  private static String axis(PrincipalAxes axes, int d, int a) {
    if (d <= 2) return a < d ? "" : "users";
    return Texts.format(
        "%s principal axis (%.0f %% of variance)",
        a == 0 ? "first" : "second", 100 * axes.shares()[a]);
  }

  private static void hull(XYChart chart, double[][] prototypes) {
    double[][] ring = ring(prototypes);
    if (ring[0].length < 3) return;
    Ink.line(chart, "hull line", ring[0], ring[1], Ink.GREY, Ink.dashed(1.2f))
        .setShowInLegend(false);
  }

  /** The x and the y of the corners of some points' hull, once around. */
  static double[][] ring(double[][] points) {
    var all = Arrays.stream(points).map(Vector2D::new).toList();
    var corners = new MonotoneChain().generate(all).getVertices();
    int n = corners.length;
    return new double[][] {
      IntStream.rangeClosed(0, n).mapToDouble(i -> corners[i % n].getX()).toArray(),
      IntStream.rangeClosed(0, n).mapToDouble(i -> corners[i % n].getY()).toArray()
    };
  }

  private static void users(XYChart chart, Scene scene, int k) {
    double[][] mine =
        IntStream.range(0, scene.users.length)
            .filter(u -> scene.colours[u] == k)
            .mapToObj(u -> scene.users[u])
            .toArray(double[][]::new);
    if (mine.length == 0) return;
    var colour = Ink.faded(Ink.colour(k), 150);
    Ink.dots(chart, "users mostly " + (k + 1), colour, Mark.of(k, 6), mine).setShowInLegend(false);
  }

  private static void prototype(XYChart chart, Scene scene, int j) {
    int k = scene.names[j];
    double[] p = scene.prototypes[j];
    String name = k < 0 ? "?" : "" + (k + 1);
    var colour = k < 0 ? Ink.GREY : Ink.colour(k);
    var mark = Mark.of(Math.max(0, k), 17).rimmed(Ink.DARK);
    Ink.dots(chart, "prototype " + name + " at " + j, colour, mark, p).setShowInLegend(false);
    var font = Ink.font(Font.BOLD, 11);
    chart.addAnnotation(
        new Label(name, p[0], p[1], Label.Side.CENTRE, Ink.on(colour), mark.sag(), font));
  }

  private static void place(XYChart chart, Place place) {
    if (place.person) {
      Ink.star(chart, place.name, place.at);
      return;
    }
    double[] at = place.at;
    Ink.dots(chart, "place " + place.name, Ink.DARK, Mark.of(3, 6), at).setShowInLegend(false);
    var font = Ink.font(Font.PLAIN, 11);
    chart.addAnnotation(new Label(place.name, at[0], at[1], Label.Side.RIGHT, Ink.DARK, 9, font));
  }

  /** Left, right, low, high, with some air. */
  private static double[] box(Scene scene, int d) {
    double[] box = Axes.NOTHING;
    for (double[] p : scene.users) box = Axes.hold(box, p[0], p[1]);
    for (double[] p : scene.prototypes) box = Axes.hold(box, p[0], p[1]);
    for (var p : scene.places) box = Axes.hold(box, p.at[0], p.at[1]);
    double side = d == 1 ? box[1] - box[0] : Math.max(box[1] - box[0], box[3] - box[2]);
    double air = side > 1e-6 ? 0.08 * side : 1; // with one prototype everybody is at one point
    return new double[] {box[0] - air, box[1] + air, box[2] - air, box[3] + air};
  }
}
