package paniclab.lessons;

import java.util.List;

/**
 * A lesson as it was written.
 *
 * @param id the same in both languages, e.g. ch1
 * @param title one line
 * @param file its source, for error messages
 * @param blocks in the order of the source
 */
public record Lesson(String id, Language language, String title, String file, List<Block> blocks) {
  public Lesson {
    blocks = List.copyOf(blocks);
  }
}
