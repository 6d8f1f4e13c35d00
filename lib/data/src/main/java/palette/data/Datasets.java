package palette.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import palette.data.hub.Dataset;
import palette.data.hub.Listing;
import palette.data.hub.Store;
import palette.support.Html;
import palette.support.Sheet;
import palette.support.Tabled;

/**
 * Public data in one line. {@code Datasets.all()} lists them; the others bring one and hand out its
 * reader. On first use size, licence and attribution are said on {@code System.err}, the files are
 * fetched, their sha256 is checked, and they are kept in Palette's cache ({@code palette.cache});
 * from then on no network is needed, and a file that was changed there is noticed. A download that
 * broke is gone on with. Nothing is sent but the request for a file. {@code -Dpalette.mirror=URL}
 * names a copy of the cache's folder {@code data} on another server. Tried against such a copy
 * only, not yet against the public addresses.
 *
 * <pre>{@code
 * var votes = Datasets.polis("scoop-hivemind.biodiversity").read();
 * }</pre>
 */
public final class Datasets implements Tabled {
  private static final Datasets ALL = new Datasets();

  private Datasets() {}

  /** The list: what there is, its size, its licence, and whether it is here already. */
  public static Datasets all() {
    return ALL;
  }

  /** Votes of a Polis conversation, {@code "brexit-consensus"}. */
  public static PolisReader polis(String conversation) {
    return Judgements.polis(brought("polis", conversation));
  }

  /** Who preferred which answer in a dialogue of Remesh, {@code "campus-protests"}. */
  public static FormReader<Preferences> remesh(String topic) {
    return Preferences.remesh(brought("remesh", topic));
  }

  /** Who agreed with which answer in the same dialogue. */
  public static RemeshReader remeshVotes(String topic) {
    return Judgements.remesh(brought("remesh", topic));
  }

  /**
   * Anthropic's statements on a trait, {@code "interest-in-art"}. Not all of them are listed; of
   * the others no sha256 is known beforehand.
   */
  public static FormReader<Statements> persona(String name) {
    return Statements.persona(brought("persona", name));
  }

  /** The test part of a subset of Anthropic's HH-RLHF, {@code "helpful-base"}. */
  public static FormReader<Preferences> hhRlhf(String subset) {
    return hhRlhf(subset, "test");
  }

  /** The part {@code "test"} or {@code "train"} of a subset of Anthropic's HH-RLHF. */
  public static FormReader<Preferences> hhRlhf(String subset, String part) {
    var set = Listing.find("hh-rlhf", subset + "/" + part);
    return Preferences.hhRlhf(Store.folder(set).resolve(set.files().get(0).name()));
  }

  /** PRISM: conversations whose answers 1,500 people scored. */
  public static FormReader<Preferences> prism() {
    return Preferences.prism(brought("prism", "alignment"));
  }

  private static Path brought(String group, String name) {
    return Store.folder(Listing.find(group, name));
  }

  /** How many there are. */
  public int size() {
    return Listing.all().size();
  }

  /** Their names in order: {@code "polis/brexit-consensus"}. */
  public List<String> names() {
    return Listing.all().stream().map(Dataset::id).toList();
  }

  @Override
  public Sheet sheet() {
    var rows = Listing.all().stream().map(Datasets::row).toList();
    return new Sheet(List.of("data set", "what", "size", "licence", "check", "here"), rows);
  }

  private static List<String> row(Dataset set) {
    String here = set.isHere() ? "yes" : "no";
    return List.of(set.id(), set.about(), set.size(), set.licence(), set.check(), here);
  }

  private static String attributions() {
    var all = Listing.all().stream().map(set -> set.group() + ": " + set.attribution());
    return all.distinct().collect(Collectors.joining("\n"));
  }

  @Override
  public String text() {
    return sheet().text() + "\n" + attributions();
  }

  @Override
  public String html() {
    return sheet().html() + Html.pre(attributions());
  }

  @Override
  public String toString() {
    return "Datasets[" + size() + "]";
  }
}
