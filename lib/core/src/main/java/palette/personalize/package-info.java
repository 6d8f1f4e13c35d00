/**
 * Somebody new, placed among the prototypes of a finished model by a few answers: only their
 * weights are fitted, by convex optimisation with a certificate where the model allows it. What
 * they say they want more or less of ({@link palette.personalize.Wishes}) counts beside their
 * answers, and a text about them ({@link palette.personalize.TextPrior}) before.
 *
 * <pre>{@code
 * var person = Localizer.of(model).fit(newcomer.ask(20));
 * person.rank(List.of("tea", "coffee"));
 * }</pre>
 */
package palette.personalize;
