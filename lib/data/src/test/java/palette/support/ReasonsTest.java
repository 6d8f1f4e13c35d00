package palette.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  @Test
  void aFaultOfTheDiskSaysItsReasonAndNotThePath() {
    assertThat(Reasons.of(new NoSuchFileException("/x"))).isEqualTo("no such file or folder");
    assertThat(Reasons.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(Reasons.of(new FileNotFoundException("/x (Is a directory)")))
        .isEqualTo("is a directory");
    assertThat(Reasons.of(new EOFException())).isEqualTo("EOFException");
  }
}
