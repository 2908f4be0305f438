package paniclab.kernel.worker;

import java.util.Map;
import java.util.function.BooleanSupplier;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;

/** Something the worker does for a magic, in the thread of the cell. */
public interface Task {
  /** What a task may use of the cell it runs for. */
  interface Cell {
    /** Says true once the cell is interrupted. */
    BooleanSupplier stop();

    /** Shows something under the cell. */
    void show(Display display);

    /** Replaces what was shown under the display's id. */
    void update(Display display);
  }

  /**
   * Does it. What goes to System.out and System.err is the cell's.
   *
   * @throws Exception a fault of ours; errors in what the learner gave are {@code Reply.Failed}
   */
  Reply run(Cell cell, Map<String, String> arguments) throws Exception;
}
