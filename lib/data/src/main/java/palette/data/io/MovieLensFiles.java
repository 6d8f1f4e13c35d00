package palette.data.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of MovieLens: ratings.csv and movies.csv with headers; before 2014 ratings.dat and
 * movies.dat in ISO-8859-1, without headers and with columns that two colons part.
 */
public record MovieLensFiles(Input ratings, Input movies) {
  private static final List<String> RATINGS = List.of("userId", "movieId", "rating", "timestamp");
  private static final List<String> MOVIES = List.of("movieId", "title", "genres");

  /** Those of a folder, or the one of the ratings and what lies beside it; movies may be null. */
  public static MovieLensFiles of(Path path) {
    var file = Files.isDirectory(path) ? inside(path) : path;
    var movies = file.resolveSibling(Place.name(file).replace("ratings", "movies"));
    boolean there = !movies.equals(file) && Files.exists(movies);
    return new MovieLensFiles(input(file, RATINGS), there ? input(movies, MOVIES) : null);
  }

  private static Path inside(Path folder) {
    var old = folder.resolve("ratings.dat");
    return Files.exists(old) ? old : folder.resolve("ratings.csv");
  }

  private static Input input(Path file, List<String> header) {
    if (!Place.ends(file, ".dat", ".dat.gz")) return Input.of(file);
    return Input.of(file, Input.COLONS).charset("ISO-8859-1").header(header);
  }
}
