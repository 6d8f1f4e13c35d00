package palette;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.Source;
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
import palette.fit.Basis;
import palette.fit.BasisModel;
import palette.notebook.Main;
import palette.policy.Policy;
import palette.support.Rendered;

/** The house of DESIGN.md: a room may use what stands to its left, and little else. */
class ArchitectureTest {
  private static final List<String> FLOW =
      List.of(
          "support",
          "numeric",
          "data.hub",
          "data.io",
          "data",
          "data.check",
          "simulate",
          "engine",
          "encode",
          "reward",
          "personalize",
          "store",
          "embed",
          "fit",
          "family.fast",
          "family.read",
          "family",
          "evaluate",
          "behaviour",
          "crowd",
          "policy",
          "plot",
          "notebook.cells",
          "notebook.page",
          "notebook.kernel",
          "notebook.guest",
          "notebook.jupyter",
          "serve",
          "notebook");

  private static final int ROOM = 32; // files that one looks through

  private static JavaClasses house;

  // A class of each module: where it lies lie all its main classes, and no test class.
  private static final List<Class<?>> MODULES =
      List.of(Rendered.class, Basis.class, Embedders.class, Policy.class, Main.class);

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
    return "palette." + name;
  }

  private static String[] inside(List<String> names) {
    return names.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }

  private static String[] except(String... names) {
    var others = new ArrayList<>(FLOW);
    others.removeAll(List.of(names));
    return inside(others);
  }

  static List<String> packages() {
    return FLOW;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatStandsToItsLeft(String name) {
    var right = FLOW.subList(FLOW.indexOf(name) + 1, FLOW.size());
    if (!right.isEmpty()) no(name, inside(right));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void noRoomIsTooFull(String name) {
    long files =
        house.stream()
            .filter(c -> c.getPackageName().equals(inside(name)))
            .flatMap(c -> c.getSource().flatMap(Source::getFileName).stream())
            .filter(file -> !file.equals("package-info.java"))
            .distinct()
            .count();
    assertThat(files).as("files of " + name).isBetween(1L, (long) ROOM);
  }

  @Test
  void thereIsNoOtherPackage() {
    assertThat(house.stream().map(c -> c.getPackageName()).distinct())
        .allMatch(name -> FLOW.contains(name.replace("palette.", "")));
  }

  /** Who reads a name should not have to ask which of two it is. */
  @Test
  void noNameIsTwiceInTheHouse() {
    assertThat(
            house.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info")))
        .doesNotHaveDuplicates();
  }

  @Test
  void noCycles() {
    slices().matching("palette.(**)").should().beFreeOfCycles().check(house);
  }

  @Test
  void simulateAndEmbedAreBesideTheModels() {
    no("embed", inside("simulate"));
    only(except("embed", "notebook"), inside("embed"));
  }

  /** A family is one statement: it may hand in a fast path, and knows no other family. */
  @Test
  void familiesDoNotKnowEachOther() {
    for (var family : families()) {
      for (var other : families()) {
        if (family == other || isModelOf(family, other) || isModelOf(other, family)) continue;
        assertThat(family.getDirectDependenciesFromSelf())
            .as(family.getSimpleName() + " uses " + other.getSimpleName())
            .noneMatch(d -> d.getTargetClass().equals(other));
      }
    }
    assertThat(families()).hasSizeGreaterThan(3);
  }

  private static List<JavaClass> families() {
    return house.stream()
        .filter(c -> c.getPackageName().equals("palette.family"))
        .filter(c -> c.isAssignableTo(Basis.class) || c.isAssignableTo(BasisModel.class))
        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .filter(c -> c.isTopLevelClass())
        .toList();
  }

  /** A model and its own basis are one family: PalA and IdealPointBasis. */
  private static boolean isModelOf(JavaClass model, JavaClass basis) {
    var spec = model.getName() + "$Spec";
    return basis.getDirectDependenciesToSelf().stream()
        .anyMatch(d -> d.getOriginClass().getName().equals(spec));
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
  void djlStaysWhereModelsAreLearned() {
    only(
        except(
            "engine",
            "encode",
            "reward",
            "fit",
            "family",
            "family.fast",
            "family.read",
            "embed",
            "policy"),
        "ai.djl..");
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
  void tokensStayInPolicy() {
    only(except("policy"), "com.knuddels..");
  }

  @Test
  void databasesStayWithTheFiles() {
    only(except("data.io"), "org.duckdb..", "java.sql..");
  }

  @Test
  void chartsStayInPlot() {
    only(except("plot"), "org.knowm.xchart..", "de.erichseifert..");
  }

  @Test
  void kernelShellAndMarkdownStayInNotebook() {
    only(except("notebook.cells", "notebook.guest"), "jdk.jshell..");
    only(except("notebook.kernel", "notebook.guest"), "org.dflib.jjava..", "org.zeromq..");
    only(except("notebook.guest"), "io.github.spencerpark..", "org.rapaio..");
    only(except("notebook.page"), "org.commonmark..");
    only(except("serve"), "io.nayuki..", "com.sun.net.httpserver..");
  }

  @Test
  void tablesStayWhereTheyAreMadeAndShown() {
    only(
        except("data", "data.io", "data.check", "reward", "evaluate", "plot", "notebook.cells"),
        "tech.tablesaw..");
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
        .doNotHaveFullyQualifiedName("palette.notebook.cells.CellControl")
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
