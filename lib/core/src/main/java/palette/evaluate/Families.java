package palette.evaluate;

import java.nio.file.Path;
import java.util.List;
import palette.family.Hierarchical;
import palette.family.LoRe;
import palette.family.Mrm;
import palette.family.PalA;
import palette.family.PalB;
import palette.family.Population;
import palette.family.Pref;
import palette.family.Rank;
import palette.family.SignedPal;
import palette.family.UserTokens;
import palette.family.Vpl;
import palette.fit.BasisModel;
import palette.fit.ModelSpec;
import palette.store.ModelFolder;
import palette.support.InputException;

/** The families that come with Palette, each at its defaults but for the size that data choose. */
public final class Families {
  private Families() {}

  /** All of them, one score for everybody first. */
  public static List<Family> all() {
    return List.of(
        Family.of(Population.spec()),
        Family.of(Hierarchical.spec()),
        Family.sized("PAL-A", k -> PalA.spec().prototypes(k)),
        Family.sized("PAL-A, off hull", k -> PalA.spec().prototypes(k).offHull()),
        Family.sized("PAL-A, signed", k -> SignedPal.spec().prototypes(k)),
        Family.sized("PAL-B", k -> PalB.spec().prototypes(k)).needingVectors(),
        Family.sized("LoRe", k -> LoRe.spec().prototypes(k)).needingVectors(),
        Family.sized("Rank", k -> Rank.spec().prototypes(k)),
        Family.sized("PReF", k -> Pref.spec().prototypes(k)).needingVectors(),
        Family.sized("user tokens", k -> UserTokens.individual().prototypes(k)),
        Family.sized("user tokens, clusters", k -> UserTokens.clustered().prototypes(k)),
        new Family("MRM", false, List.of(4, 8), k -> Mrm.spec().prototypes(k)),
        new Family("VPL", true, List.of(4, 8), k -> Vpl.spec().prototypes(k)));
  }

  /**
   * A saved model of one of them.
   *
   * @throws InputException if it is of another
   */
  public static BasisModel load(Path dir) {
    var manifest = ModelFolder.manifest(dir);
    String kind = manifest.text("kind");
    return all().stream()
        .map(family -> (ModelSpec) family.specs().apply(family.sizes().get(0)))
        .filter(spec -> spec.basis().name().equals(kind))
        .findFirst()
        .orElseThrow(() -> manifest.bad("a model of Palette's own families", kind))
        .load(dir);
  }
}
