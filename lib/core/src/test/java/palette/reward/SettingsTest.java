package palette.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Option<Integer> EPOCHS = Option.of("epochs", 60);
  private static final Settings SETTINGS = Settings.of(List.of(EPOCHS));

  @Test
  void anOptionThatIsNotThereIsAtItsDefaultUntilItIsAdded() {
    var rate = Option.of("rate", .5);
    assertThat(SETTINGS.get(rate)).isEqualTo(.5);
    assertThat(SETTINGS.with(rate, .1).get(rate)).isEqualTo(.1);
  }

  @Test
  void anotherOptionOfOneNameIsRefused() {
    var namesake = Option.of("epochs", 3);
    for (Runnable use :
        List.<Runnable>of(() -> SETTINGS.get(namesake), () -> SETTINGS.with(namesake, 5)))
      assertThatThrownBy(use::run)
          .hasMessage(
              "epochs: expected the option whose default is 60, found one whose default is 3.");
  }
}
