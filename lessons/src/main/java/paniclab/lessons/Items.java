package paniclab.lessons;

import java.util.Optional;

/** The prediction items, as the weaver needs them. */
public interface Items {
  /**
   * An item in one language.
   *
   * @param prompt its questions, as Markdown
   * @param template the cell to fill in, the same in every language
   */
  record Item(String prompt, String template) {}

  /** The item of this id. */
  Optional<Item> find(String id, Language language);
}
