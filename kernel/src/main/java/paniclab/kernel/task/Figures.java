package paniclab.kernel.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import paniclab.diagrams.CBoundary;
import paniclab.diagrams.DeferStack;
import paniclab.diagrams.Diagram;
import paniclab.diagrams.Figure;
import paniclab.diagrams.Lanes;
import paniclab.diagrams.Lifetimes;
import paniclab.diagrams.RecoverReach;
import paniclab.diagrams.SchedulerState;
import paniclab.diagrams.SignalFlow;
import paniclab.diagrams.StackDepth;
import paniclab.diagrams.StackGrowth;
import paniclab.diagrams.Stepper;
import paniclab.diagrams.WaitGraph;
import paniclab.kernel.link.Display;
import paniclab.model.program.SourceFile;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Which pictures a run gets. */
final class Figures {
  private Figures() {}

  /**
   * The pictures of a run.
   *
   * @param wanted lanes, boundary, defers, lives, recover, signals, sched, stack, depth, waits or
   *     none; empty for those that say most
   */
  static List<Display> of(Trace trace, String wanted, Locale locale) {
    List<Diagram> diagrams =
        switch (wanted) {
          case "none" -> List.of();
          case "lanes" -> List.of(Lanes.of(trace));
          case "boundary" -> List.of(CBoundary.of(trace));
          case "defers" -> List.of(DeferStack.of(trace));
          case "lives" -> List.of(Lifetimes.of(trace));
          case "recover" -> List.of(RecoverReach.of(trace));
          case "stack" -> List.of(StackGrowth.of(trace));
          case "depth" -> List.of(StackDepth.of(trace));
          case "signals" -> List.of(SignalFlow.of(trace));
          case "sched" -> List.of(SchedulerState.of(trace));
          case "waits" -> List.of(WaitGraph.of(trace));
          case "" -> chosen(trace);
          default ->
              throw new IllegalArgumentException(
                  "--figure "
                      + wanted
                      + ": it takes lanes, boundary, defers, lives, recover, sched, signals, stack, depth, waits or none");
        };
    return diagrams.stream().map(d -> display(Figure.of(d, locale))).toList();
  }

  /**
   * The pictures of a run, the first of them with the run to step through above it.
   *
   * @param sources what ran
   */
  static List<Display> of(Trace trace, List<SourceFile> sources, String wanted, Locale locale) {
    List<Display> all = new ArrayList<>(of(trace, wanted, locale));
    if (!all.isEmpty()) {
      Display first = all.getFirst();
      String html = first.data().get(Display.HTML);
      if (html != null) {
        all.set(0, first.and(Display.HTML, Stepper.html(trace, sources, html, locale)));
      }
    }
    return all;
  }

  private static List<Diagram> chosen(Trace trace) {
    boolean spawned = trace.events().stream().anyMatch(Event.Spawned.class::isInstance);
    boolean deferred = trace.events().stream().anyMatch(Event.DeferPushed.class::isInstance);
    RecoverReach reach = RecoverReach.of(trace);
    List<Diagram> all = new ArrayList<>();
    boolean sent =
        trace.events().stream()
            .anyMatch(e -> e instanceof Event.SignalDelivered s && isShown(s.effect()));
    if (spawned || sent) {
      all.add(Lanes.of(trace));
    }
    if (reach.deaths().stream().anyMatch(d -> !d.calls().isEmpty())) {
      all.add(reach);
    } else if (deferred) {
      all.add(DeferStack.of(trace));
    }
    if (sent) {
      all.add(SignalFlow.of(trace));
    }
    CBoundary boundary = CBoundary.of(trace);
    if (boundary.steps().stream().anyMatch(s -> tells(s.kind()))) {
      all.add(boundary);
    }
    Lifetimes lives = Lifetimes.of(trace);
    if (!lives.blocks().isEmpty()) {
      all.add(lives);
    }
    if (trace.events().stream().anyMatch(Figures::isOverflow)) {
      all.add(StackDepth.of(trace));
    }
    return all;
  }

  /** Whether a step at the border of C says more than that a function was called and returned. */
  private static boolean tells(CBoundary.Kind kind) {
    return switch (kind) {
      case CALL, RETURN, PANIC, RECOVERED, ENDED -> false;
      case CALLBACK, BACK, RECOVERED_BEYOND, DIED_IN_C -> true;
    };
  }

  /** A nil dereference is a panic like any other; of all other signals the way is shown. */
  private static boolean isShown(SignalPath.Effect effect) {
    return effect != SignalPath.Effect.PANIC;
  }

  private static boolean isOverflow(Event e) {
    return e instanceof Event.FatalRaised f && f.error().equals("stack overflow");
  }

  /** A figure as it is shown. */
  static Display display(Figure figure) {
    return new Display(figure.bundle(), Map.of(), Optional.empty());
  }
}
