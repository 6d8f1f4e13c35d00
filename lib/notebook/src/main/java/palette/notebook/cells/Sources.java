package palette.notebook.cells;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import palette.support.Home;
import palette.support.InputException;

/** The Javadoc of Palette's own types, from the sources of the checkout. */
final class Sources {
  // "Figure Plots.map(IdealPoints model, World world)", "palette.simulate.World", "w:World"
  private static final Pattern METHOD =
      Pattern.compile("(?:.*[ .])?(\\w+)(?:<.*>)?\\.(\\w+)\\((.*)\\)");
  private static final Pattern TYPE =
      Pattern.compile("(?:\\w+:)?palette\\.(?:\\w+\\.)*(\\w+)(?:<.*>)?");

  private static final List<String> MODULES = List.of("data", "core", "text", "policy", "notebook");

  private Sources() {}

  /** The Javadoc of what a signature, as JShell writes it, stands for; "" if there is none. */
  static String javadoc(String signature) {
    var method = METHOD.matcher(signature);
    if (method.matches())
      return find(method.group(1), method.group(2), names(method.group(3))).orElse("");
    var type = TYPE.matcher(signature);
    return type.matches() ? find(type.group(1), null, List.of()).orElse("") : "";
  }

  private static List<String> names(String parameters) {
    if (parameters.isBlank()) return List.of();
    return Arrays.stream(parameters.replaceAll("<[^()]*>", "").split(","))
        .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1))
        .toList();
  }

  private static Optional<String> find(String type, String method, List<String> parameters) {
    try {
      var file = file(type + ".java");
      return file.isEmpty() ? Optional.empty() : read(file.get(), type, method, parameters);
    } catch (IOException | InputException e) {
      return Optional.empty(); // Without sources the signature has to do.
    }
  }

  private static Optional<Path> file(String name) throws IOException {
    for (var module : MODULES) {
      try (var files = Files.walk(Home.resolve("lib/" + module + "/src/main/java"))) {
        var file = files.filter(f -> f.endsWith(name)).findFirst();
        if (file.isPresent()) return file;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> read(Path file, String type, String method, List<String> names)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, d -> {}, List.of(), null, manager.getJavaFileObjects(file));
      var trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        var path = finder(type, method, names).scan(unit, null);
        if (path != null) return Optional.ofNullable(trees.getDocComment(path)).map(Sources::plain);
      }
      return Optional.empty();
    }
  }

  /** Looks for a type, or for one of its methods by the names of its parameters. */
  private static TreePathScanner<TreePath, Void> finder(
      String type, String method, List<String> names) {
    return new TreePathScanner<>() {
      @Override
      public TreePath visitClass(ClassTree tree, Void none) {
        if (method == null && tree.getSimpleName().contentEquals(type)) return getCurrentPath();
        return super.visitClass(tree, none);
      }

      @Override
      public TreePath visitMethod(MethodTree tree, Void none) {
        var found = tree.getParameters().stream().map(p -> p.getName().toString()).toList();
        boolean same = tree.getName().contentEquals(String.valueOf(method)) && found.equals(names);
        return same ? getCurrentPath() : null;
      }

      @Override
      public TreePath reduce(TreePath one, TreePath other) {
        return one == null ? other : one;
      }
    };
  }

  /** A comment without its markup. */
  private static String plain(String comment) {
    return comment
        .lines()
        .map(String::strip)
        .collect(Collectors.joining("\n"))
        .replaceAll("\\{@(?:code|link|linkplain|literal)\\s+([^{}]*)}", "$1")
        .replaceAll("</?[a-zA-Z][^<>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }
}
