package palette.family.read;

import java.nio.file.Path;
import palette.data.Preferences;
import palette.fit.FitSpec;
import palette.reward.Option;
import palette.reward.RewardSpec;
import palette.support.Checks;

/** Describes a model that reads people; {@code all} has every option, and its basis reads. */
public record ReadSpec(FitSpec<?> all) implements RewardSpec {

  /** Another value of an option. */
  public <T> ReadSpec with(Option<T> option, T value) {
    return new ReadSpec(all.with(option, value));
  }

  /** How many numbers are read of each person. */
  public ReadSpec numbers(int count) {
    return with(FitSpec.PROTOTYPES, Checks.atLeast(1, "numbers", count));
  }

  /** At most so many passes over the training answers. */
  public ReadSpec epochs(int count) {
    return new ReadSpec(all.epochs(count));
  }

  @Override
  public ReadSpec seed(long seed) {
    return new ReadSpec(all.seed(seed));
  }

  @Override
  public ReadSpec threads(int count) {
    return new ReadSpec(all.threads(count));
  }

  @Override
  public ReadModel fit(Preferences train) {
    return new ReadModel(all.fit(train));
  }

  @Override
  public ReadModel fit(Preferences train, Preferences validation) {
    return new ReadModel(all.fit(train, validation));
  }

  /** A saved model of this family. */
  public ReadModel load(Path dir) {
    return new ReadModel(all.load(dir));
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
