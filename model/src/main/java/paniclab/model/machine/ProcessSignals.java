package paniclab.model.machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.Position;
import paniclab.model.signal.Origin;
import paniclab.model.signal.Scenario;
import paniclab.model.signal.Scenario.Action;
import paniclab.model.signal.Signal;
import paniclab.model.signal.SignalHandling;
import paniclab.model.signal.SignalPath;
import paniclab.model.signal.Signals;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;

/**
 * What a process has to do with signals: how it handles them, those on their way to os/signal (the
 * variable {@code sig} of {@code src/runtime/sigqueue.go}), and the world outside, which obeys a
 * {@link Scenario}.
 *
 * <p>In a plain run what comes from outside comes {@link #LATENCY} after its condition: another
 * process needs a moment. In a search it may come at any moment from then on, but before time goes
 * on past that.
 */
final class ProcessSignals {
  /** How long the world outside takes to see a text and to act, in virtual nanoseconds: 5 ms. */
  static final long LATENCY = 5_000_000L;

  /** The object that all handling of signals touches. */
  static final String OBJECT = "signals";

  /** Where the goroutine of os/signal waits for a signal. */
  static final String RECEIVER = "signal_recv";

  /** Where os/signal.Stop waits until all signals are with their channels. */
  static final String IDLE = "signalWaitUntilIdle";

  private static final long NEVER = Long.MAX_VALUE;

  private final Scenario scenario;
  final SignalHandling handling;

  /** Queued for os/signal, and taken by its goroutine: bit n-1 for signal n. */
  private long mask;

  private long recv;

  /** Sent by the program to itself and not delivered yet, in a search. */
  private final List<Signal> sent = new ArrayList<>();

  private long sentAt;

  /** What stopped the process; empty while it is not stopped. */
  private String stopped = "";

  /** What arrived while it was stopped. */
  private final List<Signal> held = new ArrayList<>();

  /** Descriptors nobody reads any more: for 1 and 2, whether output is lost and writes fail. */
  private final boolean[] deaf = new boolean[3];

  private final boolean[] broken = new boolean[3];

  /** The line that is waited for, and how far the output was searched. */
  private int index;

  private final int[] found = new int[3];
  private long since;
  private long ripe;

  ProcessSignals(Scenario scenario) {
    this(scenario, SignalHandling.atStart());
    ripe = scenario.line(0).filter(l -> l.text().isEmpty()).map(Scenario.Line::nanos).orElse(NEVER);
  }

  private ProcessSignals(Scenario scenario, SignalHandling handling) {
    this.scenario = scenario;
    this.handling = handling;
  }

  ProcessSignals copy() {
    ProcessSignals p = new ProcessSignals(scenario, handling.copy());
    p.mask = mask;
    p.recv = recv;
    p.sent.addAll(sent);
    p.sentAt = sentAt;
    p.stopped = stopped;
    p.held.addAll(held);
    System.arraycopy(deaf, 0, p.deaf, 0, deaf.length);
    System.arraycopy(broken, 0, p.broken, 0, broken.length);
    p.index = index;
    System.arraycopy(found, 0, p.found, 0, found.length);
    p.since = since;
    p.ripe = ripe;
    return p;
  }

  // ---- the world outside

  /**
   * The program wrote to a descriptor; looks whether that is what a line waits for.
   *
   * @param all what it has written there
   * @param length of the newest piece of it
   * @return whether a line's condition came true
   */
  boolean wrote(int fd, byte[] all, int length, long nanos) {
    Optional<Scenario.Line> line = scenario.line(index);
    if (ripe != NEVER || line.isEmpty() || line.get().fd() != fd) {
      return false;
    }
    byte[] text = line.get().text().getBytes(StandardCharsets.UTF_8);
    int from = Math.max(found[fd], all.length - length - text.length + 1);
    int at = indexOf(all, text, from);
    if (at < 0) {
      return false;
    }
    found[fd] = at + text.length;
    ripe = nanos + line.get().nanos();
    return true;
  }

  private static int indexOf(byte[] all, byte[] text, int from) {
    for (int i = Math.max(0, from); i + text.length <= all.length; i++) {
      int k = 0;
      while (k < text.length && all[i + k] == text[k]) {
        k++;
      }
      if (k == text.length) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Up to where a descriptor is read, if the line whose condition just came true says that its
   * reader goes away.
   */
  Optional<Integer> lastRead(int fd) {
    boolean closes =
        scenario
            .line(index)
            .filter(l -> l.action() instanceof Action.Close c && c.fd() == fd)
            .isPresent();
    if (closes && ripe != NEVER) {
      deaf[fd] = true;
      return Optional.of(found[fd]);
    }
    return Optional.empty();
  }

  /** Whether what is written there is seen by nobody. */
  boolean isDeaf(int fd) {
    return deaf[fd];
  }

  /** Whether a write there fails with EPIPE. */
  boolean isBroken(int fd) {
    return fd > 0 && fd < broken.length && broken[fd];
  }

  /** When the next thing comes from outside; the largest long for never. */
  long due(boolean searching) {
    if (!sent.isEmpty()) {
      return sentAt;
    }
    return ripe == NEVER ? NEVER : searching ? ripe : ripe + LATENCY;
  }

  /** In a search: whether something may come now. */
  boolean mayCome(long nanos) {
    return !sent.isEmpty() || ripe <= nanos;
  }

  /** In a search: until when it must have come. */
  long latest() {
    return Math.max(sent.isEmpty() ? 0 : sentAt, ripe == NEVER ? 0 : ripe) + LATENCY;
  }

  /** What will happen when it comes. */
  Operation operation(Machine m) {
    Optional<Signal> next = nextSignal();
    if (next.isEmpty()) {
      return Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);
    }
    return path(m, next.get(), Origin.KILL).effect().ends()
        ? Operation.fatal(OBJECT)
        : Operation.on(OBJECT, Operation.Kind.WRITE);
  }

  private Optional<Signal> nextSignal() {
    if (!sent.isEmpty()) {
      return Optional.of(sent.getFirst());
    }
    return scenario
        .line(index)
        .flatMap(
            l -> l.action() instanceof Action.Send s ? Optional.of(s.signal()) : Optional.empty());
  }

  /** Lets come what is to come next. {@code current} is the goroutine that runs, or null. */
  void arrive(Machine m, Goroutine current) {
    if (!sent.isEmpty()) {
      deliver(m, sent.removeFirst(), Origin.KILL, current);
      return;
    }
    Action action = scenario.line(index).orElseThrow().action();
    index++;
    since = Math.max(since, m.nanos());
    ripe = NEVER;
    scenario
        .line(index)
        .ifPresent(l -> {
          if (l.text().isEmpty()) {
            ripe = since + l.nanos();
          } else {
            byte[] all = m.written(l.fd());
            wrote(l.fd(), all, all.length, since);
            m.cutUnread(l.fd());
          }
        });
    switch (action) {
      case Action.Close(int fd) -> {
        deaf[fd] = true;
        broken[fd] = true;
      }
      case Action.Send(Signal s, Origin origin) -> deliver(m, s, origin, current);
    }
  }

  // ---- signals

  private static SignalPath path(Machine m, Signal s, Origin origin) {
    return SignalPath.sent(s, origin, m.signals.handling, m.crashes());
  }

  /** kill(2) of the program to itself: at once, or in a search whenever the search wants. */
  void sendToSelf(Machine m, Signal s, Goroutine g) {
    if (!m.searching) {
      deliver(m, s, Origin.KILL, g);
    } else if (!sent.contains(s) || s.number() >= FIRST_QUEUED) {
      sent.add(s);
      sentAt = m.nanos();
    }
  }

  /** From this number on a signal sent twice arrives twice. */
  private static final int FIRST_QUEUED = 32;

  private static final int KILL = 9;
  private static final int CONT = 18;

  private void deliver(Machine m, Signal s, Origin origin, Goroutine current) {
    if (!stopped.isEmpty() && s.number() != KILL && s.number() != CONT) {
      held.add(s);
      return;
    }
    if (s.number() == CONT) {
      stopped = "";
    }
    SignalPath path = path(m, s, origin);
    if (m.recording()) {
      m.event(Event.SignalDelivered.of(at(m, current), path));
    }
    switch (path.effect()) {
      case QUEUED -> queue(m, s);
      case STOPPED -> stopped = s.name();
      case KILLED -> m.kill(s, current);
      case DUMP -> m.dump(path, current);
      case NOTHING, CONTINUED -> {}
      case PANIC, FAULT -> throw new IllegalStateException(path.toString());
    }
    while (stopped.isEmpty() && !held.isEmpty() && m.ending().isEmpty()) {
      deliver(m, held.removeFirst(), Origin.KILL, current);
    }
  }

  private static At at(Machine m, Goroutine current) {
    return current == null ? new At(m.steps(), 0, "", Position.NONE, m.nanos()) : m.at(current);
  }

  /** sigsend, for a signal that is wanted: one that waits already is not queued again. */
  private void queue(Machine m, Signal s) {
    mask |= 1L << s.number() - 1;
    m.firstWaiter(RECEIVER).ifPresent(g -> m.ready(g, false, null));
  }

  /** signal_recv: the next signal for os/signal; 0 if there is none. */
  int receive() {
    if (recv == 0) {
      recv = mask;
      mask = 0;
    }
    int n = recv == 0 ? 0 : Long.numberOfTrailingZeros(recv) + 1;
    recv &= recv - 1;
    return n;
  }

  /** Whether a signal waits for signal_recv. */
  boolean hasQueued() {
    return (mask | recv) != 0;
  }

  /** Why nothing goes on; empty while the process is not stopped. */
  String stopped() {
    return stopped;
  }

  /** A write met a broken pipe: the kernel sends SIGPIPE to the thread that wrote. */
  void brokenPipe(Machine m, Goroutine g) {
    deliver(m, Signals.of("SIGPIPE"), Origin.KILL, g);
  }

  /** os_sigpipe: a write to standard output or error met a broken pipe. */
  void standardOutputBroken(Machine m, Goroutine g) {
    Signal pipe = Signals.of("SIGPIPE");
    if (handling.isIgnored(pipe)) {
      return;
    }
    if (handling.isWanted(pipe)) {
      queue(m, pipe);
    } else {
      m.kill(pipe, g);
    }
  }

  /** How the process is killed, for {@link Machine}. */
  static Outcome.Signalled killed(Signal s) {
    return Outcome.Signalled.killed(s.name(), s.number());
  }
}
