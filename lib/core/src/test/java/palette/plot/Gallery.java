package palette.plot;

import java.nio.file.Path;
import java.util.List;

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
