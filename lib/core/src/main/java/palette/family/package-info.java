/**
 * The families of models, all of them by one import: {@link palette.family.PalA} and {@link
 * palette.family.PalB}, {@link palette.family.LoRe}, {@link palette.family.Pref}, {@link
 * palette.family.Rank}, {@link palette.family.SignedPal}, {@link palette.family.UserTokens}, {@link
 * palette.family.Hierarchical}, {@link palette.family.Mrm} and {@link palette.family.Vpl}, which
 * read people rather than search for them, the {@link palette.family.Population} that knows one
 * taste only, and {@link palette.family.BasisSpec} for a family of your own. A family says what it
 * is once, as a {@link palette.fit.Basis}; families do not know each other. What makes PAL fast
 * lies below, in {@code palette.family.fast}, which is no API.
 *
 * <pre>{@code
 * var model = PalA.spec().prototypes(3).dimension(2).epochs(60).seed(7).fit(split.train());
 * model.reward("ana", null, "soup");
 * model.save(Path.of("models/dinner"));
 * }</pre>
 */
package palette.family;
