package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import palette.support.Home;

/**
 * The launcher script in a made-up checkout, with a Java and a Maven that only say what they do.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "readlink",
          "dirname",
          "cat",
          "cksum",
          "find",
          "head",
          "sed",
          "grep",
          "mkdir",
          "date",
          "stty",
          "mv",
          "rm",
          "locale");

  private static final List<String> MODULES = List.of("data", "core", "text", "policy", "notebook");

  private static final String JAVA =
      """
      #!/bin/sh
      case $1 in
        -XshowSettings*) echo "    java.specification.version = ${FAKE_VERSION:-17}" ;;
        --list-modules) echo jdk.jshell@17 ;;
        -m)
          jar=$5 && shift 5 && echo "$@" >"$jar"
          while [ $# -gt 0 ]; do [ -d "$2" ] || exit 1; shift 3; done ;;
        -XX:ArchiveClassesAtExit=*)
          [ -n "${FAKE_NONE:-}" ] || echo archive >"${1#*=}"
          [ "${FAKE_END:-}" != java ] || kill -TERM "${1##*.}"
          [ -z "${FAKE_CRASH:-}" ] ;;
        *) for a in "$@"; do echo "<$a>"; done; echo "${LC_ALL:-none} $OMP_WAIT_POLICY $RUST_FLAVOR" ;;
      esac
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "built ${MAVEN_OPTS:-}" >>calls
      [ -z "${FAKE_SECOND:-}" ] || FAKE_SECOND= /bin/sh ./palette second >/dev/null
      [ -z "${FAKE_FAILURE:-}" ] || { echo "[INFO] chatter"; echo "[ERROR] $FAKE_FAILURE"; exit 1; }
      for a in "$@"; do
        case $a in -Dmdep.outputFile=*) echo "${FAKE_JARS:-lib.jar}" >"${a#*=}"; launcher=${a##*.} ;; esac
      done
      [ "${FAKE_END:-}" != mvn ] || kill -TERM "$launcher"
      for module in MODULES; do mkdir -p lib/$module/target/classes; done
      """
          .replace("MODULES", String.join(" ", MODULES));

  @TempDir Path folder;
  private Path home;
  private Path bin;

  private record Said(int status, String out, String err) {}

  @BeforeEach
  void checkout() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    home = Files.createDirectories(folder.resolve("my checkout"));
    Files.copy(Home.resolve("palette"), home.resolve("palette"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (var module : MODULES) {
      var sources = Files.createDirectories(home.resolve("lib").resolve(module + "/src/main/java"));
      Files.writeString(sources.resolve("A.java"), "class A {}");
      Files.writeString(home.resolve("lib").resolve(module + "/pom.xml"), "<project/>");
    }
    bin = Files.createDirectory(folder.resolve("bin"));
    for (var tool : TOOLS) command(tool, "#!/bin/sh\nexec '" + real(tool) + "' \"$@\"\n");
    Files.writeString(folder.resolve("lib.jar"), "a library");
    command("java", JAVA);
    command("mvn", MAVEN);
  }

  private static Path real(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(part -> Path.of(part, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void command(String name, String text) throws IOException {
    assertThat(Files.writeString(bin.resolve(name), text).toFile().setExecutable(true)).isTrue();
  }

  private Said palette(String... arguments) {
    return palette(home.resolve("palette"), List.of(), arguments);
  }

  private Said palette(Path script, List<String> variables, String... arguments) {
    var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    return said(command, variables);
  }

  private Said said(List<String> command, List<String> variables) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    variables.forEach(v -> builder.environment().put(v.split("=")[0], v.split("=", 2)[1]));
    try {
      var out = folder.resolve("out").toFile();
      var err = folder.resolve("err").toFile();
      int status = builder.redirectOutput(out).redirectError(err).start().waitFor();
      return new Said(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long builds() {
    try (var lines = Files.lines(home.resolve("calls"))) {
      return lines.count();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void theFirstCallBuildsWithALineBeforeAndAfterAndTheSecondDoesNot() {
    var first = palette("run", "my notebook.ipynb", "-p", "name=a \"b\" $c");
    var second = palette("--version");

    assertThat(first.err())
        .matches("palette: first call: resolving .* \\.\\.\\.\npalette: ready after \\d+ s\n");
    assertThat(first.out())
        .contains("<-Dpalette.home=" + home.toAbsolutePath() + ">")
        .contains("<" + home.toAbsolutePath() + "/target/palette/palette.jar:lib.jar>")
        .endsWith("<run>\n<my notebook.ipynb>\n<-p>\n<name=a \"b\" $c>\nC.UTF-8 PASSIVE cpu\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void aNewerSourceAndAnotherPomOfAnyModuleBuildAgain(String module) throws Exception {
    palette();
    var source = home.resolve("lib/" + module + "/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(palette().err()).startsWith("palette: compiling ...\n");

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(palette().err()).isEmpty();

    Files.writeString(home.resolve("lib/" + module + "/pom.xml"), "<project>new</project>");
    assertThat(palette().err()).startsWith("palette: compiling ...\n");
    Files.writeString(home.resolve("pom.xml"), "<project>new</project>");
    assertThat(palette().err()).startsWith("palette: compiling ...\n");
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void whoSitsAtATerminalMayBeAskedAndAPipeMayNot() {
    var script = Path.of("/usr/bin/script"); // gives a command a terminal
    Assumptions.assumeTrue(Files.isExecutable(script) && Files.exists(Path.of("/proc")));
    var command = "/bin/sh '" + home.resolve("palette") + "' --version";
    var typed = said(List.of(script.toString(), "-qec", command, "/dev/null"), List.of());

    assertThat(typed.out()).contains("<-Dpalette.keyboard=true>");
    assertThat(palette("--version").out()).contains("<-Dpalette.keyboard=false>");
  }

  @Test
  void theClassesOfAllModulesAreInOneJar() throws Exception {
    palette();
    var lib = home.toAbsolutePath() + "/lib/";
    assertThat(home.resolve("target/palette/palette.jar"))
        .hasContent(
            MODULES.stream()
                .map(module -> "-C " + lib + module + "/target/classes .")
                .collect(Collectors.joining(" ")));
  }

  @Test
  void startsFindTheClassesThatWereArchivedAfterCompiling() {
    var archive = home.toAbsolutePath().resolve("target/palette/classes.jsa");
    assertThat(palette().out()).startsWith("<-XX:SharedArchiveFile=" + archive + ">");
  }

  @Test
  void halfAnArchiveIsNeitherUsedNorKept() {
    palette(home.resolve("palette"), List.of("FAKE_CRASH=yes"));

    assertThat(palette().out()).startsWith("<-Xshare:auto>");
    assertThat(home.resolve("target/palette").toFile().list())
        .noneMatch(name -> name.contains(".jsa"));
  }

  @Test
  void aJavaThatKeepsNoArchiveIsNothingToComplainOf() {
    var first = palette(home.resolve("palette"), List.of("FAKE_NONE=yes"));

    assertThat(first.err().lines()).hasSize(2).allMatch(line -> line.startsWith("palette: "));
    assertThat(palette().out()).startsWith("<-Xshare:auto>");
  }

  @Test
  void twoFirstCallsAtOnceStayOutOfEachOthersWay() {
    var first = palette(home.resolve("palette"), List.of("FAKE_SECOND=yes"));

    assertThat(first.status()).isZero();
    assertThat(first.err().lines()).allMatch(line -> line.startsWith("palette: "));
    assertThat(builds()).isEqualTo(2);
    assertThat(home.resolve("target/palette").toFile().list())
        .containsExactlyInAnyOrder(
            "archive.log",
            "classes.jsa",
            "classpath",
            "compiled",
            "java",
            "key",
            "maven.log",
            "palette.jar");
  }

  @Test
  void aFirstCallThatIsEndedLeavesNoFileOfItsOwnAndTheNextWorks() {
    for (var tool : List.of("mvn", "java")) {
      var ended = palette(home.resolve("palette"), List.of("FAKE_END=" + tool));

      assertThat(ended.status()).as(tool).isEqualTo(128 + 15);
      assertThat(home.resolve("target/palette").toFile().list())
          .as(tool)
          .noneMatch(name -> name.matches(".*\\d"));
    }
    assertThat(palette().status()).isZero();
  }

  @Test
  void itFindsItsCheckoutThroughALink() throws Exception {
    Files.createSymbolicLink(folder.resolve("one"), Path.of("my checkout/palette"));
    Files.createSymbolicLink(bin.resolve("two"), folder.resolve("one"));

    assertThat(palette(bin.resolve("two"), List.of()).out())
        .contains("<-Dpalette.home=" + home.toAbsolutePath() + ">");
  }

  @Test
  void whatMavenSaysAtAFailureIsShownAndTheNextCallTriesAgain() {
    var failed = palette(home.resolve("palette"), List.of("FAKE_FAILURE=no network"));

    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains("\n[ERROR] no network\n", "palette: Maven failed; its log is ")
        .doesNotContain("chatter");
    assertThat(palette().status()).isZero();
  }

  @Test
  void withoutJavaOrMavenOrWithAnOldJavaOneLineSaysWhatToDo() throws Exception {
    refused(List.of("FAKE_VERSION=1.8"), "Java 17 or newer is needed, " + bin + "/java is 1.8. ");
    Files.delete(bin.resolve("mvn"));
    refused(List.of(), "no Maven found. Install it ");
    Files.delete(bin.resolve("java"));
    refused(List.of(), "no Java found. Install a JDK, 17 or newer ");
  }

  private void refused(List<String> variables, String line) {
    var said = palette(home.resolve("palette"), variables);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).startsWith("palette: " + line);
    assertThat(said.err().lines()).hasSize(1);
  }

  @Test
  void aNewJavaIsAllowedToLoadTheEngine() {
    assertThat(palette(home.resolve("palette"), List.of("FAKE_VERSION=25")).out())
        .contains("<--enable-native-access=ALL-UNNAMED>");
    assertThat(palette().out()).contains("<--enable-native-access");
  }

  @Test
  void aLocaleThatIsNotInstalledIsReadAsUtf8AndOneThatIsStays() {
    var script = home.resolve("palette");
    for (var name : List.of("LC_ALL=xx_XX.UTF-8", "LANG=xx_XX.UTF-8", "LC_ALL=C", "LC_CTYPE=POSIX"))
      assertThat(palette(script, List.of(name)).out()).as(name).contains("\nC.UTF-8 PASSIVE");
    assertThat(palette(script, List.of("LANG=C.UTF-8")).out()).contains("\nnone PASSIVE");
  }

  @Test
  void aLibraryThatIsGoneIsResolvedAgain() throws Exception {
    palette();
    Files.delete(folder.resolve("lib.jar"));
    var gone = palette();
    Files.writeString(folder.resolve("lib.jar"), "it came back");

    assertThat(gone.status()).isEqualTo(2);
    assertThat(gone.err()).contains("palette: lib.jar is on the class path and cannot be read.");
    assertThat(palette().err()).startsWith("palette: compiling ...\n");
    assertThat(palette().err()).isEmpty();
  }

  @Test
  void aColonInThePathOfTheCheckoutOrOfALibraryIsNamed() throws Exception {
    var colon = Files.createDirectory(folder.resolve("a:b"));
    Files.copy(home.resolve("palette"), colon.resolve("palette"));
    var said = palette(colon.resolve("palette"), List.of());
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "palette: a class path cannot name "
                + colon
                + ", since ':' parts its entries. Move the checkout to a folder without one.\n");

    Files.writeString(colon.resolve("lib.jar"), "a library");
    refused(List.of("FAKE_JARS=" + colon.resolve("lib.jar")), colon, "-Dmaven.repo.local=FOLDER");
  }

  private void refused(List<String> variables, Path colon, String cure) {
    var said = palette(home.resolve("palette"), variables);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains(cure, "whose name holds ':'").doesNotContain("ready");
  }

  @Test
  void mavenKeepsItsLibrariesBelowHomeToo() throws Exception {
    palette(home.resolve("palette"), List.of("HOME=/home/ann", "MAVEN_OPTS=-Xmx1g"));
    assertThat(home.resolve("calls")).hasContent("built -Xmx1g -Duser.home=/home/ann");
    Files.delete(home.resolve("target/palette/key"));
    palette(home.resolve("palette"), List.of("HOME=/home/ann lee"));
    assertThat(Files.readAllLines(home.resolve("calls"))).endsWith("built ");
  }
}
