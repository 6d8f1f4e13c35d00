package palette.reward;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Provenance;
import palette.support.Seeds;

/** The way from a spec and answers to a model, the same for PAL-A and PAL-B. */
final class PalFit {
  private static final int ENOUGH_COMPARISONS = 20;
  private final PalSpec<?> spec;
  private final Settings settings;

  PalFit(PalSpec<?> spec) {
    this.spec = spec;
    this.settings = spec.settings;
  }

  /** Start parameters for a seed. */
  interface Start {
    Map<String, Tensor> parameters(Study study, SplittableRandom random);
  }

  /** The objective that trains from these parameters. */
  interface Opening {
    Objective open(Study study, Map<String, Tensor> start, PalGroups groups, long seed);
  }

  FittedPal fit(
      Preferences train,
      Preferences validation,
      boolean joint,
      Start start,
      Opening opening,
      Function<FittedPal, PalModel> model) {
    var answers = embedded(train);
    boolean same = validation.items() == train.items();
    var seen = same ? describe(validation, answers) : embedded(validation);
    var study = Study.of(answers, seen, joint, settings.flag("balanced"));
    var result = best(study, start, opening);
    var fitted =
        new FittedPal(
            spec,
            study.users,
            study.items,
            study.prompts,
            result.parameters(),
            null,
            1,
            null,
            result.history(),
            provenance(train, validation));
    return Calibration.of(model, fitted, answers, seen);
  }

  private static Preferences describe(Preferences answers, Preferences like) {
    return answers.withItems(like.items()).withPrompts(like.prompts());
  }

  private Preferences embedded(Preferences answers) {
    if (spec.embedder == null) return answers;
    return answers.withItems(embedded(answers.items())).withPrompts(embedded(answers.prompts()));
  }

  private Catalog embedded(Catalog catalog) {
    if (catalog.hasVectors() || catalog.size() == 0) return catalog;
    return catalog.withVectors(spec.embedder.embed(catalog.texts()));
  }

  /** The best of the starts, each trained to its end: on a saddle the first epochs tell nothing. */
  private Trainer.Result best(Study study, Start start, Opening opening) {
    int restarts = settings.integer("restarts");
    Trainer.Result best = null;
    for (int r = 0; r < restarts; r++) {
      if (r > 0 && Thread.currentThread().isInterrupted()) break;
      String task = restarts == 1 ? "Training" : "Start " + (r + 1) + " of " + restarts;
      try (var objective = open(study, start, opening, r)) {
        var result = new Trainer(task, study, settings, seed(r)).run(objective);
        if (best == null || result.loss() < best.loss()) best = result;
      }
    }
    return best;
  }

  private Objective open(Study study, Start start, Opening opening, int restart) {
    var random = Seeds.stream(seed(restart), "start");
    var parameters = start.parameters(study, random);
    return opening.open(
        study, parameters, new PalGroups(settings, study.users.size()), seed(restart));
  }

  private long seed(int restart) {
    return Seeds.derive(settings.number("seed"), "restart " + restart);
  }

  private Provenance provenance(Preferences train, Preferences validation) {
    var what = new TreeMap<String, String>();
    what.put("spec", spec.toString());
    what.put("train", train.fingerprint());
    what.put("validation", validation.fingerprint());
    what.put("embedder", spec.embedder == null ? "none" : spec.embedder.fingerprint());
    what.put("versions", Torch.version());
    what.put("device", spec.chosenDevice().toString());
    what.put("threads", "" + GraphObjective.threads(settings));
    return Provenance.now(what);
  }

  // --------------------------------------------------------------- pieces of start parameters

  /** Users at N(0, deviation^2) around the mean, which is learned where there is a prior. */
  static Map<String, Tensor> users(Settings settings, Study study, SplittableRandom random) {
    int k = settings.integer("prototypes");
    int n = study.users.size();
    double deviation = 1 / Math.sqrt(settings.integer("dimension"));
    var start = new LinkedHashMap<String, Tensor>();
    start.put("users.offset", Tensor.of(Seeds.normal(n * k, deviation, random), n, k));
    if (settings.real("userPrior") > 0) start.put("users.mean", Tensor.of(new double[k], k));
    return start;
  }

  /** Whether items carry offsets: as the spec says, or where they are compared often enough. */
  static boolean carriesIdentity(Settings settings, Study study) {
    if (study.entries.dimension() == 0) return true;
    double comparisonsAnItem = 2.0 * study.train.size() / study.items.size();
    return switch (settings.option("identity", String.class)) {
      case "yes" -> true;
      case "no" -> false;
      default -> comparisonsAnItem >= ENOUGH_COMPARISONS;
    };
  }

  /**
   * Offsets begin at zero, so that unseen items are their content alone; not where all is offset.
   */
  static Tensor identities(Study study, int d, boolean alone, SplittableRandom random) {
    int n = study.items.size();
    return alone ? normal(n, d, 1 / Math.sqrt(d), random) : Tensor.of(new double[n * d], n, d);
  }

  static Tensor normal(int rows, int columns, double deviation, SplittableRandom random) {
    return Tensor.of(Seeds.normal(rows * columns, deviation, random), rows, columns);
  }
}
