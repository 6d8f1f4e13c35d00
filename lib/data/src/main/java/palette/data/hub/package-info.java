/**
 * Public data sets brought on first use: where they lie, under which licence, with which hash; a
 * download that a later call goes on with; the cache that they are kept in. {@link
 * palette.data.Datasets} is the door.
 */
package palette.data.hub;
