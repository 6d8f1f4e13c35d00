package palette.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.data.Embedder;
import palette.engine.Tensor;
import palette.personalize.Localizer;
import palette.personalize.TextPrior;
import palette.support.Checks;
import palette.support.InputException;

/**
 * What texts about people say, in the folder of the model that it was learned with: the manifest
 * names that model by its hash, and the embedder; mean and slopes stand behind the model's numbers.
 */
public final class SavedTexts {
  private static final String NAME = "texts";
  private static final String MEAN = NAME + ".mean";
  private static final String SLOPES = NAME + ".slopes";

  private SavedTexts() {}

  /**
   * Adds it to what will be written of a model.
   *
   * @param model places people by this model
   * @param tensors the model's own, to which it is added
   */
  public static void put(
      TextPrior texts, Localizer model, ObjectNode manifest, Map<String, Tensor> tensors) {
    double strength = texts.localizer().prior().strength();
    boolean own = texts.localizer().equals(model.strength(strength));
    Checks.require(own, NAME, "those learned with Localizer.of(this model)", "those of another");
    var said = manifest.putObject(NAME);
    said.put("model", SafeTensors.sha256(tensors)).put("embedder", texts.embedder().fingerprint());
    said.put("strength", strength).put("people", texts.people());
    said.put("gain", texts.gain()).put("error", texts.error());
    said.put("vectors", texts.mean().length).put("weights", texts.slopes().length);
    tensors.put(MEAN, Tensor.of(texts.mean(), texts.mean().length));
    tensors.put(SLOPES, Tensor.of(texts.slopes(), texts.mean().length));
  }

  /** The shapes of its tensors; none where a model was saved alone. */
  public static Map<String, long[]> shapes(Manifest manifest) {
    var shapes = new LinkedHashMap<String, long[]>();
    if (!manifest.has(NAME)) return shapes;
    long vectors = manifest.at(NAME).whole("vectors");
    shapes.put(MEAN, new long[] {vectors});
    shapes.put(SLOPES, new long[] {manifest.at(NAME).whole("weights"), vectors});
    return shapes;
  }

  /** Leaves the model's own. */
  public static void remove(Map<String, Tensor> tensors) {
    tensors.remove(MEAN);
    tensors.remove(SLOPES);
  }

  /**
   * What was saved with this very model.
   *
   * @param model places people by this model
   * @param tensors the model's own
   */
  public static TextPrior read(
      Path dir,
      Manifest manifest,
      Localizer model,
      Map<String, Tensor> tensors,
      Embedder embedder) {
    if (!manifest.has(NAME)) {
      throw refused(manifest, "what texts say", "a model alone", "Save both: save(dir, texts).");
    }
    var said = manifest.at(NAME);
    if (!said.text("model").equals(SafeTensors.sha256(tensors))) {
      throw refused(
          manifest,
          "what texts say to this model",
          "to another",
          "Load that one from this folder.");
    }
    String wanted = said.text("embedder");
    String given = embedder.fingerprint();
    if (!given.equals(wanted)) {
      throw refused(manifest, "the embedder of the texts, " + wanted, given, "Pass that one.");
    }
    double strength = said.real("strength");
    if (strength < 0) throw said.bad("'strength' of at least 0", "" + strength);
    var expected = new LinkedHashMap<String, long[]>();
    tensors.forEach((name, tensor) -> expected.put(name, tensor.shape()));
    expected.putAll(shapes(manifest));
    var found = ModelFolder.read(dir, manifest, expected);
    return new TextPrior(
        model.strength(strength),
        embedder,
        found.get(MEAN).doubles(),
        found.get(SLOPES).rows(),
        said.whole("people"),
        said.real("gain"),
        said.real("error"));
  }

  private static InputException refused(
      Manifest manifest, String expected, String found, String next) {
    return new InputException(manifest.where(), expected, found, next);
  }
}
