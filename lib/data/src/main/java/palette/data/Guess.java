package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import palette.data.io.Input;
import palette.data.io.Look;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.support.InputException;

/**
 * What {@code read(path)} takes a file or folder for: a public form by the names of files or of
 * fields, else a table by names of fields and by values ({@link PairsGuess}, {@link TableGuess}).
 */
record Guess<T extends Answered<T>>(
    String wanted,
    String advice,
    String reads,
    Function<Look, List<Way<T>>> tables,
    List<Form<T>> forms) {
  private static final Guess<Preferences> PAIRS =
      new Guess<>(
          "pairs, who preferred what to what",
          "Name its fields: Preferences.csv(path) or .jsonl(path) with .user(...), and so on.",
          "Preferences.read(path) reads it.",
          PairsGuess::of,
          List.of(
              new Form<>("a dialogue of Remesh", "Preferences.remesh", Preferences::remesh)
                  .folder(".*_preference\\.csv")
                  .file(".*_preference\\.csv(\\.gz)?"),
              new Form<>("PRISM's conversations", "Preferences.prism", Preferences::prism)
                  .folder(".*(conversations|utterances)\\.jsonl")
                  .fields("conversation_id", "user_id", "conversation_history")
                  .fields("conversation_id", "user_id", "user_prompt", "model_response"),
              new Form<>(
                      "summarize-from-feedback",
                      "Preferences.summarizeFromFeedback",
                      Preferences::summarizeFromFeedback)
                  .fields("info", "summaries", "choice"),
              new Form<>("Pick-a-Pic", "Preferences.pickAPic", Preferences::pickAPic)
                  .fields("image_0_uid", "image_1_uid", "label_0"),
              new Form<>("dialogues of HH-RLHF", "Preferences.hhRlhf", Preferences::hhRlhf)
                  .shown(Guess::isDialogues)));

  private static final Guess<Judgements> JUDGEMENTS =
      new Guess<>(
          "votes, ratings or rankings",
          "Name its fields: Judgements.ratings(path) or .votes(path) with .user(...), and so on.",
          "Judgements.read(path) reads it.",
          TableGuess::of,
          List.of(
              new Form<>("a conversation of Polis", "Judgements.polis", Judgements::polis)
                  .folder(".*votes\\.csv", ".*comments\\.csv")
                  .fields("comment-id", "voter-id", "vote"),
              new Form<>("votes in a dialogue of Remesh", "Judgements.remesh", Judgements::remesh)
                  .folder(".*_binary\\.csv")
                  .file(".*_binary\\.csv(\\.gz)?"),
              new Form<>("ratings of MovieLens", "Judgements.movieLens", Judgements::movieLens)
                  .folder("ratings\\.(csv|dat)")
                  .file(".*ratings\\.dat(\\.gz)?")
                  .fields("userId", "movieId", "rating"),
              new Form<>("rankings of PrefLib", "Judgements.preflib", Judgements::preflib)
                  .file(".*\\.(soc|soi|toc|toi)")));

  static Preferences preferences(Path path) {
    return PAIRS.read(path, JUDGEMENTS);
  }

  static Judgements judgements(Path path) {
    return JUDGEMENTS.read(path, PAIRS);
  }

  private T read(Path path, Guess<?> other) {
    var ways = ways(path, other);
    if (ways.isEmpty()) throw none(path, other);
    return Way.only(Place.name(path), ways).read();
  }

  private InputException none(Path path, Guess<?> other) {
    List<? extends Way<?>> others = List.of();
    try {
      others = other.ways(path, this);
    } catch (InputException e) {
      // What is wrong with it as the other kind helps nobody who wants this one.
    }
    String found = others.isEmpty() ? seen(path) : others.get(0).what();
    String next = others.isEmpty() ? advice : other.reads;
    return new InputException(Place.name(path), wanted, found, next);
  }

  private static String seen(Path path) {
    if (Files.isDirectory(path)) return "a folder of other files";
    return "the fields " + Mapping.listed(Look.at(path).fields());
  }

  private List<Way<T>> ways(Path path, Guess<?> other) {
    if (Files.isDirectory(path)) return ways(path, form -> form.isFolder(path));
    var named = ways(path, form -> form.isFile(path));
    if (!named.isEmpty() || other.forms.stream().anyMatch(f -> f.isFile(path))) return named;
    var look = Look.at(path);
    var shown = ways(path, form -> form.shown.test(look));
    return shown.isEmpty() ? tables.apply(look) : shown.subList(0, 1);
  }

  private List<Way<T>> ways(Path path, Predicate<Form<T>> test) {
    return forms.stream().filter(test).map(form -> form.way(path)).toList();
  }

  private static boolean isDialogues(Look look) {
    if (look.fields().size() != 2 || !look.has("chosen", "rejected")) return false;
    var chosen = look.values("chosen");
    return !chosen.isEmpty() && chosen.get(0).contains("\n\nAssistant:");
  }

  /** What parts the fields, in the call of a reader; empty where the file's name says it. */
  static String separated(Input input) {
    if (Input.of(input.path()).separator() == input.separator()) return "";
    return ".separator('" + (input.separator() == '\t' ? "\\t" : input.separator()) + "')";
  }

  static String quoted(List<String> values) {
    return values.stream().map(v -> '"' + v + '"').collect(Collectors.joining(", "));
  }

  /** The error where only the caller knows; the choices are calls or their beginnings. */
  static InputException ambiguous(String file, String expected, String found, String choices) {
    return new InputException(file, expected, found, "Say which: " + choices + ".");
  }

  /** A public form: names of all files that its folder has, of the file itself, of its fields. */
  record Form<T extends Answered<T>>(
      String what,
      String call,
      Function<Path, ? extends DataReader<T, ?>> reader,
      List<Pattern> folder,
      Pattern file,
      Predicate<Look> shown) {
    private static final Pattern NONE = Pattern.compile("(?!)");

    private Form(String what, String call, Function<Path, ? extends DataReader<T, ?>> reader) {
      this(what, call, reader, List.of(NONE), NONE, look -> false);
    }

    private Form<T> folder(String... names) {
      var all = Stream.of(names).map(Form::anyCase).toList();
      return new Form<>(what, call, reader, all, file, shown);
    }

    private Form<T> file(String name) {
      return new Form<>(what, call, reader, folder, anyCase(name), shown);
    }

    private Form<T> fields(String... names) {
      return shown(look -> look.has(names));
    }

    private Form<T> shown(Predicate<Look> test) {
      return new Form<>(what, call, reader, folder, file, shown.or(test));
    }

    private static Pattern anyCase(String regex) {
      return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    private boolean isFile(Path path) {
      return file.matcher(Place.name(path)).matches();
    }

    private boolean isFolder(Path path) {
      var names = Place.inside(path, any -> true).stream().map(Place::name).toList();
      return folder.stream().allMatch(f -> names.stream().anyMatch(f.asMatchPredicate()));
    }

    private Way<T> way(Path path) {
      return new Way<>(what, call + "(path)", "", reader.apply(path));
    }
  }

  /**
   * One way to take a file: what for, the call that does so, what else is to be known of it or
   * nothing, and the reader.
   */
  record Way<T extends Answered<T>>(
      String what, String call, String remark, DataReader<T, ?> reader) {

    /** The only way, if it is one. */
    private static <T extends Answered<T>> Way<T> only(String file, List<Way<T>> ways) {
      if (ways.size() == 1) return ways.get(0);
      var calls = ways.stream().map(w -> w.call + " for " + w.what).toList();
      throw ambiguous(file, "one way to take it", ways.size() + " ways", String.join("; ", calls));
    }

    /** Reads; where that fails, what the file was taken for is told as well. */
    private T read() {
      String note =
          "Taken for " + what + ": " + call + "." + (remark.isEmpty() ? "" : " ") + remark;
      try {
        var read = reader.read();
        var notes = new ArrayList<>(List.of(note));
        notes.addAll(read.notes());
        return read.withNotes(notes);
      } catch (InputException e) {
        System.err.println(note);
        throw e;
      }
    }
  }
}
