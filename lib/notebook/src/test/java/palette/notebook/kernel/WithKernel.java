package palette.notebook.kernel;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that talk to one kernel. */
abstract class WithKernel {
  @TempDir static Path folder;
  static KernelClient kernel;

  @BeforeAll
  static void start() throws IOException {
    kernel = new KernelClient(folder).start();
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  static String value(KernelClient.Answer answer) {
    return answer.all("execute_result").get(0).at("/data/text~1plain").asText();
  }
}
