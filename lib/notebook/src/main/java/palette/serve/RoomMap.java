package palette.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.evaluate.Families;
import palette.family.PalA;
import palette.fit.BasisModel;
import palette.fit.ModelSpec;
import palette.personalize.Localizer;
import palette.plot.Plots;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * What a room stands on: its items and, once there is one, a model of them.
 *
 * @param items in the room's order, in which answers are kept; a model knows those alone that were
 *     answered
 * @param model null before the first fit of a room that starts from nothing
 * @param content what a page knows of it, as JSON
 * @param spec how the next map is fitted
 */
record RoomMap(int version, Catalog items, BasisModel model, String content, ModelSpec spec) {
  private static final String STATEMENTS = "statements.txt";
  private static final int PROTOTYPES = 3;
  private static final ModelSpec PLANE = PalA.spec().prototypes(PROTOTYPES).dimension(2).seed(7);

  /** Of a saved model, or of a folder with statements.txt: a statement a line, three or more. */
  static RoomMap of(Path dir) {
    var file = dir.resolve(STATEMENTS);
    if (!Files.isRegularFile(file)) {
      var model = Families.load(dir);
      return of(1, model.items(), model, model.fitted().spec());
    }
    var lines = Reasons.attempt("read " + file, () -> Files.readAllLines(file));
    var said = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).distinct();
    var items = Catalog.of(said.toList());
    if (items.size() > 2) return new RoomMap(1, items, null, blank(items), PLANE);
    throw new InputException(
        file.toString(), "three statements or more, one a line", "" + items.size(), "");
  }

  private static RoomMap of(int version, Catalog items, BasisModel model, ModelSpec spec) {
    return new RoomMap(version, items, model, content(model, items), spec);
  }

  /** The page of a model; an item that nobody has answered has reward 0, the mean of the others. */
  private static String content(BasisModel model, Catalog items) {
    String known = Plots.page(model, model.items()).content();
    return Reasons.attempt(
        "write JSON",
        () -> {
          var page = (ObjectNode) Service.JSON.readTree(known);
          for (int i = 0; i < items.size(); i++) {
            if (model.items().indexOf(items.id(i)) >= 0) continue;
            page.withArray("items").insertPOJO(i, Map.of("text", items.text(i)));
            page.withArray("rewards").insertPOJO(i, new double[model.prior().center().length]);
          }
          return Service.JSON.writeValueAsString(page);
        });
  }

  /** The page of a room of which nothing is known: all rewards are 0, and nobody is there. */
  private static String blank(Catalog items) {
    var nothing = new double[items.size()][PROTOTYPES];
    double[] center = new double[PROTOTYPES];
    Arrays.fill(center, 1.0 / PROTOTYPES);
    var content =
        Map.of(
            "blank",
            true,
            "items",
            items.texts().stream().map(t -> Map.of("text", t)).toList(),
            "rewards",
            nothing,
            "prior",
            Map.of("center", center, "strength", 1),
            "corners",
            new double[][] {{0, 1}, {-1, -0.7}, {1, -0.7}},
            "people",
            List.of());
    return Reasons.attempt("write JSON", () -> Service.JSON.writeValueAsString(content));
  }

  /** The map that these answers give. */
  RoomMap fit(Preferences answers) {
    return of(version + 1, items, spec.fit(answers), spec);
  }

  /** Where somebody stands by pairs (chosen, rejected) of items, of those that the model knows. */
  double[] place(List<int[]> answers) {
    if (model == null) return new double[0];
    var known = model.items();
    var said =
        answers.stream()
            .map(a -> Comparison.of("member", items.id(a[0]), items.id(a[1])))
            .filter(c -> known.indexOf(c.chosen()) >= 0 && known.indexOf(c.rejected()) >= 0);
    return Localizer.of(model).fit(Preferences.of(said.toList())).weights();
  }
}
