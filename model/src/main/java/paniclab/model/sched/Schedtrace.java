package paniclab.model.sched;

import java.util.List;
import java.util.stream.Collectors;

/** The lines of GODEBUG=schedtrace, as runtime.schedtrace prints them (Go 1.26). */
final class Schedtrace {
  private final Snapshot s;
  private final StringBuilder out = new StringBuilder();

  Schedtrace(Snapshot s) {
    this.s = s;
  }

  /** One line, or the lines of scheddetail=1. */
  String print(long millis, int timers, boolean detailed) {
    List<Snapshot.PView> ps = s.ps().stream().filter(p -> p.status() != PStatus.DEAD).toList();
    out.append("SCHED " + millis + "ms: gomaxprocs=" + ps.size());
    out.append(" idleprocs=" + ps.stream().filter(p -> p.status() == PStatus.IDLE).count());
    out.append(" threads=" + s.threads() + " spinningthreads=" + s.threads(MState.SPINNING));
    out.append(" needspinning=0 idlethreads=" + s.threads(MState.IDLE));
    out.append(" runqueue=" + s.globalQueue().size());
    if (detailed) {
      detail(ps, timers);
    } else {
      out.append(
          ps.stream().map(p -> " " + p.queue().size()).collect(Collectors.joining("", " [", " ]")));
      out.append(
          ps.stream()
              .map(p -> p.schedtick() + " ")
              .collect(Collectors.joining("", " schedticks=[ ", "]\n")));
    }
    return out.toString();
  }

  private void detail(List<Snapshot.PView> ps, int timers) {
    boolean stopped = ps.stream().anyMatch(p -> p.status() == PStatus.GCSTOP);
    out.append(" gcwaiting=" + stopped + " nmidlelocked=" + s.threads(MState.LOCKED_IDLE));
    out.append(" stopwait=0 sysmonwait=false\n");
    for (Snapshot.PView p : ps) {
      out.append("  P" + p.id() + ": status=" + p.status().number());
      out.append(" schedtick=" + p.schedtick() + " syscalltick=" + p.syscalltick());
      out.append(" m=" + orNil(p.m(), 0) + " runqsize=" + p.queue().size());
      out.append(" gfreecnt=0 timerslen=" + (p.id() == 0 ? timers : 0) + "\n");
    }
    for (Snapshot.MView m : s.ms().reversed()) {
      if (m.state() != MState.DEAD) {
        thread(m);
      }
    }
    for (Snapshot.GView g : s.gs()) {
      out.append("  G" + g.id() + ": status=" + g.status().number() + "(" + g.waitReason() + ")");
      out.append(" m=" + orNil(g.m(), 0) + " lockedm=" + orNil(g.lockedM(), 0) + "\n");
    }
  }

  private void thread(Snapshot.MView m) {
    boolean blocked = m.state() == MState.IDLE || m.state() == MState.LOCKED_IDLE;
    out.append("  M" + m.id() + ": p=" + orNil(m.p(), 0) + " curg=" + orNil(m.curg(), 1));
    out.append(" mallocing=0 throwing=0 preemptoff= locks=" + m.locks() + " dying=0");
    out.append(" spinning=" + (m.state() == MState.SPINNING) + " blocked=" + blocked);
    out.append(" lockedg=" + orNil(m.lockedG(), 1) + "\n");
  }

  private static String orNil(int id, int first) {
    return id < first ? "nil" : Integer.toString(id);
  }
}
