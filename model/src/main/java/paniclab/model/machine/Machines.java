package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import paniclab.model.explore.Replay;
import paniclab.model.explore.Schedule;
import paniclab.model.explore.Scheduler;
import paniclab.model.program.Program;

/** Runs whole programs. */
public final class Machines {
  private Machines() {}

  /**
   * Runs a program to its end or to a limit.
   *
   * @param scheduler decides; see {@code RoundRobin}, {@code Seeded}, {@code Replay}
   * @param stop asked often; when it says true the run ends as {@code Unfinished(STOPPED)}
   */
  public static Run run(
      Program program, RunOptions options, Scheduler scheduler, BooleanSupplier stop) {
    if (scheduler instanceof Replay r && r.fine()) {
      return fine(program, options, r, stop);
    }
    Recorder recorder = new Recorder(scheduler);
    Image image = new Image(program, StandardNatives.get(), false);
    Machine m = start(image, options, scheduler, recorder);
    while (m.ending().isEmpty()) {
      m.turn();
      if (stop.getAsBoolean()) {
        m.stop("the run was interrupted");
      }
    }
    return new Run(m.ending().orElseThrow(), m.trace(), recorder.schedule(), m.steps(), m.nanos());
  }

  private static Run fine(
      Program program, RunOptions options, Replay replay, BooleanSupplier stop) {
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
