package palette.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no front end should send, and what the kernel makes of it. */
class OddRequestsTest extends WithKernel {
  @Test
  void aMessageThatIsNoneDoesNotEndIt() {
    kernel.sendGarbage();
    assertThat(value(kernel.execute("5 + 5"))).isEqualTo("10");
  }

  @Test
  void aMessageThatIsNoneAndWaitsWhileItStartsLeavesItsHearing() throws Exception {
    var own = java.nio.file.Files.createDirectory(folder.resolve("early"));
    try (var early = new KernelClient(own).startAmidGarbage()) {
      assertThat(value(early.execute("6 + 6"))).isEqualTo("12");
    }
  }

  @Test
  void aRequestThatIsSentAgainRunsOnce() {
    var content = Map.of("code", "System.out.println(\"once\");", "store_history", true);
    var answer = kernel.await(kernel.repeat(3, "execute_request", content));

    assertThat(answer.printed("stdout")).isEqualTo("once\n");
    var next = kernel.execute("7");
    assertThat(next.reply().path("execution_count").asInt())
        .isEqualTo(answer.reply().path("execution_count").asInt() + 1);
  }

  @Test
  void aRequestThatLacksItsCodeHasAnAnswerToo() {
    for (var type : List.of("inspect_request", "is_complete_request", "complete_request"))
      assertThat(kernel.ask(type, Map.of()).reply().path("status").asText()).isEqualTo("error");
    var history = Map.of("hist_access_type", "search", "n", 1, "output", false, "raw", true);
    assertThat(kernel.ask("history_request", history).reply().path("status").asText())
        .isEqualTo("error");
    assertThat(kernel.ask("execute_request", Map.of()).reply().path("status").asText())
        .isEqualTo("ok");
  }
}
