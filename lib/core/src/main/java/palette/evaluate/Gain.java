package palette.evaluate;

import palette.support.Interval;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * By how much one model predicts better than another over several splits, in macro accuracy, and
 * whether that is more than noise. Two noises are looked at: another sample of people (the
 * interval, paired: a resample draws users, and each brings the difference of both models on all
 * their test answers) and another split of the same people (the deviation over the splits). The
 * gain is clear when the interval leaves zero out and the gain is more than twice the deviation.
 * The deviation is not divided by the root of the number of splits: they share users and answers,
 * so that more of them are not more data (Nadeau and Bengio 2003).
 *
 * @param model the one that should be better
 * @param baseline the one to beat
 * @param value mean of the differences, the model's less the baseline's
 * @param interval 95 %, over users
 * @param splits how many
 * @param deviation of the difference over the splits; NaN for one split
 */
public record Gain(
    String model, String baseline, double value, Interval interval, int splits, double deviation)
    implements Rendered {

  /** Whether the model is better by more than noise. */
  public boolean clear() {
    return interval.low() > 0 && !(value <= 2 * deviation);
  }

  /** Whether the model is worse by more than noise. */
  public boolean worse() {
    return interval.high() < 0 && !(-value <= 2 * deviation);
  }

  private String figures() {
    String over = splits < 2 ? "one split" : Texts.format("%d splits, sd %.3f", splits, deviation);
    return Texts.format(
        "%+.3f over %s; 95 %% of resamples of users %+.3f to %+.3f",
        value, over, interval.low(), interval.high());
  }

  @Override
  public String toString() {
    String verdict =
        clear() ? "A clear gain of" : worse() ? "A clear loss of" : "No gain beyond noise from";
    return Texts.format("%s %s over %s (%s).", verdict, model, baseline, figures());
  }
}
