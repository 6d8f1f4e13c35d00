/**
 * Faster ways to what PAL's bases say, behind one door: a family hands in a {@link
 * palette.fit.Plan}. Each equals the plain path through autograd (tested), and stays because it is
 * measured to be worth it ({@code lib/BENCHMARKS.md}); and where PReF begins. Not part of the API.
 */
package palette.family.fast;
