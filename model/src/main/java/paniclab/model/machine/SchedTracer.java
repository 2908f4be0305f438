package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import paniclab.model.sched.SchedReplay;
import paniclab.model.trace.Event;

/**
 * GODEBUG=schedtrace=N[,scheddetail=1]: prints, each N milliseconds of the virtual clock, how the
 * run lies on threads and processors. How many there are is a matter of the moment in real Go too.
 */
final class SchedTracer {
  private static final String VARIABLE = "GODEBUG=";
  private static final long MILLISECOND = 1_000_000;

  private final SchedReplay replay;
  private final int every;
  private final boolean detailed;
  private long next;

  private SchedTracer(SchedReplay replay, int every, boolean detailed, long next) {
    this.replay = replay;
    this.every = every;
    this.detailed = detailed;
    this.next = next;
  }

  /** The tracer that an environment asks for. */
  static Optional<SchedTracer> of(List<String> env, int procs) {
    String settings = "";
    for (String e : env) {
      settings = e.startsWith(VARIABLE) ? e.substring(VARIABLE.length()) : settings;
    }
    OptionalInt every = value(settings, "schedtrace");
    if (every.isEmpty()) {
      return Optional.empty();
    }
    boolean detailed = value(settings, "scheddetail").isPresent();
    return Optional.of(new SchedTracer(SchedReplay.live(procs), every.getAsInt(), detailed, 0));
  }

  /** A setting that is a number above 0; the last one counts. */
  private static OptionalInt value(String settings, String name) {
    OptionalInt value = OptionalInt.empty();
    for (String s : settings.split(",")) {
      if (s.matches(name + "=[0-9]{1,9}")) {
        int n = Integer.parseInt(s.substring(name.length() + 1));
        value = n > 0 ? OptionalInt.of(n) : OptionalInt.empty();
      }
    }
    return value;
  }

  SchedTracer copy() {
    return new SchedTracer(replay.copy(), every, detailed, next);
  }

  /** The lines due before an event; then the event happens. */
  String before(Event e) {
    StringBuilder lines = new StringBuilder();
    while (next * MILLISECOND <= e.at().nanos()) {
      lines.append(replay.scheduler().schedtrace(next, detailed));
      next += every;
    }
    replay.apply(e);
    return lines.toString();
  }
}
