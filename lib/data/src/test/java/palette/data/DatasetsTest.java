package palette.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.data.hub.Origin;
import palette.support.InputException;

/** Public data by their names, from a mirror on this machine. */
class DatasetsTest {
  @TempDir Path cache;
  private Origin origin;

  @BeforeEach
  void start() throws IOException {
    origin = new Origin();
    System.setProperty("palette.cache", cache.toString());
    System.setProperty("palette.mirror", origin.address());
  }

  @AfterEach
  void stop() {
    origin.close();
    System.clearProperty("palette.cache");
    System.clearProperty("palette.mirror");
  }

  private void serve(String set, Path folder, String... names) throws IOException {
    for (var name : names) {
      origin.serve("/" + set + "/" + name, Files.readAllBytes(folder.resolve(name)));
    }
  }

  private static String said(Runnable work) {
    var before = System.err;
    var bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theListSaysWhatThereIsAndUnderWhichLicence() {
    var all = Datasets.all();
    assertThat(all.size()).isEqualTo(31);
    assertThat(all.names()).contains("polis/brexit-consensus", "prism/alignment");
    assertThat(all.text())
        .containsPattern("polis/brexit-consensus +English; 50 statements.* CC BY 4.0 +sha256 +no")
        .contains("with Attribution to The Computational Democracy Project.");
    assertThat(all.html()).startsWith("<table>").endsWith("</pre>");
  }

  @Test
  void anUnknownNameIsAnswersByTheNamesThatThereAre() {
    assertThatThrownBy(() -> Datasets.polis("brexit"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("data set polis/brexit: expected one of those of polis, found")
        .hasMessageContaining("brexit-consensus");
    assertThat(origin.asked).isEmpty();
  }

  @Test
  @Tag("shared")
  void aConversationInOneLineAndOfflineEverAfter() throws IOException {
    var folder = Written.shared("polis/scoop-hivemind.biodiversity");
    var files = new String[] {"comments.csv", "participants-votes.csv"};
    serve("polis/scoop-hivemind.biodiversity", folder, files);
    var said = said(() -> Datasets.polis("scoop-hivemind.biodiversity"));
    assertThat(said)
        .startsWith("polis/scoop-hivemind.biodiversity: fetching 259 kB from 127.0.0.1 into ")
        .contains("Licence: CC BY 4.0. Data was gathered using the Polis software");
    origin.close();
    assertThat(said(() -> Datasets.polis("Scoop-hivemind biodiversity".replace(' ', '.'))))
        .isEmpty();
    var read = Datasets.polis("scoop-hivemind.biodiversity").withoutRejected().read();
    assertThat(read.size()).isEqualTo(Judgements.polis(folder).withoutRejected().read().size());
    assertThat(Datasets.all().text()).containsPattern("hivemind.biodiversity .* yes\\n");
  }

  @Test
  @Tag("shared")
  void dialoguesAndStatements() throws IOException {
    var files =
        List.of("preference", "binary", "verbatim_map").stream()
            .map(kind -> "campus_protests_" + kind + ".csv")
            .toArray(String[]::new);
    serve("remesh/campus-protests", Written.shared("remesh"), files);
    serve("persona/interest-in-art", Written.shared("persona"), "interest-in-art.jsonl");
    assertThat(Datasets.remesh("Campus protests").read().size()).isEqualTo(5489);
    assertThat(Datasets.remeshVotes("campus-protests").read().size()).isEqualTo(6067);
    assertThat(Datasets.persona("interest-in-art").read().size()).isEqualTo(1000);
  }

  @Test
  @Tag("shared")
  void aPartOfTheRowsIsNotTheDataSet() throws IOException {
    var rows = Written.shared("hh-rlhf/helpful-base.test.first1854.jsonl.gz");
    origin.serve("/hh-rlhf/helpful-base/test/test.jsonl.gz", Files.readAllBytes(rows));
    assertThatThrownBy(() -> Datasets.hhRlhf("helpful-base"))
        .hasMessageContaining("expected sha256 8be3fc1a, found 506afa33");
  }

  @Test
  void aPersonaThatIsNotListedIsKeptAsItComesFirst() {
    var line = "{\"statement\":\"Tea\",\"answer_matching_behavior\":\" Yes\"}";
    origin.serve("/persona/likes-Tea/likes-Tea.jsonl", line.getBytes());
    assertThat(said(() -> Datasets.persona("likes-Tea")))
        .contains("No sha256 was published: that of the first download is kept and checked.");
    assertThat(Datasets.persona("likes-Tea").read().topics()).containsExactly("likes-Tea");
    assertThatThrownBy(() -> Datasets.persona("../likes"))
        .hasMessageStartingWith("data set persona/../likes: expected one of those of persona");
    assertThatThrownBy(() -> Datasets.persona("likes-rum"))
        .hasMessageContaining("likes-rum.jsonl: expected the file, found HTTP status 404.");
  }

  @Test
  void prismIsRememberedAsItCame() throws IOException {
    for (var name : List.of("conversations", "utterances", "survey", "metadata")) {
      origin.serve("/prism/alignment/" + name + ".jsonl", PrismReaderTest.TALK.getBytes());
    }
    assertThat(Datasets.prism().read().size()).isEqualTo(3);
    origin.close();
    assertThat(Datasets.prism().read().size()).isEqualTo(3);
  }
}
