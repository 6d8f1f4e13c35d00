package palette.evaluate;

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

/** The families that come with Palette, each at its defaults but for the size that data choose. */
public final class Families {
  private Families() {}

  /** All of them, one score for everybody first. */
  public static List<Family> all() {
    return List.of(
        Family.of(Population.spec()),
        Family.of(Hierarchical.spec()),
        Family.sized("PAL-A", k -> PalA.spec().prototypes(k)),
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
}
