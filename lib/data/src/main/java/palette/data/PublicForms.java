package palette.data;

import java.nio.file.Path;
import palette.data.io.Input;

/** The well-known forms that {@link Preferences} come in; they are called on that class. */
abstract class PublicForms {
  PublicForms() {}

  /** Reads Anthropic's HH-RLHF dialogues. */
  public static HhRlhfReader hhRlhf(Path path) {
    return new HhRlhfReader(Input.of(path, Input.JSONL));
  }

  /** Reads OpenAI's summarize-from-feedback comparisons. */
  public static SummarizeReader summarizeFromFeedback(Path path) {
    return new SummarizeReader(Input.of(path, Input.JSONL));
  }

  /** Reads Pick-a-Pic's comparisons of images, from Parquet or CSV. */
  public static PickAPicReader pickAPic(Path path) {
    return new PickAPicReader(Input.of(path));
  }

  /** Reads who preferred which answer in a collective dialogue of Remesh: a file or its folder. */
  public static RemeshReader remesh(Path path) {
    return new RemeshReader(Input.of(path));
  }

  /** Reads PRISM's scored conversations: conversations.jsonl, utterances.jsonl, or their folder. */
  public static PrismReader prism(Path path) {
    return new PrismReader(Input.of(path, Input.JSONL));
  }
}
