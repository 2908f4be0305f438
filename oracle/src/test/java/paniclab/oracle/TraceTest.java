package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Limits;
import paniclab.model.explore.Replay;
import paniclab.model.explore.RoundRobin;
import paniclab.model.explore.Seeded;
import paniclab.model.machine.Image;
import paniclab.model.machine.Machine;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.StandardNatives;
import paniclab.model.program.Program;
import paniclab.model.sched.GStatus;
import paniclab.model.sched.SchedReplay;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.TraceValidator;
import paniclab.model.trace.WaitReason;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** What holds of every run of a chapter's programs: its trace is sound, it replays, it copies. */
class TraceTest {
  private static final int SEEDS = 3;

  /** Enough for all that end; an endless one is cut and checked as far as it came. */
  private static final RunOptions OPTIONS =
      RunOptions.DEFAULT.withLimits(Limits.RUN.withSteps(2_000_000));

  /** Turns after which a machine is copied. */
  private static final int[] COPY_AT = {1, 3, 10};

  @Test
  void everyTraceIsSoundAndReplays() {
    List<String> wrong = new ArrayList<>();
    for (GoProgram p : Corpus.builtIn().all()) {
      if (GoFrontEnd.bundled().compile(p.sources())
          instanceof Compilation.Compiled(Program program)) {
        for (int seed = 0; seed <= SEEDS; seed++) {
          Run run =
              Machines.run(
                  program, OPTIONS, seed == 0 ? new RoundRobin() : new Seeded(seed), () -> false);
          for (String v : TraceValidator.violations(run.trace())) {
            wrong.add(p.id() + " seed " + seed + ": " + v);
          }
          Run again = Machines.run(program, OPTIONS, new Replay(run.schedule()), () -> false);
          if (seed > 0 && !again.ending().same(run.ending())) {
            wrong.add(
                p.id() + " seed " + seed + ": schedule " + run.schedule() + " ends otherwise");
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aCopyEndsAsTheOriginal() {
    List<String> wrong = new ArrayList<>();
    for (GoProgram p : Corpus.builtIn().all()) {
      // A process with C in it cannot be copied, and says so: C's memory is not.
      if (!hasC(p)
          && GoFrontEnd.bundled().compile(p.sources())
              instanceof Compilation.Compiled(Program program)) {
        for (int turns : COPY_AT) {
          Machine m =
              new Machine(
                  new Image(program, StandardNatives.get(), false), OPTIONS, new RoundRobin());
          for (int i = 0; i < turns; i++) {
            m.turn();
          }
          Machine copy = m.copy(new RoundRobin());
          while (m.ending().isEmpty()) {
            m.turn();
          }
          while (copy.ending().isEmpty()) {
            copy.turn();
          }
          if (!copy.ending().orElseThrow().equals(m.ending().orElseThrow())) {
            wrong.add(p.id() + " copied after " + turns + " turns");
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static boolean hasC(GoProgram p) {
    return p.files().isEmpty()
        || p.files().stream().anyMatch(f -> f.text().contains("import \"C\""));
  }

  /** On any number of Ps, exactly those goroutines wait that the trace leaves waiting. */
  @Test
  void everyRunGoesOntoThreadsAndProcessors() {
    List<String> wrong = new ArrayList<>();
    for (GoProgram p : Corpus.builtIn().all()) {
      if (GoFrontEnd.bundled().compile(p.sources())
          instanceof Compilation.Compiled(Program program)) {
        Trace trace = Machines.run(program, OPTIONS, new RoundRobin(), () -> false).trace();
        for (int procs : new int[] {1, 2, 8}) {
          long waiting = SchedReplay.after(trace, procs).snapshot().goroutines(GStatus.WAITING);
          if (waiting != waiting(trace)) {
            wrong.add(p.id() + " on " + procs + ": " + waiting + " and not " + waiting(trace));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static long waiting(Trace trace) {
    Set<Integer> waiting = new TreeSet<>();
    for (Event e : trace.events()) {
      if (e instanceof Event.Blocked b && b.reason() != WaitReason.SYSCALL) {
        waiting.add(b.at().goroutine());
      } else if (e instanceof Event.Woken w) {
        waiting.remove(w.at().goroutine());
      }
    }
    return waiting.size();
  }
}
