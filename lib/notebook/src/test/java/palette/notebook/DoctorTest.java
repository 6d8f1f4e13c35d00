package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import palette.support.CacheFolder;

class DoctorTest {
  @Test
  void everyLineOfTheReportIsThere() {
    var report = Scratch.palette("doctor");

    assertThat(report.status()).isZero();
    assertThat(report.out())
        .contains("Java  ", System.getProperty("java.version"), "cores", "Jupyter  ")
        .containsPattern("engine +PyTorch, DJL [\\d.]+, libtorch \\d")
        .containsPattern("devices +(cpu|gpu 0)")
        .containsPattern("GPU +(none|yes)")
        .containsPattern("encoders +all-minilm-l6-v2(, bge|\\s+PALETTE_PROFILES)")
        .containsPattern("engine cache +\\S+, [\\d.]+ (kB|MB|GB)")
        .containsPattern("embedding cache +" + Pattern.quote(CacheFolder.embeddings() + ", "));
  }
}
