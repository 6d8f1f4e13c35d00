/**
 * Places and scores people over Apache Spark: what {@link palette.crowd.Crowd} does on one machine,
 * on many, and to the same bits. A model travels as the bytes of its saved folder; what Spark
 * streams of ours is those bytes and the functions that take them.
 *
 * <pre>{@code
 * var placed = SparkPalette.place(spark.read().parquet("answers"), model);
 * placed.write("placed");
 * }</pre>
 */
package palette.spark;
