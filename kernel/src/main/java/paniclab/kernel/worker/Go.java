package paniclab.kernel.worker;

import java.util.List;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.RoundRobin;
import paniclab.model.explore.Scheduler;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.model.signal.Scenario;

/** The model, from a Java cell. */
public final class Go {
  private Go() {}

  /**
   * Compiles a program of one file.
   *
   * @throws IllegalArgumentException with the compiler's lines when it does not compile for the
   *     model
   */
  public static Program compile(String source) {
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile("main.go", source)));
    return switch (c) {
      case Compilation.Compiled ok -> ok.program();
      case Compilation.Rejected _, Compilation.Unsupported _ ->
          throw new IllegalArgumentException(c.toString());
    };
  }

  /** Runs a program with the scheduler that always takes the first option. */
  public static Run run(String source) {
    return run(compile(source), new RoundRobin());
  }

  /** Runs a program. */
  public static Run run(Program program, Scheduler scheduler) {
    int cell = Cells.ofThisThread();
    return Machines.run(program, RunOptions.DEFAULT, scheduler, () -> Cells.isStopped(cell));
  }

  /**
   * Runs a program while something reaches it from outside.
   *
   * @param scenario lines as in an archive's part {@code -- signals --}, separated by semicolons
   * @throws IllegalArgumentException for lines that cannot be read, and as {@link #compile}
   */
  public static Run run(String source, String scenario) {
    int cell = Cells.ofThisThread();
    RunOptions world = RunOptions.DEFAULT.withScenario(Scenario.parseOneLine(scenario));
    return Machines.run(compile(source), world, new RoundRobin(), () -> Cells.isStopped(cell));
  }

  /** Finds every ending of a program. */
  public static Verdict explore(String source) {
    int cell = Cells.ofThisThread();
    return Explorer.explore(
        compile(source), RunOptions.DEFAULT, Exploration.DEFAULT, () -> Cells.isStopped(cell));
  }
}
