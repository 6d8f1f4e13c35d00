/**
 * Saved models: a folder with manifest.json and weights.safetensors (and USE.md, for people),
 * checked before anything of it is used, written whole or not at all. It knows no family: who reads
 * says which kind, options and shapes to expect ({@link palette.store.SavedModel.Family}). Not part
 * of the API.
 */
package palette.store;
