/**
 * Mathematics that knows nothing of Palette: solvers of small convex problems, decompositions, the
 * logistic link, loops over long arrays. Not part of the API.
 */
package palette.numeric;
