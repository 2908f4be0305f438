package paniclab.exercises;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;

/** What a run's trace says, asked in the words of the questions. */
record Facts(Run run) {

  /** A thing that happened and the event that shows it. */
  record Shown(String what, Event event) {}

  static Facts of(Run run) {
    return new Facts(run);
  }

  Outcome outcome() {
    return run.ending().outcome();
  }

  List<Event> events() {
    return run.trace().events();
  }

  boolean happened(Predicate<Event> event) {
    return events().stream().anyMatch(event);
  }

  boolean recovered() {
    return happened(e -> e instanceof Event.Recovered);
  }

  /** How many panics were raised. */
  long raised() {
    return events().stream().filter(e -> e instanceof Event.PanicRaised).count();
  }

  /** How often an operation of package sync took place, by its name, e.g. Mutex.Lock. */
  long synced(String operation) {
    return events().stream()
        .filter(e -> e instanceof Event.Synced s && s.operation().equals(operation))
        .count();
  }

  /** Whether Go called C. */
  boolean calledC() {
    return happened(e -> e instanceof Event.CgoEntered);
  }

  /** Whether the process ended while a call of C was still out. */
  boolean inC() {
    return count(Event.CgoEntered.class) > count(Event.CgoReturned.class);
  }

  /** How many callbacks from C never returned to it. */
  long callbacksLeft() {
    return count(Event.CgoCallback.class) - count(Event.CgoCallbackReturned.class);
  }

  /** Whether the C++ library said that nobody catches an exception. */
  boolean terminated() {
    return run.ending().stderr().toString().contains("terminate called after throwing");
  }

  private long count(Class<? extends Event> kind) {
    return events().stream().filter(kind::isInstance).count();
  }

  boolean recoverGaveNil(Event.RecoverNil why) {
    return happened(e -> e instanceof Event.RecoverReturnedNil r && r.why() == why);
  }

  /** The goroutine whose panic ended the process; 0 for none. */
  int panickedGoroutine() {
    if (!(outcome() instanceof Outcome.Panicked)) {
      return 0;
    }
    return last(e -> e instanceof Event.PanicRaised).map(e -> e.at().goroutine()).orElse(0);
  }

  Optional<Event> first(Predicate<Event> event) {
    return events().stream().filter(event).findFirst();
  }

  Optional<Event> last(Predicate<Event> event) {
    return events().reversed().stream().filter(event).findFirst();
  }

  /** The event that decided how the process ended. */
  Optional<Event> end() {
    Predicate<Event> decides =
        switch (outcome()) {
          case Outcome.Panicked _ -> e -> e instanceof Event.PanicRaised;
          case Outcome.Fatal _, Outcome.Thrown _ -> e -> e instanceof Event.FatalRaised;
          case Outcome.Exited _,
              Outcome.Signalled _,
              Outcome.Hung _,
              Outcome.Unfinished _,
              Outcome.OutOfModel _ ->
              e -> e instanceof Event.ProcessEnded;
        };
    // A deadlock happens nowhere: what main waits for says more.
    return last(decides)
        .filter(e -> e.at().position().isKnown())
        .or(() -> last(e -> e instanceof Event.Blocked b && b.at().goroutine() == 1))
        .or(() -> last(decides))
        .or(() -> last(e -> true));
  }

  /** The lines on stdout; a last line without a newline counts. */
  List<String> printed() {
    return run.ending().stdout().toString().lines().map(String::strip).toList();
  }

  /** The event that began the n-th line on stdout, from 0. */
  Optional<Event> printing(int line) {
    int begun = 0;
    boolean atStart = true;
    for (Event e : events()) {
      if (e instanceof Event.Printed(_, int fd, String text) && fd == 1) {
        for (int i = 0; i < text.length(); i++) {
          if (atStart && begun++ == line) {
            return Optional.of(e);
          }
          atStart = text.charAt(i) == '\n';
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The deferred calls that ran, by the labels of their statements. Calls pushed by the library
   * have no label and are left out.
   */
  List<Shown> defersRan(List<DeferSite> sites) {
    SortedMap<Integer, Deque<Event.DeferPushed>> pending = new TreeMap<>();
    List<Shown> ran = new ArrayList<>();
    for (Event e : events()) {
      if (e instanceof Event.DeferPushed p) {
        pending.computeIfAbsent(p.at().goroutine(), _ -> new ArrayDeque<>()).push(p);
      } else if (e instanceof Event.DeferRan r) {
        Deque<Event.DeferPushed> stack =
            pending.computeIfAbsent(r.at().goroutine(), _ -> new ArrayDeque<>());
        pop(stack, r.function())
            .flatMap(p -> label(sites, p.at().position()))
            .ifPresent(l -> ran.add(new Shown(l, r)));
      }
    }
    return ran;
  }

  /** Deferred calls of a goroutine run last in, first out: the newest of this name. */
  private static Optional<Event.DeferPushed> pop(Deque<Event.DeferPushed> stack, String function) {
    Iterator<Event.DeferPushed> i = stack.iterator();
    while (i.hasNext()) {
      Event.DeferPushed p = i.next();
      if (p.function().equals(function)) {
        i.remove();
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> label(List<DeferSite> sites, Position p) {
    List<DeferSite> onLine =
        sites.stream().filter(s -> s.line() == p.line() && s.file().equals(p.file())).toList();
    Optional<DeferSite> exact = onLine.stream().filter(s -> s.column() == p.column()).findFirst();
    return exact
        .or(() -> onLine.size() == 1 ? Optional.of(onLine.getFirst()) : Optional.empty())
        .map(DeferSite::label);
  }

  /** How many defer statements were executed but their calls never ran. */
  long defersNeverRun() {
    long pushed = events().stream().filter(e -> e instanceof Event.DeferPushed).count();
    return pushed - events().stream().filter(e -> e instanceof Event.DeferRan).count();
  }

  /** Goroutines other than main that were made, and those that ended. */
  long spawned() {
    return events().stream().filter(e -> e instanceof Event.Spawned).count();
  }

  long ended() {
    return events().stream()
        .filter(e -> e instanceof Event.GoroutineEnded && e.at().goroutine() != 1)
        .count();
  }
}
