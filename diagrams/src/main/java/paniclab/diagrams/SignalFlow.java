package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.model.signal.Origin;
import paniclab.model.signal.SignalPath;
import paniclab.model.signal.SignalPath.Because;
import paniclab.model.signal.SignalPath.Node;
import paniclab.model.signal.SignalPath.Step;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * The ways of a signal through the runtime, from its two entrances (an instruction went wrong,
 * somebody sent it) to its ends, and the one way that a signal took.
 *
 * @param ways of the signals of a run, in order
 * @param drawn which of them is shown; empty when no signal came
 */
public record SignalFlow(List<Way> ways, Optional<Way> drawn) implements Diagram {
  /** The most signals that are listed. */
  public static final int MAX_LISTED = 20;

  /**
   * The way one signal took.
   *
   * @param at where it came; empty for a way that is not of a run
   */
  public record Way(
      String signal, Origin origin, List<Step> steps, SignalPath.Effect effect, Optional<At> at) {
    public Way {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A possible step.
   *
   * @param because on the line; ALWAYS for nothing
   */
  record Edge(Node from, Because because, Node to) {}

  /** All steps that there are. A test holds them to those that signals take. */
  static final List<Edge> EDGES =
      List.of(
          new Edge(Node.GO_FAULT, Because.ALWAYS, Node.KERNEL),
          new Edge(Node.C_FAULT, Because.ALWAYS, Node.KERNEL),
          new Edge(Node.SENT, Because.ALWAYS, Node.KERNEL),
          new Edge(Node.KEY, Because.ALWAYS, Node.KERNEL),
          new Edge(Node.KERNEL, Because.HANDLER_GO, Node.SIGHANDLER),
          new Edge(Node.KERNEL, Because.HANDLER_DEFAULT, Node.KERNEL_KILLS),
          new Edge(Node.KERNEL, Because.HANDLER_DEFAULT, Node.KERNEL_STOPS),
          new Edge(Node.KERNEL, Because.HANDLER_DEFAULT, Node.KERNEL_CONTINUES),
          new Edge(Node.KERNEL, Because.HANDLER_IGNORE, Node.KERNEL_DROPS),
          new Edge(Node.SIGHANDLER, Because.FAULT_IN_GO, Node.PREPARE_PANIC),
          new Edge(Node.SIGHANDLER, Because.NOT_A_FAULT, Node.SIGSEND),
          new Edge(Node.SIGHANDLER, Because.FAULT_ELSEWHERE, Node.FLAGS),
          new Edge(Node.SIGHANDLER, Because.PROF, Node.RETURN),
          new Edge(Node.SIGHANDLER, Because.PER_THREAD, Node.RETURN),
          new Edge(Node.PREPARE_PANIC, Because.ALWAYS, Node.SIGPANIC),
          new Edge(Node.SIGPANIC, Because.NIL_PAGE, Node.GOPANIC),
          new Edge(Node.SIGPANIC, Because.PANIC_ON_FAULT, Node.GOPANIC),
          new Edge(Node.SIGPANIC, Because.DIVISION, Node.GOPANIC),
          new Edge(Node.SIGPANIC, Because.FAR_ADDRESS, Node.THROW),
          new Edge(Node.SIGSEND, Because.WANTED, Node.CHANNEL),
          new Edge(Node.SIGSEND, Because.NOT_WANTED, Node.SIGNAL_IGNORED),
          new Edge(Node.SIGSEND, Because.NOT_ASKED, Node.SIGNAL_IGNORED),
          new Edge(Node.SIGNAL_IGNORED, Because.IGNORED, Node.RETURN),
          new Edge(Node.SIGNAL_IGNORED, Because.NOT_IGNORED, Node.FLAGS),
          new Edge(Node.FLAGS, Because.FLAG_KILL, Node.DIE_FROM_SIGNAL),
          new Edge(Node.FLAGS, Because.NO_FLAG, Node.RETURN),
          new Edge(Node.FLAGS, Because.FLAG_THROW, Node.FATALSIGNAL),
          new Edge(Node.FATALSIGNAL, Because.ALWAYS, Node.TRACEBACK),
          new Edge(Node.TRACEBACK, Because.LEVEL_OTHER, Node.EXIT),
          new Edge(Node.TRACEBACK, Because.LEVEL_CRASH, Node.CRASH));

  public SignalFlow {
    ways = List.copyOf(ways);
  }

  /** The way of one signal. */
  public static SignalFlow of(SignalPath path) {
    Way way =
        new Way(path.signal().name(), path.origin(), path.steps(), path.effect(), Optional.empty());
    return new SignalFlow(List.of(way), Optional.of(way));
  }

  /** The ways of the signals of a run; shown is the one that ended it, or else the first. */
  public static SignalFlow of(Trace trace) {
    List<Way> ways = new ArrayList<>();
    for (Event e : trace.events()) {
      if (e instanceof Event.SignalDelivered s) {
        ways.add(new Way(s.signal(), s.origin(), s.steps(), s.effect(), Optional.of(s.at())));
      }
    }
    Optional<Way> last =
        ways.stream().filter(w -> w.effect().ends()).reduce((first, second) -> second);
    return new SignalFlow(ways, last.or(() -> ways.stream().findFirst()));
  }

  /** Whether the way that is shown goes from one place to another. */
  Optional<Because> taken(Edge e) {
    if (drawn.isEmpty()) {
      return Optional.empty();
    }
    List<Step> s = drawn.get().steps();
    for (int i = 0; i + 1 < s.size(); i++) {
      if (s.get(i).node() == e.from()
          && s.get(i + 1).node() == e.to()
          && s.get(i).because() == e.because()) {
        return Optional.of(e.because());
      }
    }
    return Optional.empty();
  }

  /** Whether the way that is shown comes by here. */
  boolean passes(Node n) {
    return drawn.stream().flatMap(w -> w.steps().stream()).anyMatch(s -> s.node() == n);
  }
}
