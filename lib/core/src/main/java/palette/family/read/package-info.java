/**
 * Families that read people from their answers in one pass, rather than search for their weights:
 * {@link palette.family.read.Reading} says how, and training, newcomers and files follow from it.
 */
package palette.family.read;
