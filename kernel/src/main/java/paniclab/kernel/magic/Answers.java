package paniclab.kernel.magic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import paniclab.exercises.grading.Checks;

/**
 * What was answered in a session: the texts of the cells, by item. They are kept and graded in the
 * process that runs none of the learner's code.
 */
public final class Answers {
  /** Cells that are kept for an item; the oldest give way. */
  private static final int MOST_CELLS = 50;

  /** Only a session that is graded pays for the items. */
  private static final class Holder {
    static final Checks CHECKS = Checks.builtIn();
  }

  private final Map<String, Deque<String>> texts = new ConcurrentHashMap<>();

  /** No answers yet. */
  public Answers() {}

  /** A cell was run that answers an item. */
  void add(String item, String text) {
    Deque<String> of = texts.computeIfAbsent(item, _ -> new ArrayDeque<>());
    synchronized (of) {
      of.addLast(text);
      if (of.size() > MOST_CELLS) {
        of.removeFirst();
      }
    }
  }

  /** What the answers to an item are worth. */
  Checks.Result check(String item) {
    Deque<String> of = texts.getOrDefault(item, new ArrayDeque<>());
    List<String> cells;
    synchronized (of) {
      cells = List.copyOf(of);
    }
    return Holder.CHECKS.check(item, cells);
  }
}
