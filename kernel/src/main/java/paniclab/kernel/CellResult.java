package paniclab.kernel;

import java.util.List;
import java.util.Optional;
import paniclab.kernel.link.Display;

/** What came of a cell. */
public sealed interface CellResult {
  /** The name of the error of an interrupted cell; front ends know this one. */
  String INTERRUPT = "KeyboardInterrupt";

  /** The name of the error of a cell that ended its worker. */
  String WORKER_ENDED = "WorkerEnded";

  /**
   * It went well.
   *
   * @param value of its last expression
   * @param pages to be shown beside the notebook, such as help
   * @param next the text of a cell that is offered to be run next
   */
  record Ok(Optional<Display> value, List<Display> pages, Optional<String> next)
      implements CellResult {
    /** Nothing to show. */
    public static final Ok NOTHING = of(Optional.empty());

    /** A value, if any, and nothing more. */
    public static Ok of(Optional<Display> value) {
      return new Ok(value, List.of(), Optional.empty());
    }
  }

  /**
   * It failed.
   *
   * @param name of the error
   * @param message in one line
   * @param traceback the lines to show
   */
  record Failed(String name, String message, List<String> traceback) implements CellResult {
    public Failed {
      traceback = List.copyOf(traceback);
    }
  }
}
