package palette.plot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import palette.personalize.Person;

/** Draws every figure into a folder, for human eyes: tests cannot see. */
public final class Gallery {
  private Gallery() {}

  /** The folder is the one argument. */
  public static void main(String[] args) {
    var folder = Path.of(args[0]);
    var flat = Scenes.world(2, 3);
    var model = Scenes.learned(flat);
    var deep = Scenes.world(16, 5);
    save(folder, "map", Plots.map(model));
    var ann = Person.of(model, model.users().get(0));
    var things = Map.of("item-0", "green tea", "item-5", "espresso", "item-9", "mint");
    save(folder, "map-things", Plots.map(model, things, ann));
    save(folder, "weights-named", Plots.weights(model, List.of("sweet", "bitter", "mild"), ann));
    double[] x = {0, 1, 2, 3, 4};
    double[] low = {0.2, 0.35, 0.5, 0.6, 0.66};
    double[] high = {0.8, 0.75, 0.8, 0.8, 0.8};
    var sure = Sketch.of("How sure?", "answers", "weight").band("68 %", x, low, high);
    save(folder, "sketch-band", sure.curve("weight", 0, 4, a -> 0.5 + a / 16).figure());
    var lines = Sketch.of("Losses", "margin", "loss").colours("logistic", "hinge");
    save(
        folder,
        "sketch-lines",
        lines
            .curve("hinge", -3, 3, m -> Math.max(0, 1 - m))
            .curve("square", -3, 3, m -> (1 - m) * (1 - m) / 4)
            .curve("logistic", -3, 3, m -> Math.log1p(Math.exp(-m)))
            .level("a coin", 0.69)
            .figure());
    double[] o = {0, 0};
    save(
        folder,
        "sketch-arrows",
        Sketch.of("A compass", "", "")
            .size(400, 400)
            .even()
            .bare()
            .arrow("wish", o, new double[] {1, 0.4})
            .arrow("answer", o, new double[] {0.2, 0.9})
            .word("strong", 1, 0.4)
            .word("mild", 0.2, 0.9)
            .figure());
    save(folder, "map-world", Plots.map(model, flat));
    save(folder, "map-deep", Plots.map(Scenes.learned(deep)));
    save(folder, "map-deep-world", Plots.map(Scenes.learned(deep), deep));
    save(folder, "map-line", Plots.map(Scenes.learned(Scenes.world(1, 2))));
    save(folder, "weights-3", Plots.weights(model));
    save(folder, "weights-5", Plots.weights(Scenes.learned(deep)));
    save(folder, "accuracy", Plots.accuracy(Scenes.sweep(), 0.95));
    save(folder, "choice", Plots.choice(Scenes.choice(0.6)));
    save(folder, "choice-close", Plots.choice(Scenes.choice(0.0002)));
    save(folder, "localization-1", Plots.localization(Scenes.curve("PAL-A, K=3", 0.72, 0.2)));
    save(
        folder,
        "localization-2",
        Plots.localization(
            0.93, Scenes.curve("PAL-A, K=3", 0.72, 0.2), Scenes.curve("K=1", 0.7, 0.01)));
    save(folder, "loss-1", LossFigure.ofFits(List.of(Scenes.fit("PAL-A, K=3", 0.69, 12))));
    save(
        folder,
        "loss-2",
        LossFigure.ofFits(
            List.of(Scenes.fit("PAL-A, K=3", 0.69, 12), Scenes.fit("cubic hinge", 1, 20))));
    save(folder, "calibration", Plots.calibration(Scenes.evaluation(2, 1.6, 1)));
  }

  private static void save(Path folder, String name, Figure figure) {
    figure.png(folder.resolve(name + ".png")).svg(folder.resolve(name + ".svg"));
  }
}
