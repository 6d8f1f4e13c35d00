/**
 * Texts as vectors. {@link palette.embed.Embedders#miniLm} works offline out of the box; vectors of
 * one's own come in by {@link palette.embed.Embedders#precomputed}, another sentence encoder by
 * {@link palette.embed.Embedders#onnx}, anything else by implementing {@link
 * palette.data.Embedder}. Every text is encoded once and then read from a cache on disk, and its
 * vector never depends on the texts beside it. Images become vectors by {@link
 * palette.embed.ImageEmbedders}. Encoders that learn together with a model are {@link
 * palette.embed.Encoders}'.
 *
 * <pre>{@code
 * float[][] vectors = Embedders.miniLm().embed(List.of("More bicycle lanes", "Fewer cars"));
 * }</pre>
 */
package palette.embed;
