package palette;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import palette.embed.Embedders;
import palette.notebook.Cells;
import palette.support.Rendered;

/** The house of DESIGN.md: a package may use what stands to its left, and little else. */
class ArchitectureTest {
  private static final List<String> FLOW =
      List.of(
          "support",
          "data",
          "simulate",
          "embed",
          "engine",
          "reward",
          "personalize",
          "evaluate",
          "plot",
          "notebook");

  private static JavaClasses house;

  // A class of each module: where it lies, folder or jar, lie all main classes of the module, and
  // no
  // test class.
  private static final List<Class<?>> MODULES =
      List.of(Rendered.class, Embedders.class, Cells.class);

  @BeforeAll
  static void read() {
    var places = MODULES.stream().map(ArchitectureTest::place).collect(Collectors.toSet());
    house = new ClassFileImporter().importLocations(places);
  }

  private static Location place(Class<?> one) {
    try {
      var place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
      // "mvn test" hands over the folder, "mvn verify" the jar.
      return Location.of(isJar(place) ? URI.create("jar:" + place + "!/") : place);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isJar(URI place) {
    return place.getPath().endsWith(".jar");
  }

  private static String inside(String name) {
    return "palette." + name + "..";
  }

  private static String[] except(String... names) {
    var others = new ArrayList<>(FLOW);
    others.removeAll(List.of(names));
    return others.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }

  static List<String> packages() {
    return FLOW;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatStandsToItsLeft(String name) {
    var right = new ArrayList<>(FLOW.subList(FLOW.indexOf(name) + 1, FLOW.size()));
    if (name.equals("simulate")) right.remove("embed"); // beside each other: see the next test
    if (right.isEmpty()) return;
    noClasses()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(right.stream().map(ArchitectureTest::inside).toArray(String[]::new))
        .check(house);
  }

  @Test
  void simulateAndEmbedDoNotKnowEachOther() {
    no("simulate", "palette.embed..");
    no("embed", "palette.simulate..");
  }

  @Test
  void thereIsNoOtherPackage() {
    assertThat(house.stream().map(c -> c.getPackageName()).distinct())
        .allMatch(name -> FLOW.contains(name.replace("palette.", "")));
  }

  @Test
  void noCycles() {
    slices().matching("palette.(*)..").should().beFreeOfCycles().check(house);
  }

  // ------------------------------------------------------------------ each library in its place

  private static void no(String name, String... packages) {
    noClasses()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(house);
  }

  private static void only(String[] others, String... packages) {
    noClasses()
        .that()
        .resideInAnyPackage(others)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(house);
  }

  @Test
  void djlStaysInEngineAndReward() {
    only(except("engine", "reward", "embed"), "ai.djl..");
    noClasses()
        .that()
        .resideInAPackage("palette.embed..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ai.djl..")
                .and(not(resideInAPackage("ai.djl.huggingface.tokenizers.."))))
        .check(house);
  }

  @Test
  void encodersStayInEmbed() {
    only(except("embed"), "dev.langchain4j..", "ai.onnxruntime..", "ai.djl.huggingface..");
  }

  @Test
  void databasesStayInData() {
    only(except("data"), "org.duckdb..", "java.sql..");
  }

  @Test
  void chartsStayInPlot() {
    only(except("plot"), "org.knowm.xchart..", "de.erichseifert..");
  }

  @Test
  void kernelShellAndMarkdownStayInNotebook() {
    only(except("notebook"), "org.dflib.jjava..", "jdk.jshell..", "org.commonmark..");
    only(except("notebook"), "io.github.spencerpark..", "org.rapaio..");
  }

  @Test
  void tablesStayWhereTheyAreMadeAndShown() {
    only(except("data", "evaluate", "plot", "notebook"), "tech.tablesaw..");
  }

  // --------------------------------------------------------------------------- what nobody does

  @Test
  void nobodyStreamsObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectOutputStream")
        .check(house);
  }

  // JShell hands a cell over as a Method; there is no other way to run one.
  @Test
  void nobodyReflects() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("palette.notebook.CellControl")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect..")
        .check(house);
  }

  @Test
  void thereIsSomethingToCheckInEachModule() {
    assertThat(MODULES.stream().map(ArchitectureTest::place)).doesNotHaveDuplicates();
    assertThat(MODULES).allMatch(house::contain);
    assertThat(house.contain(ArchitectureTest.class)).isFalse();
    assertThat(house.size()).isGreaterThan(100);
    for (var name : FLOW) {
      assertThat(house.stream().map(c -> c.getPackageName())).contains("palette." + name);
    }
  }
}
