package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import paniclab.model.explore.Replay;
import paniclab.model.explore.Schedule;
import paniclab.model.explore.Scheduler;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.GoString;
import paniclab.model.program.Program;
import paniclab.model.trace.Trace;

/** Runs whole programs. */
public final class Machines {
  /** Hears what a program prints while it runs. */
  public interface Stdout {
    /** Whether it wants to hear now; asked often, when there is something new. */
    boolean isDue();

    /** What has come since the last time. */
    void more(GoString text);
  }

  private static final Stdout UNHEARD =
      new Stdout() {
        @Override
        public boolean isDue() {
          return false;
        }

        @Override
        public void more(GoString text) {}
      };

  private Machines() {}

  /** Tells what came to stdout, each byte once. */
  private static final class Told {
    private final Stdout to;
    private int looked;
    private int told;

    Told(Stdout to) {
      this.to = to;
    }

    void turn(Machine m) {
      if (m.stdoutLength() != looked && to.isDue()) {
        GoString all = m.stdout();
        looked = all.length();
        int end = looked;
        while (end > told && all.byteAt(end - 1) != '\n') {
          end--;
        }
        tell(all, end);
      }
    }

    void rest(GoString all) {
      tell(all, all.length());
    }

    private void tell(GoString all, int end) {
      if (end > told) {
        to.more(all.slice(told, end));
        told = end;
      }
    }
  }

  /**
   * Runs a program to its end or to a limit.
   *
   * @param scheduler decides; see {@code RoundRobin}, {@code Seeded}, {@code Replay}
   * @param stop asked often; when it says true the run ends as {@code Unfinished(STOPPED)}
   */
  public static Run run(
      Program program, RunOptions options, Scheduler scheduler, BooleanSupplier stop) {
    return run(program, options, scheduler, stop, UNHEARD);
  }

  /**
   * The same, telling what comes to stdout while the program runs.
   *
   * @param stdout hears whole lines, and the rest at the end; all pieces together are the stdout of
   *     the ending
   */
  public static Run run(
      Program program,
      RunOptions options,
      Scheduler scheduler,
      BooleanSupplier stop,
      Stdout stdout) {
    Told told = new Told(stdout);
    try {
      Run run =
          scheduler instanceof Replay r && r.fine()
              ? fine(program, options, r, stop, told)
              : plain(program, options, scheduler, stop, told);
      told.rest(run.ending().stdout());
      return run;
    } catch (OutOfModelException e) {
      return notStarted(e.getMessage());
    }
  }

  /** A program that cannot even be set up: main or the initialiser is outside the model. */
  private static Run notStarted(String reason) {
    Ending e = new Ending(new Outcome.OutOfModel(reason), GoString.EMPTY, GoString.EMPTY);
    return new Run(e, new Trace(List.of(), 0), Schedule.FIRST, 0, 0);
  }

  private static Run plain(
      Program program, RunOptions options, Scheduler scheduler, BooleanSupplier stop, Told told) {
    Recorder recorder = new Recorder(scheduler);
    Image image = new Image(program, StandardNatives.get(), false);
    Machine m = start(image, options, scheduler, recorder);
    while (m.ending().isEmpty()) {
      m.turn();
      told.turn(m);
      if (stop.getAsBoolean()) {
        m.stop("the run was interrupted");
      }
    }
    return new Run(m.ending().orElseThrow(), m.trace(), recorder.schedule(), m.steps(), m.nanos());
  }

  private static Run fine(
      Program program, RunOptions options, Replay replay, BooleanSupplier stop, Told told) {
    Image image = new Image(program, StandardNatives.get(), true);
    FineMachine m = new FineMachine(image, options, replay, new Machine.Listener() {});
    while (m.ending().isEmpty()) {
      List<Integer> ids = m.runnable();
      if (ids.isEmpty()) {
        m.advanceTime();
      } else {
        m.advanceOption(
            ids.size() == 1
                ? 0
                : replay.choose(new Scheduler.Choice.Goroutine(ids, ids.getFirst(), false)));
      }
      told.turn(m.machine());
      if (stop.getAsBoolean()) {
        m.stop("the run was interrupted");
      }
    }
    return new Run(m.ending().orElseThrow(), m.trace(), m.schedule(), m.steps(), m.nanos());
  }

  private static Machine start(
      Image image, RunOptions options, Scheduler scheduler, Recorder recorder) {
    return new Machine(
        image,
        options,
        scheduler instanceof paniclab.model.explore.RoundRobin ? scheduler : recorder);
  }

  /** Writes down what a scheduler decides. */
  private static final class Recorder implements Scheduler {
    private final Scheduler inner;
    private final List<Integer> decisions = new ArrayList<>();

    Recorder(Scheduler inner) {
      this.inner = inner;
    }

    @Override
    public int choose(Choice choice) {
      int k = inner.choose(choice);
      decisions.add(k);
      return k;
    }

    Schedule schedule() {
      return new Schedule(decisions.stream().mapToInt(i -> i).toArray());
    }
  }
}
