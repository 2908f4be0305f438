package paniclab.kernel;

import java.util.List;

/**
 * What could stand at the cursor.
 *
 * @param start of what an item replaces, in UTF-16 units of the cell
 * @param end of what an item replaces
 */
public record Completion(int start, int end, List<Item> items) {
  /**
   * One of them.
   *
   * @param kind as editors name kinds: function, class, keyword, module, variable, magic
   * @param signature of a function; empty for others
   */
  public record Item(String text, String kind, String signature) {}

  public Completion {
    items = List.copyOf(items);
  }

  /** Nothing fits. */
  public static Completion none(int cursor) {
    return new Completion(cursor, cursor, List.of());
  }
}
