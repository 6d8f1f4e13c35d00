package palette.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import palette.fit.BasisModel;
import palette.personalize.Person;
import palette.support.AtomicFile;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Sheet;

/**
 * What to know before a model, or what it knows of a person, is used (Mitchell et al. 2019): which
 * data, which way of training, where from, how sure, whom it serves worst, what it cannot do.
 * Figures of people stand on a card where an {@link Evaluation} or a {@link Disclosure} is given,
 * never with anybody's id on a model's card. Immutable.
 *
 * <pre>{@code
 * ModelCard.of(model).with(Evaluation.of(model, test)).write(Path.of("card.html"));
 * }</pre>
 *
 * @param title of the card
 * @param parts in order
 */
public record ModelCard(String title, List<Part> parts) implements Rendered {

  /**
   * A heading with a table of names and values, or with sentences.
   *
   * @param heading above it
   * @param rows a name and a value each, or one sentence each
   */
  public record Part(String heading, List<List<String>> rows) {

    static Part sentences(String heading, List<String> sentences) {
      return new Part(heading, sentences.stream().map(List::of).toList());
    }

    private boolean listed() {
      return rows.stream().allMatch(row -> row.size() == 1);
    }

    private String text() {
      if (!listed()) return new Sheet(heading, List.of("", ""), rows).text();
      return heading + "\n" + String.join("\n", rows.stream().map(r -> "- " + r.get(0)).toList());
    }

    private String html() {
      String head = "<h3>" + Html.escape(heading) + "</h3>";
      if (!listed()) return head + table();
      var items = rows.stream().map(r -> "<li>" + Html.escape(r.get(0)) + "</li>").toList();
      return head + "<ul>" + String.join("", items) + "</ul>";
    }

    private String table() {
      var html = new StringBuilder("<table><tbody>");
      for (var row : rows) {
        html.append("<tr><th scope=\"row\" style=\"text-align:left\">");
        html.append(Html.escape(row.get(0))).append("</th>");
        for (var cell : row.subList(1, row.size())) {
          html.append("<td style=\"text-align:left;overflow-wrap:anywhere\">");
          html.append(Html.escape(cell)).append("</td>");
        }
        html.append("</tr>");
      }
      return html.append("</tbody></table>").toString();
    }
  }

  private static final String PAGE =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title><style>"
          + "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
          + "table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;vertical-align:top;"
          + "border-bottom:1px solid #ddd}th{font-weight:600;white-space:nowrap}"
          + "</style></head><body>%s</body></html>\n";

  /** The card of a model. */
  public static ModelCard of(BasisModel model) {
    return new ModelCard("Model card: " + model.name(), CardParts.of(model));
  }

  /** The card of what a model knows of one person. */
  public static ModelCard of(Person person) {
    return new ModelCard("What is known of " + person.id(), CardParts.of(person));
  }

  /** With how well it predicts, and whom it serves worst. */
  public ModelCard with(Evaluation evaluation) {
    return with(CardParts.of(evaluation));
  }

  /** With what people's weights give away. */
  public ModelCard with(Disclosure disclosure) {
    return with(CardParts.of(disclosure));
  }

  // What it cannot do stays last.
  private ModelCard with(Part part) {
    var more = new ArrayList<>(parts);
    more.add(more.size() - 1, part);
    return new ModelCard(title, List.copyOf(more));
  }

  /** Writes a page of its own, whole or not at all. */
  public void write(Path file) {
    AtomicFile.write(file, String.format(PAGE, Html.escape(title), html()));
  }

  @Override
  public String toString() {
    return title + "\n\n" + String.join("\n\n", parts.stream().map(Part::text).toList());
  }

  @Override
  public String html() {
    String body = String.join("", parts.stream().map(Part::html).toList());
    return "<section><h2>" + Html.escape(title) + "</h2>" + body + "</section>";
  }
}
