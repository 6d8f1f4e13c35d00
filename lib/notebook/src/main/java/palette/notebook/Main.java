package palette.notebook;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import palette.notebook.jupyter.KernelSpec;
import palette.notebook.jupyter.Lab;
import palette.notebook.jupyter.UsageException;
import palette.notebook.kernel.Kernel;
import palette.notebook.page.Notebook;
import palette.notebook.page.Site;
import palette.serve.Classroom;
import palette.serve.Serving;
import palette.support.CacheFolder;
import palette.support.Home;
import palette.support.InputException;

/** The {@code palette} command. Exit status: 0 fine, 1 a cell failed, 2 it could not begin. */
public final class Main {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  // From 22 on a console is there without a terminal, too.
  private static final int JAVA = Runtime.version().feature();
  private static final String HELP =
      """
      palette run NOTEBOOK [-p name=value ...] [--out FILE] [--html FILE] [--slides FILE]
                  [--add-jar JAR ...] [--allow-errors]
          executes a Java notebook without Jupyter; --out keeps the executed notebook
          (values of cells then stand there, not on the terminal), --html makes one
          self-contained page of it, --slides one of slides for a class, -p sets a
          variable of the cell tagged 'parameters', --add-jar adds to the class path,
          --allow-errors goes on behind a cell that fails. Paths are relative to where
          you call it. A cell that reads System.in asks you, where stdin is a terminal.
      palette student NOTEBOOK --out FILE
          the edition for students: no outputs, '// your code' where answers are
      palette lab [NOTEBOOK] [--no-browser] [--port N] [--allow-root]
          opens tutorials/, or the notebook, in the Jupyter that is installed, else in one
          that pip puts into .palette/jupyter
      palette kernel [--prefix DIR] [--add-jar JAR ...] | palette kernel --remove [--prefix DIR]
          makes the kernel of this checkout known to Jupyter, for you or below DIR, with
          more jars on its class path; --remove takes it away
      palette kernel --for ijava|jjava|rapaio [--print] [the options above]
          the same for Palette in another Java kernel that is installed: its class path,
          its renderings, live progress and show(x); --print only shows the spec
      palette serve MODEL [--port N] [--threads N] [--people FOLDER]
                    [--host ADDRESS --token FILE]
          answers as JSON over HTTP what a saved model says: rank, score, place, next,
          explain, forget (see /openapi.json); to this machine, unless --host names
          another address, and then to those who have the token in the file. Whoever is
          placed stays, as numbers and without answers, in MODEL-people or --people
      palette page MODEL [--out FILE]
          one page on which somebody answers the model's questions and sees where they
          stand; it needs no network and sends nothing. Without --out it is MODEL.html,
          here
      palette class MODEL|FOLDER [--port N] [--lan] [--room FOLDER]
          that page for a room: students join by link, code or QR code, and your screen
          shows where all stand, whom the average fails and whom no mix reaches; with
          --lan for this network, else for this machine. A FOLDER with statements.txt, a
          statement a line, begins without a model. Answers stay in MODEL-room or --room,
          under invented names; answers.jsonl there is for notebooks
      palette score MODEL < rows.jsonl > scores.jsonl
          one reward or probability a row of user, prompt and item, or chosen and rejected
      palette site [--out FOLDER]
          README, lessons, recipes and results as pages that need no network, and the API
          where mvn javadoc:aggregate has made it; target/site without --out
      palette doctor
          what Palette finds on this machine: Java, memory, engine, GPU, Jupyter, caches
      palette --help | --version

      Exit status: 0 fine, 1 a cell failed, 2 it could not begin.
      """;

  private Main() {}

  /** Runs the command and ends the process, whatever threads the notebook has left behind. */
  public static void main(String[] arguments) {
    CacheFolder.belowHome();
    boolean reads = arguments.length > 0 && arguments[0].equals("score");
    if (!reads && !asksReader(List.of(arguments))) System.setIn(InputStream.nullInputStream());
    System.exit(run(List.of(arguments), utf8(FileDescriptor.out), utf8(FileDescriptor.err)));
  }

  // Only a person at a terminal: what a script or a server leaves open may never say a word.
  private static boolean asksReader(List<String> arguments) {
    var known = System.getProperty("palette.keyboard");
    boolean terminal = known == null ? System.console() != null && JAVA < 22 : known.equals("true");
    return terminal && !arguments.isEmpty() && arguments.get(0).equals("run");
  }

  // Java 17 would print '?' for most of the world's letters where no locale is set.
  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  /** Runs the command and returns its exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      return command(arguments, out, err);
    } catch (UsageException e) {
      err.println("palette: " + e.getMessage() + ". See palette --help.");
    } catch (InputException | IllegalArgumentException | UncheckedIOException e) {
      err.println("palette: " + e.getMessage());
    }
    return 2;
  }

  private static int command(List<String> arguments, PrintStream out, PrintStream err) {
    var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    boolean asksHelp = rest.contains("--help") || rest.contains("-h");
    switch (arguments.isEmpty() || asksHelp ? "--help" : arguments.get(0)) {
      case "run":
        var terminal = new Terminal(out, err, Integer.getInteger("palette.columns", 0));
        return new NotebookRunner(RunOptions.of(rest), terminal).run() ? 0 : 1;
      case "student":
        if (rest.size() != 3 || !rest.get(1).equals("--out")) {
          throw new UsageException("student needs NOTEBOOK --out FILE");
        }
        var lesson = Notebook.read(Path.of(rest.get(0)));
        lesson.forStudents();
        lesson.write(Path.of(rest.get(2)));
        return 0;
      case "kernel":
        out.println(KernelSpec.command(rest));
        return 0;
      case "lab":
        return Lab.command(rest, err);
      case "connect":
        if (rest.size() != 1) throw new UsageException("connect needs a connection file");
        Kernel.serve(Path.of(rest.get(0)), VERSION);
        return 0;
      case "serve":
        return Serving.serve(rest, out);
      case "class":
        return Classroom.teach(rest, out);
      case "page":
        Serving.page(rest, out);
        return 0;
      case "score":
        return Serving.score(rest, System.in, out);
      case "site":
        if (!rest.isEmpty() && (rest.size() != 2 || !rest.get(0).equals("--out")))
          throw new UsageException("site takes --out FOLDER");
        var to = rest.isEmpty() ? Home.resolve("target/site") : Path.of(rest.get(1));
        out.println("palette: wrote " + Site.build(Home.resolve("."), to) + " pages to " + to);
        return 0;
      case "doctor":
        if (!rest.isEmpty()) throw new UsageException("doctor takes no argument");
        out.println(Doctor.report());
        return 0;
      case "--help", "-h", "help":
        out.print(HELP);
        return 0;
      case "--version":
        out.println("palette " + VERSION);
        return 0;
      default:
        throw new UsageException("unknown command " + arguments.get(0));
    }
  }
}
