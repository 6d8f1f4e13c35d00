package palette.data.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import palette.support.CacheFolder;
import palette.support.InputException;
import palette.support.Texts;

/** A public data set: its files, and the licence and attribution that go with them. */
public record Dataset(
    String group,
    String name,
    String about,
    String licence,
    String attribution,
    List<RemoteFile> files) {
  private static final String MIRROR = "palette.mirror";

  /** Group and name, as it is asked for: {@code "polis/brexit-consensus"}. */
  public String id() {
    return group + "/" + name;
  }

  public Path folder() {
    return CacheFolder.data().resolve(group).resolve(name);
  }

  /** What is to be downloaded, in words. */
  public String size() {
    return RemoteFile.size(isSized() ? files.stream().mapToLong(RemoteFile::bytes).sum() : 0);
  }

  private boolean isSized() {
    return files.stream().allMatch(file -> file.bytes() > 0);
  }

  /** How its files are told from wrong ones. */
  public String check() {
    if (files.stream().allMatch(RemoteFile::isKnownWhole)) return "sha256";
    String start = files.get(0).sha256();
    return start.isEmpty() ? "as first fetched" : "sha256 begins " + start;
  }

  /** Whether all its files are in the cache; what is in them is looked at when they are used. */
  public boolean isHere() {
    return files.stream().allMatch(file -> file.isThere(folder().resolve(file.name())));
  }

  /** What is said before the first byte is fetched. */
  String notice() {
    String much = isSized() ? size() : "a size that only the server knows";
    String from = address(files.get(0)).getHost();
    boolean known = files.stream().allMatch(RemoteFile::isKnown);
    String trust = "\nNo sha256 was published: that of the first download is kept and checked.";
    return Texts.format("%s: fetching %s from %s into %s\n", id(), much, from, folder())
        + Texts.format("Licence: %s. %s%s", licence, attribution, known ? "" : trust);
  }

  /**
   * The address of a file, or of its copy where {@code -Dpalette.mirror} names a copy of the
   * cache's folder {@code data} on another server. Hashes are checked all the same.
   */
  URI address(RemoteFile file) {
    String mirror = System.getProperty(MIRROR, "").strip();
    if (mirror.isEmpty()) return URI.create(file.url());
    try {
      String folder = mirror.endsWith("/") ? mirror : mirror + "/";
      var address = URI.create(folder + id() + "/" + file.name());
      if (mirror.matches("https?://[^/].*") && address.getHost() != null) return address;
    } catch (IllegalArgumentException e) {
      // It is no address at all.
    }
    throw new InputException(
        "-D" + MIRROR, "an address that begins with http:// or https://", mirror, "Correct it.");
  }
}
