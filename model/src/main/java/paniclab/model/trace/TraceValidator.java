package paniclab.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import paniclab.model.stack.StackLimits;

/**
 * Checks what must hold of every trace: time and steps never go back, a goroutine does nothing
 * before it is spawned, while it waits or after it has ended, nothing comes out of a channel that
 * did not go in, a panic is recovered only after it was raised, a stack only grows to a larger
 * power of two, after a signal that ends the process comes nothing but the end, and after that
 * nothing.
 */
public final class TraceValidator {
  private final List<String> violations = new ArrayList<>();
  private final Set<Integer> alive = new TreeSet<>(Set.of(1));
  private final Set<Integer> ended = new TreeSet<>();
  private final Map<Integer, Event.Blocked> waiting = new TreeMap<>();
  private final Set<Integer> locked = new TreeSet<>();
  private final Map<Integer, Integer> panics = new TreeMap<>();
  private final Map<String, Long> inFlight = new TreeMap<>();
  private final Map<Integer, Long> stacks = new TreeMap<>();
  private final Map<Long, Event.LifeStage> lives = new TreeMap<>();
  private boolean over;

  /** Whether a signal has come that the process does not outlive. */
  private boolean deadly;

  private long step;
  private long nanos;

  private TraceValidator() {}

  /** What is wrong with the trace, a line each; empty when nothing is. */
  public static List<String> violations(Trace t) {
    TraceValidator v = new TraceValidator();
    for (Event e : t.events()) {
      v.check(e);
    }
    return List.copyOf(v.violations);
  }

  private void check(Event e) {
    At at = e.at();
    require(!over, e, "after the end of the process");
    require(!deadly || endsIt(e), e, "after a signal that ends the process");
    require(at.step() >= step, e, "steps go back");
    require(at.nanos() >= nanos, e, "time goes back");
    step = at.step();
    nanos = at.nanos();
    int g = at.goroutine();
    if (g > 0) {
      require(alive.contains(g), e, "goroutine " + g + " was not spawned");
      require(!ended.contains(g), e, "goroutine " + g + " has ended");
      require(!waiting.containsKey(g) || e instanceof Event.Woken, e, "goroutine " + g + " waits");
    }
    apply(e, g);
  }

  private void apply(Event e, int g) {
    switch (e) {
      case Event.Spawned s -> require(alive.add(s.child()), e, "spawned twice");
      case Event.GoroutineEnded x -> ended.add(g);
      case Event.Blocked b -> waiting.put(g, b);
      case Event.Woken w -> require(waiting.remove(g) != null, e, "was not waiting");
      case Event.Sent s -> inFlight.merge(s.channel(), 1L, Long::sum);
      case Event.Received r -> {
        if (r.ok()) {
          long left = inFlight.merge(r.channel(), -1L, Long::sum);
          require(left >= 0 || r.channel().isEmpty(), e, "received what was not sent");
        }
      }
      case Event.PanicRaised p -> panics.merge(g, 1, Integer::sum);
      case Event.Recovered r ->
          require(panics.merge(g, -1, Integer::sum) >= 0, e, "recovered without a panic");
      case Event.SignalDelivered d -> deadly = d.effect().ends();
      case Event.ProcessEnded p -> over = true;
      case Event.Scheduled s -> {}
      case Event.ThreadLocked l ->
          require(l.locked() ? locked.add(g) : locked.remove(g), e, "locked or unlocked twice");
      case Event.ProcsChanged p -> require(p.to() > 0, e, "no processor is left");
      case Event.Closed c -> {}
      case Event.Synced s -> {}
      case Event.DeferPushed d -> {}
      case Event.DeferRan d -> {}
      case Event.DeferReturned d -> {}
      case Event.RecoverReturnedNil r -> {}
      case Event.Goexited x -> {}
      case Event.Crossing x -> {}
      case Event.Lifetime l -> lives(l);
      case Event.FatalRaised f -> {}
      case Event.Printed p -> {}
      case Event.StackGrew s -> {
        long was = stacks.getOrDefault(g, StackLimits.STACK_MIN);
        require(s.from() <= was, e, "a stack of " + s.from() + " bytes never was");
        require(s.to() > s.from() && Long.bitCount(s.to()) == 1, e, "no larger power of two");
        require(s.depth() >= 0, e, "less than no calls");
        stacks.put(g, Math.max(was, s.to()));
      }
      case Event.TimerFired t -> inFlight.merge(t.what(), 1L, Long::sum);
      case Event.DataRace r -> {}
    }
  }

  private void lives(Event.Lifetime l) {
    Event.LifeStage before = lives.put(l.address(), l.stage());
    switch (l.stage()) {
      case COLLECTED ->
          require(before != null && before != Event.LifeStage.COLLECTED, l, "C never had it");
      case USED_AFTER -> require(before == Event.LifeStage.COLLECTED, l, "it is still alive");
      case FREED, LEFT ->
          require(
              before == Event.LifeStage.ALLOCATED || before == Event.LifeStage.FREED,
              l,
              "nobody made it");
      case LENT, PINNED, UNPINNED, ALLOCATED -> {}
    }
  }

  /** Whether an event may follow a deadly signal: its fatal error, and the end. */
  private static boolean endsIt(Event e) {
    return e instanceof Event.ProcessEnded || e instanceof Event.FatalRaised;
  }

  private void require(boolean ok, Event e, String what) {
    if (!ok) {
      violations.add(what + ": " + e);
    }
  }
}
