package palette.notebook.cells;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Has a session compile with a new compiler after one that broke. JShell generates all snippets
 * with the same one, and that keeps the constants of a class it could not write: after a text that
 * is too long, or too many constants, it writes none any more. JShell itself lets a compiler go
 * whose file manager says that modules are patched, as it could not forget the patches; so ours
 * says so once.
 */
final class Renewal {
  /** How the codes of what a class file cannot hold begin. */
  private static final String LIMIT = "compiler.err.limit.";

  private final List<Snippet> unwritten = new ArrayList<>();
  private boolean letGo;

  StandardJavaFileManager over(StandardJavaFileManager files) {
    return new Files(files);
  }

  /** Remembers a snippet that broke a limit of class files. */
  void note(JShell shell, Snippet snippet) {
    if (shell.diagnostics(snippet).anyMatch(found -> found.getCode().startsWith(LIMIT)))
      unwritten.add(snippet);
  }

  /** Before the next snippet: drops those that broke a limit, and their compiler with them. */
  void apply(JShell shell) {
    if (unwritten.isEmpty()) return;
    unwritten.forEach(shell::drop);
    unwritten.clear();
    letGo = true;
    shell.eval("{}");
    letGo = false;
  }

  private final class Files extends ForwardingJavaFileManager<StandardJavaFileManager>
      implements StandardJavaFileManager {
    Files(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public boolean hasLocation(Location location) {
      return letGo && location == StandardLocation.PATCH_MODULE_PATH || super.hasLocation(location);
    }

    // What the forwarding class leaves out.

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
        Iterable<? extends File> files) {
      return fileManager.getJavaFileObjectsFromFiles(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
      return fileManager.getJavaFileObjects(files);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(
        Iterable<String> names) {
      return fileManager.getJavaFileObjectsFromStrings(names);
    }

    @Override
    public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
      return fileManager.getJavaFileObjects(names);
    }

    @Override
    public void setLocation(Location location, Iterable<? extends File> path) throws IOException {
      fileManager.setLocation(location, path);
    }

    @Override
    public Iterable<? extends File> getLocation(Location location) {
      return fileManager.getLocation(location);
    }
  }
}
