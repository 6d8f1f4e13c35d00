package palette.fit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import palette.data.Embedder;
import palette.encode.Tuning;
import palette.reward.PrototypeModel.Prior;
import palette.reward.Settings;
import palette.reward.Space;
import palette.store.SavedModel;
import palette.support.InputException;

/** From fitted models to their folders and back; what a family says once decides the shapes. */
final class SavedBasis {
  private static final String LEARNED = " that learned";

  private SavedBasis() {}

  static void save(BasisModel model, Path dir) {
    saved(model).write(dir);
  }

  private static SavedModel saved(BasisModel model) {
    var fitted = model.fitted();
    var spec = fitted.spec();
    boolean whole = isWhole(spec);
    return new SavedModel(
        model.basis().name(),
        fingerprint(spec),
        spec.loss(),
        fitted.settings(),
        whole ? fitted.users() : null,
        fitted.items(),
        whole ? fitted.prompts() : null,
        whole ? fitted.prior() : null,
        fitted.temperature(),
        fitted.history(),
        fitted.provenance(),
        fitted.parameters(),
        fitted.fallback() == null ? null : saved(fitted.fallback()));
  }

  /** The population has nothing but its score: no loss to choose, no users, no prompts. */
  private static boolean isWhole(ModelSpec spec) {
    return spec.loss() != null;
  }

  static BasisModel load(Path dir, ModelSpec spec, Embedder given) {
    String kind = spec.basis().name();
    var saved = SavedModel.read(dir, kind, named -> new OfSpec(embedding(dir, spec, named, given)));
    var family = embedding(dir, spec, saved.embedder(), given);
    return model(saved, family, family.embedder());
  }

  /** A spec with the embedder that a file names. */
  private static ModelSpec embedding(Path dir, ModelSpec spec, String named, Embedder given) {
    boolean learned = named.endsWith(LEARNED);
    String wanted = learned ? named.substring(0, named.length() - LEARNED.length()) : named;
    var embedder = embedder(dir, wanted, given);
    var settings = spec.settings();
    if (learned) settings = ModelSpec.learning(settings, Tuning.all());
    return spec.like(settings, spec.loss(), embedder);
  }

  private static BasisModel model(SavedModel saved, ModelSpec family, Embedder embedder) {
    boolean embeds = !saved.embedder().equals(SavedModel.NONE);
    var described = family.like(saved.settings(), saved.loss(), embeds ? embedder : null);
    var spec = described.learned(saved.parameters());
    var fallback =
        saved.fallback() == null
            ? null
            : model(saved.fallback(), spec.everybody(), spec.embedder());
    var prior = saved.prior() == null ? Prior.onePoint() : saved.prior();
    return spec.model(
        new Fitted(
            spec,
            saved.users(),
            saved.items(),
            saved.prompts(),
            saved.parameters(),
            prior,
            saved.temperature(),
            fallback,
            saved.history(),
            saved.provenance()));
  }

  /** An encoder that has learned is named by what it was; what it learned is in the file. */
  private static String fingerprint(ModelSpec spec) {
    var encoder = spec.encoder();
    if (encoder != null) return encoder.fingerprint() + LEARNED;
    return spec.embedder() == null ? SavedModel.NONE : spec.embedder().fingerprint();
  }

  /** MiniLM needs no passing, plain vectors need no embedder, any other has to be given. */
  private static Embedder embedder(Path dir, String wanted, Embedder given) {
    if (given != null && given.fingerprint().equals(wanted)) return given;
    boolean none = wanted.equals(SavedModel.NONE);
    if (given == null && none) return null;
    var found = given == null ? Embedder.Source.anywhere(wanted) : Optional.<Embedder>empty();
    if (found.isPresent()) return found.get();
    throw new InputException(
        dir.resolve("manifest.json").toString(),
        none ? "no embedder, as in training" : "the embedder of the training, " + wanted,
        given == null ? "none" : given.fingerprint(),
        none
            ? "Load it with load(dir)."
            : "Pass that one: load(Path.of(\"" + dir.getFileName() + "\"), embedder).");
  }

  /** A family as the files want to know it. */
  private record OfSpec(ModelSpec spec) implements SavedModel.Family {

    @Override
    public String kind() {
      return spec.basis().name();
    }

    @Override
    public Settings defaults() {
      return spec.settings();
    }

    @Override
    public Space space(Settings settings) {
      return spec.like(settings, null, null).basis().space();
    }

    @Override
    public boolean whole() {
      return isWhole(spec);
    }

    @Override
    public Map<String, long[]> shapes(SavedModel.Sizes saved) {
      var like = spec.like(saved.settings(), saved.loss(), spec.embedder());
      boolean joint = like.basis().joint() && saved.prompts() > 0;
      int inputs = saved.itemInputs() + (joint ? saved.promptInputs() : 0);
      boolean identities = saved.tensors().contains(Parameter.IDENTITY.name());
      var sizes =
          new Sizes(
              saved.settings(),
              saved.users(),
              saved.items(),
              inputs,
              saved.prompts(),
              saved.promptInputs(),
              identities);
      var shapes = new LinkedHashMap<String, long[]>();
      for (var one : like.start(sizes)) shapes.put(one.parameter().name(), one.shape());
      VectorUnits.addTo(shapes, saved.tensors());
      return shapes;
    }

    @Override
    public SavedModel.Family everybody() {
      return spec.everybody() == null ? null : new OfSpec(spec.everybody());
    }
  }
}
