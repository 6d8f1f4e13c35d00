/**
 * Saved models: a folder with manifest.json and weights.safetensors (and USE.md, for people),
 * checked before anything of it is used, written whole or not at all. It knows no family: who reads
 * says which options and shapes to expect. Not part of the API.
 */
package palette.store;
