package paniclab.kernel.worker;

import paniclab.kernel.link.Thrown;
import paniclab.kernel.link.Traces;

/** The text of a throwable as a cell prints it. */
final class TraceText {
  private TraceText() {}

  static String of(Throwable t) {
    return String.join("\n", Traces.lines(Thrown.of(t), Traces.INSIDE_WORKER)) + "\n";
  }
}
