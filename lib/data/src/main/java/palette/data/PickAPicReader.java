package palette.data;

import java.util.HashSet;
import java.util.function.BiConsumer;
import palette.data.io.Input;
import palette.data.io.ParquetRows;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.InputException;

/**
 * Reads Pick-a-Pic: a row has {@code user_id}, {@code caption} (the prompt), two images by {@code
 * image_0_uid} and {@code image_1_uid}, and {@code label_0}: 1 where the first was preferred, 0
 * where the second was, 0.5 for a tie. Parquet by the file's ending, CSV otherwise. An image's uid
 * is its id; a file with the images themselves hands them on by {@link #eachImage}.
 */
public final class PickAPicReader extends DataReader<Preferences, PickAPicReader> {

  PickAPicReader(Input input) {
    super(input);
  }

  @Override
  public Preferences read() {
    var intake = new Intake();
    return intake.preferences(input.each(row -> add(intake.answers, row)));
  }

  private static void add(PreferencesBuilder answers, Row row) {
    String user = row.required("user_id");
    String prompt = row.required("caption");
    String first = row.required("image_0_uid");
    String second = row.required("image_1_uid");
    if (first.equals(second)) throw row.refuse("two different images", Row.found(first), "");
    double label = row.number("label_0");
    if (label == 1) answers.add(new Comparison(user, prompt, first, second));
    else if (label == 0) answers.add(new Comparison(user, prompt, second, first));
    else if (label == 0.5) answers.tie(new Comparison(user, prompt, first, second));
    else throw row.refuse("0, 0.5 or 1 in 'label_0'", "" + label, "");
  }

  /**
   * Hands on uid and file (JPEG, as a rule) of every image in {@code jpg_0} and {@code jpg_1}, each
   * uid once, without keeping any: a full file holds gigabytes of them.
   */
  public void eachImage(BiConsumer<String, byte[]> use) {
    if (!Place.ends(input.path(), ".parquet")) {
      throw new InputException(
          input.name(), "a Parquet file", "another one", "Only Parquet files hold images.");
    }
    var met = new HashSet<String>();
    BiConsumer<String, byte[]> once =
        (uid, bytes) -> {
          if (met.add(uid)) use.accept(uid, bytes);
        };
    for (var side : new String[] {"0", "1"}) {
      ParquetRows.eachBytes(input.path(), "image_" + side + "_uid", "jpg_" + side, once);
    }
  }
}
