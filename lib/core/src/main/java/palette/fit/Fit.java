package palette.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.store.Checkpoint;
import palette.support.InputException;
import palette.support.Memory;
import palette.support.Provenance;
import palette.support.Seeds;
import palette.support.Texts;

/** The way from a spec and answers to a model, the same for every basis. */
public record Fit(FitSpec<?> spec) {
  private static final int FEW = 10;

  BasisModel fit(Preferences train, Preferences validation) {
    if (spec.loss() != null) spec.loss().requireFalling();
    var answers = embedded(train, spec);
    var seen = embedded(validation, train, answers, spec);
    boolean balanced = spec.settings().get(FitSpec.BALANCED);
    var told = spec.told(answers);
    var seenToo = spec.told(seen);
    var data = new TrainingSet(told, seenToo, spec.basis().joint(), balanced, together());
    sayFew(data.train.size());
    var task = Task.of(spec, data, spec.chosenDevice());
    Memory.require("training", task.leastBytes());
    var plan = task.plan();
    var what = provenance(spec, train, validation);
    var checkpoint = new Checkpoint(spec.settings().checkpoint(), byWay(what, task, plan));
    var first = new Beliefs.Chosen(task, plan, best(task, plan, checkpoint));
    boolean reads = task.encoder() != null; // too dear to be gone on with at other strengths
    var judge = new Judge(this, data, told, seenToo);
    var chosen = reads ? first : Beliefs.of(spec, first, seed(0), checkpoint, judge);
    // The flag stays up, so it tells of whichever part was cut short or left out.
    boolean cut = Thread.currentThread().isInterrupted();
    var result = cut ? chosen.result().cutShort() : chosen.result();
    var learned = spec.learned(result.parameters());
    if (reads) {
      answers = embedded(train, learned);
      seen = embedded(validation, train, answers, learned);
    }
    var items = reads ? read(data.items, learned) : data.items;
    var prompts = reads ? read(data.prompts, learned) : data.prompts;
    var from = Provenance.now(byWay(what, chosen.task(), chosen.plan()));
    var said =
        fitted(learned, data, items, prompts, result, from).saying("beliefs", chosen.words());
    boolean identities = task.sizes().identities();
    var placed = new PriorFit(said, answers, seen, identities).placed();
    return learned.model(new PriorFit(placed, answers, seen, identities).calibrated());
  }

  /** What was learned, before temperature and prior. */
  private static Fitted fitted(
      ModelSpec learned,
      TrainingSet data,
      Catalog items,
      Catalog prompts,
      Trainer.Result result,
      Provenance from) {
    var numbers = new LinkedHashMap<>(result.parameters());
    data.units.addTo(numbers);
    var history = result.history();
    return new Fitted(learned, data.users, items, prompts, numbers, null, 1, null, history, from);
  }

  private TrainingSet.Together together() {
    if (spec.loss() != null && spec.loss().choices()) return TrainingSet.Together.CHOICES;
    return spec.encoder() == null ? TrainingSet.Together.NONE : TrainingSet.Together.QUESTIONS;
  }

  private static void sayFew(int answers) {
    if (answers >= FEW) return;
    String few = Texts.count(answers, "answer") + " to train on";
    System.err.println(few + ": nothing can be learned from so few, and no figure means anything.");
  }

  // ------------------------------------------------------------------------------------ vectors

  /** Answers whose items and prompts have vectors wherever the spec's embedder can make them. */
  public static Preferences embedded(Preferences answers, ModelSpec spec) {
    if (spec.embedder() == null) return answers;
    return answers
        .withItems(embedded(answers.items(), spec))
        .withPrompts(embedded(answers.prompts(), spec));
  }

  private static Catalog embedded(Catalog catalog, ModelSpec spec) {
    boolean reads = spec.encoder() != null;
    if (reads && catalog.hasVectors()) {
      throw new InputException(
          "items and prompts of a fit whose encoder learns",
          "texts",
          "vectors, which would stay as they are",
          "Leave the vectors out, or take .embedder(...) in place of .encoder(...).");
    }
    if (catalog.hasVectors() || catalog.size() == 0) return catalog;
    return catalog.withVectors(spec.embedder());
  }

  /** The same entries as an encoder reads them now. */
  private static Catalog read(Catalog catalog, ModelSpec learned) {
    return catalog.size() == 0 ? catalog : catalog.withVectors(learned.embedder());
  }

  /** Answers of the same catalogs as others, which have their vectors already. */
  public static Preferences embedded(
      Preferences answers, Preferences like, Preferences embedded, ModelSpec spec) {
    if (answers.items() != like.items()) return embedded(answers, spec);
    return answers.withItems(embedded.items()).withPrompts(embedded.prompts());
  }

  // ------------------------------------------------------------------------------------- starts

  /** The best of the starts, each trained to its end: on a saddle the first epochs tell nothing. */
  private Trainer.Result best(Task task, Plan plan, Checkpoint checkpoint) {
    int restarts = spec.settings().get(FitSpec.RESTARTS);
    Trainer.Result best = null;
    Trainer.Diverged why = null;
    for (int r = 0; r < restarts; r++) {
      if (r > 0 && Thread.currentThread().isInterrupted()) break;
      String name = restarts == 1 ? "Training" : "Start " + (r + 1) + " of " + restarts;
      try (var objective = plan.opening().open(start(task, seed(r)), seed(r))) {
        boolean led = Agreement.leads(task);
        var kept = restarts == 1 ? checkpoint : checkpoint.part("start-" + (r + 1));
        var trainer = new Trainer(name, task.data(), spec.settings(), seed(r), led);
        var result = trainer.run(objective, kept);
        // The training loss of a start that was broken off is of other rows.
        boolean whole =
            task.data().validation.size() > 0 || !Thread.currentThread().isInterrupted();
        if (best == null || whole && result.loss() < best.loss()) best = result;
      } catch (Trainer.Diverged e) {
        why = e;
      }
    }
    if (best == null) throw why;
    return best;
  }

  /** What fits of other strengths begin from, and which foresees more. */
  private record Judge(Fit fit, TrainingSet data, Preferences train, Preferences validation)
      implements Beliefs.Judge {
    @Override
    public Map<String, Tensor> start(Task task, long seed) {
      return fit.start(task, seed);
    }

    @Override
    public boolean clearlyBetter(Beliefs.Chosen one, Beliefs.Chosen other) {
      return fitted(one).clearlyBetter(fitted(other));
    }

    private PriorFit fitted(Beliefs.Chosen chosen) {
      var from = Provenance.now(Map.of());
      var all = Fit.fitted(fit.spec, data, data.items, data.prompts, chosen.result(), from);
      return new PriorFit(all, train, validation, true);
    }
  }

  private Map<String, Tensor> start(Task task, long seed) {
    var random = Seeds.stream(seed, "start");
    var start = new LinkedHashMap<String, Tensor>();
    for (var one : spec.start(task.sizes())) start.put(one.parameter().name(), one.tensor(random));
    var begun = Agreement.leads(task) ? Agreement.begin(task, start, seed) : start;
    return task.basis().begin(task.data(), begun);
  }

  private long seed(int restart) {
    return Seeds.derive(spec.settings().get(FitSpec.SEED), "restart " + restart);
  }

  /** What a model comes from, and the way it was learned. */
  private static Map<String, String> byWay(Map<String, String> what, Task task, Plan plan) {
    var all = new TreeMap<>(what);
    all.put("device", task.device().toString());
    all.put("threads", "" + task.threads());
    all.put("path", plan.toString());
    return all;
  }

  /** What every model comes from. */
  public static TreeMap<String, String> provenance(
      ModelSpec spec, Preferences train, Preferences validation) {
    var what = new TreeMap<String, String>();
    what.put("spec", spec.toString());
    what.put("train", train.fingerprint());
    what.put("validation", validation.fingerprint());
    what.put("embedder", spec.embedder() == null ? "none" : spec.embedder().fingerprint());
    what.put("versions", Torch.version());
    return what;
  }
}
