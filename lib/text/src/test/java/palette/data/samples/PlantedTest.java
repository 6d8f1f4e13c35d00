package palette.data.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.Statement;
import palette.data.Statements;
import palette.data.check.DataChecks;
import palette.data.check.Finding;
import palette.embed.Embedders;

/** What is planted in the samples is there, and nothing beside it gives the answers away. */
class PlantedTest {
  private static final Statements PERSONAS = Statements.persona(Path.of("data/personas")).read();
  private static final Preferences PROMPTS =
      Preferences.jsonl(Path.of("data/prompts.jsonl")).read();
  private static final List<String> BRIEF = Samples.sections("requests.txt").get("brief");
  private static final List<String> THOROUGH = Samples.sections("requests.txt").get("thorough");
  private static final List<String> FACTS = Samples.sections("requests.txt").get("fact");

  @Test
  void sixInterestsHaveSixtyStatementsHalfOfWhichTheirFriendsWouldSay() {
    assertThat(PERSONAS.topics()).hasSize(6);
    assertThat(PERSONAS.all().stream().map(Statement::text)).doesNotHaveDuplicates();
    for (var topic : PERSONAS.topics()) {
      var statements = PERSONAS.of(topic);
      assertThat(statements.size()).isEqualTo(60);
      assertThat(statements.all().stream().filter(Statement::matches)).hasSize(30);
    }
  }

  @Test
  void aStatementIsNearestToTheOthersOfItsInterest() {
    var vectors = Embedders.miniLm().embed(PERSONAS.catalog().texts());
    long right = IntStream.range(0, vectors.length).filter(i -> nearest(vectors, i)).count();
    assertThat(right / (double) vectors.length).isGreaterThan(0.85);
  }

  private static boolean nearest(float[][] vectors, int i) {
    double own = likeness(vectors, i, PERSONAS.all().get(i).topic());
    return PERSONAS.topics().stream().allMatch(topic -> likeness(vectors, i, topic) <= own);
  }

  private static double likeness(float[][] vectors, int i, String topic) {
    return IntStream.range(0, vectors.length)
        .filter(j -> j != i && PERSONAS.all().get(j).topic().equals(topic))
        .mapToDouble(j -> dot(vectors[i], vectors[j]))
        .average()
        .orElseThrow();
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(c -> a[c] * b[c]).sum();
  }

  @Test
  void formattingTellsNeitherInterestNorAnswer() {
    assertThat(DataChecks.of(said(true)).found(Finding.Kind.FORMAT)).isEmpty();
    assertThat(DataChecks.of(said(false)).found(Finding.Kind.FORMAT)).isEmpty();
  }

  /** Six people say what matches their interest rather than the rest of it, or of the others. */
  private static Preferences said(boolean sameTopic) {
    var builder = Preferences.builder();
    PERSONAS.all().forEach(s -> builder.item(s.id(), s.text()));
    for (var yes : PERSONAS.all()) {
      for (var no : PERSONAS.all()) {
        if (yes.matches() && isOther(yes, no, sameTopic))
          builder.add(Comparison.of("friend of " + yes.topic(), yes.id(), no.id()));
      }
    }
    return builder.build();
  }

  private static boolean isOther(Statement yes, Statement no, boolean sameTopic) {
    return sameTopic
        ? no.topic().equals(yes.topic()) && !no.matches()
        : !no.topic().equals(yes.topic());
  }

  @Test
  void promptsHaveFortyUsersWithSixtyAnswersEach() {
    assertThat(PROMPTS.size()).isEqualTo(2400);
    assertThat(PROMPTS.users().size()).isEqualTo(40);
    assertThat(PROMPTS.prompts().size()).isEqualTo(64);
    assertThat(PROMPTS.items().size()).isEqualTo(24);
    assertThat(DataChecks.of(PROMPTS).found(Finding.Kind.FORMAT)).isEmpty();
  }

  @Test
  void whatIsLikedTurnsWithThePromptAndInTheTwoGroupsOppositely() {
    assertThat(briefShare(true, true)).isGreaterThan(0.85);
    assertThat(briefShare(true, false)).isLessThan(0.15);
    assertThat(briefShare(false, true)).isLessThan(0.15);
    assertThat(briefShare(false, false)).isGreaterThan(0.85);
  }

  /** How often brief beats thorough, among the users of one group and prompts of one kind. */
  private static double briefShare(boolean firstGroup, boolean fact) {
    return PROMPTS.comparisons().stream()
        .filter(c -> (Integer.parseInt(c.user().substring(5)) % 5 < 3) == firstGroup)
        .filter(c -> FACTS.contains(c.prompt()) == fact)
        .filter(c -> !evasive(c.chosen()) && !evasive(c.rejected()))
        .mapToInt(c -> BRIEF.contains(c.chosen()) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static boolean evasive(String manner) {
    return !BRIEF.contains(manner) && !THOROUGH.contains(manner);
  }
}
