/**
 * A transformer that reads texts and can learn: BERT as sentence encoders have it, in plain
 * operations of libtorch, so that gradients flow back into its layers. It knows no file format and
 * no model of people; {@link palette.encode.Encoder} is what a spec is given.
 */
package palette.encode;
