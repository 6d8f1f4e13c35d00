package palette.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Written;
import palette.data.check.Finding.Kind;

@Tag("shared")
class RealDialoguesCheckTest {
  private static final String FILE = "hh-rlhf/harmless-base.test.first1812.jsonl.gz";

  private static List<String> formats(Preferences answers) {
    return DataChecks.of(answers).found(Kind.FORMAT).stream().map(Finding::what).toList();
  }

  @Test
  void bracketsPlantedInRealDialoguesAreFoundAndTheDialoguesThemselvesHaveNone() {
    var real = Preferences.hhRlhf(Written.shared(FILE)).read();
    var planted = Preferences.builder();
    for (int row = 0; row < real.size(); row++) {
      var c = real.comparison(row);
      planted.item("w" + row, real.items().text(real.chosen(row)));
      planted.item("l" + row, "['" + real.items().text(real.rejected(row)) + "']");
      planted.add(new Comparison(c.user(), c.prompt(), "w" + row, "l" + row));
    }
    assertThat(formats(real)).noneMatch(what -> what.contains("brackets"));
    assertThat(formats(planted.build()))
        .anyMatch(what -> what.startsWith("'brackets at both ends'") && what.contains("in 1.000"));
  }
}
