package palette.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Files that are written whole or not at all: aside first, then moved to their final name, both
 * brought to the disk. Who may read them is what the file's own permissions said before, or the
 * process's umask of a new one. Links are followed; devices and pipes, which have no whole, are
 * written to.
 */
public final class AtomicFile {
  private static final int MANY_LINKS = 40;

  private AtomicFile() {}

  /** What fills the file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes everything to the stream; the caller closes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the file, making its folders where they are missing. */
  public static void write(Path file, Writer writer) {
    try {
      var target = destination(file);
      if (isStream(target)) fill(target, writer, StandardOpenOption.APPEND);
      else replace(target, writer);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file + ": " + Reasons.of(e), e);
    }
  }

  /** The same of a text, in UTF-8. */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Where writing to a file leads: the file itself, or what links in its place name.
   *
   * @throws IOException if links lead in a circle
   */
  public static Path destination(Path file) throws IOException {
    var path = file.toAbsolutePath();
    for (int links = 0; !isStream(path) && Files.isSymbolicLink(path); links++) {
      if (links == MANY_LINKS) throw new FileSystemLoopException(file.toString());
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  // What the system calls a link below /proc, as /dev/stdout is one, may lead to no file at all.
  private static boolean isStream(Path path) {
    if (path.startsWith("/proc")) return true;
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static void replace(Path target, Writer writer) throws IOException {
    var folder = target.getParent();
    createFolders(folder);
    Asides.tidy(folder);
    var aside = Asides.beside(target);
    try {
      fill(aside, writer, StandardOpenOption.CREATE_NEW);
      keepPermissions(target, aside);
      sync(aside);
      move(aside, target);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void fill(Path path, Writer writer, OpenOption how) throws IOException {
    try (var out = Files.newOutputStream(path, StandardOpenOption.WRITE, how)) {
      writer.writeTo(out);
    }
  }

  private static void keepPermissions(Path before, Path after) throws IOException {
    if (!Files.exists(before)) return;
    if (Files.getFileAttributeView(before, PosixFileAttributeView.class) != null)
      Files.setPosixFilePermissions(after, Files.getPosixFilePermissions(before));
  }

  /**
   * Makes a folder and those above it where they are missing, and brings their names to the disk.
   */
  public static void createFolders(Path folder) throws IOException {
    // Java 17 takes a link to a folder for a file in its way.
    if (Files.isDirectory(folder)) return;
    if (folder.getParent() != null) createFolders(folder.getParent());
    Files.createDirectories(folder);
    if (folder.getParent() != null) syncFolder(folder.getParent());
  }

  /** Brings a file's content to the disk, or a power cut could leave a name with nothing behind. */
  public static void sync(Path file) throws IOException {
    sync(file, StandardOpenOption.WRITE);
  }

  private static void sync(Path path, OpenOption how) throws IOException {
    boolean interrupted = Thread.interrupted(); // which would close the channel
    try (var channel = FileChannel.open(path, how)) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      sync(path, how);
      interrupted = true;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** Brings the names in a folder to the disk. */
  public static void syncFolder(Path folder) {
    try {
      sync(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows opens no folder. The file is there, and the system brings its name to the disk.
    }
  }

  /** Moves a finished file or folder to its final name, in one step where the disk can do so. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
