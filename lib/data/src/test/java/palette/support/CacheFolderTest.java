package palette.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path home;

  private Path chosen(Map<String, String> properties, Map<String, String> environment) {
    var all = new HashMap<>(properties);
    all.put("user.home", home.toString());
    return CacheFolder.choose(all::get, environment::get);
  }

  @Test
  void thePropertyWinsThenTheVariableThenXdgThenHome() {
    var xdg = home.resolve("xdg");
    var environment = new HashMap<String, String>();
    assertThat(chosen(Map.of(), environment)).isEqualTo(home.resolve(".cache/palette"));
    environment.put("XDG_CACHE_HOME", xdg.toString());
    assertThat(chosen(Map.of(), environment)).isEqualTo(xdg.resolve("palette"));
    environment.put("PALETTE_CACHE", home.resolve("mine").toString());
    assertThat(chosen(Map.of(), environment)).isEqualTo(home.resolve("mine"));
    var property = Map.of("palette.cache", home.resolve("p").toString());
    assertThat(chosen(property, environment)).isEqualTo(home.resolve("p"));
  }

  @Test
  void embeddingsNativesAndDataHaveFoldersOfTheirOwnInIt() {
    var before = System.getProperty("palette.cache");
    System.setProperty("palette.cache", home.toString());
    try {
      assertThat(CacheFolder.embeddings()).isEqualTo(home.resolve("embeddings"));
      assertThat(CacheFolder.natives()).isEqualTo(home.resolve("natives"));
      assertThat(CacheFolder.data()).isEqualTo(home.resolve("data"));
    } finally {
      if (before == null) System.clearProperty("palette.cache");
      else System.setProperty("palette.cache", before);
    }
  }

  @Test
  void aRelativeXdgFolderAndBlankValuesAreIgnored() {
    var environment = Map.of("XDG_CACHE_HOME", "somewhere", "PALETTE_CACHE", " ");
    assertThat(chosen(Map.of("palette.cache", ""), environment))
        .isEqualTo(home.resolve(".cache/palette"));
  }
}
