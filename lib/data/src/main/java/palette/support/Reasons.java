package palette.support;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written: Java itself often says only its name. */
public final class Reasons {
  private Reasons() {}

  /** Work that may fail for such a reason. */
  @FunctionalInterface
  public interface Work<T> {
    T done() throws IOException;
  }

  /** What the work gives; else {@code "Could not read FILE: permission denied"}. */
  public static <T> T attempt(String what, Work<T> work) {
    try {
      return work.done();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not " + what + ": " + of(e), e);
    }
  }

  /** The reason in words, without the path: {@code "permission denied"}. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) return "no such file or folder";
    if (e instanceof AccessDeniedException) return "permission denied";
    if (e instanceof FileAlreadyExistsException) return "a file of that name is in the way";
    if (e instanceof DirectoryNotEmptyException) return "the folder is not empty";
    if (e instanceof NotDirectoryException) return "not a folder";
    if (e instanceof FileSystemLoopException) return "its links lead in a circle";
    return e instanceof FileSystemException system ? system(system) : said(e);
  }

  private static String system(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : small(e.getReason());
  }

  // "/x (Permission denied)" is how older classes say it.
  private static String said(IOException e) {
    if (e.getMessage() == null) return e.getClass().getSimpleName();
    boolean inBrackets = e instanceof FileNotFoundException && e.getMessage().endsWith(")");
    var text = e.getMessage();
    return inBrackets ? small(text.substring(text.lastIndexOf('(') + 1, text.length() - 1)) : text;
  }

  private static String small(String reason) {
    if (reason.isEmpty()) return reason;
    return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
  }
}
