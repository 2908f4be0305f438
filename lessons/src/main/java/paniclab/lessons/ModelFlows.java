package paniclab.lessons;

import java.util.Optional;
import paniclab.diagrams.CBoundary;
import paniclab.diagrams.CrashAnatomy;
import paniclab.diagrams.DeferStack;
import paniclab.diagrams.Diagram;
import paniclab.diagrams.Lanes;
import paniclab.diagrams.Lifetimes;
import paniclab.diagrams.LoaderFlow;
import paniclab.diagrams.Mermaid;
import paniclab.diagrams.RecoverReach;
import paniclab.diagrams.SchedulerState;
import paniclab.diagrams.SignalFlow;
import paniclab.diagrams.StackDepth;
import paniclab.diagrams.StackGrowth;
import paniclab.diagrams.WaitGraph;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Replay;
import paniclab.model.explore.RoundRobin;
import paniclab.model.explore.Schedule;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.trace.Trace;
import paniclab.programs.GoProgram;

/** Flows of runs on the model. */
public final class ModelFlows implements Flows {
  private final GoFrontEnd frontEnd;

  /** Compiles programs with this front end. */
  public ModelFlows(GoFrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  @Override
  public String mermaid(
      Block.FigureKind kind, GoProgram program, Optional<Integer> exit, Language language)
      throws NoFlow {
    Diagram diagram =
        switch (kind) {
          case ANATOMY -> CrashAnatomy.of(CrashTexts.of(program, exit));
          case LOADER -> LoaderFlow.of(LoaderTexts.of(program));
          case LANES, BOUNDARY, DEFERS, LIVES, RECOVER, SCHED, SIGNALS, WAITS, STACK, DEPTH ->
              diagram(kind, trace(program, exit));
        };
    return Mermaid.render(diagram, language.locale());
  }

  private static Diagram diagram(Block.FigureKind kind, Trace trace) {
    return switch (kind) {
      case ANATOMY, LOADER ->
          throw new IllegalArgumentException(kind + " is of a text, not of a trace");
      case LANES -> Lanes.of(trace);
      case BOUNDARY -> CBoundary.of(trace);
      case DEFERS -> DeferStack.of(trace);
      case LIVES -> Lifetimes.of(trace);
      case RECOVER -> RecoverReach.of(trace);
      case SIGNALS -> SignalFlow.of(trace);
      case SCHED -> SchedulerState.of(trace);
      case WAITS -> WaitGraph.of(trace);
      case STACK -> StackGrowth.of(trace);
      case DEPTH -> StackDepth.of(trace);
    };
  }

  private Trace trace(GoProgram source, Optional<Integer> exit) throws NoFlow {
    Program program = compile(source);
    Run run = Machines.run(program, source.world(), new RoundRobin(), () -> false);
    if (run.ending().outcome() instanceof Outcome.OutOfModel(String reason)) {
      throw new NoFlow("the model cannot run it: " + reason);
    }
    if (exit.isEmpty() || run.ending().outcome().exitStatus() == exit.get()) {
      return run.trace();
    }
    Schedule schedule = find(program, source.world(), exit.get());
    return Machines.run(program, source.world(), new Replay(schedule), () -> false).trace();
  }

  private static Schedule find(Program program, RunOptions world, int exit) throws NoFlow {
    Verdict verdict = Explorer.explore(program, world, Exploration.DEFAULT, () -> false);
    for (Verdict.Witness w : verdict.witnesses()) {
      if (w.ending().outcome().exitStatus() == exit) {
        return w.schedule();
      }
    }
    throw new NoFlow("no schedule was found that ends with exit status " + exit);
  }

  private Program compile(GoProgram source) throws NoFlow {
    return switch (frontEnd.compile(source.sources())) {
      case Compilation.Compiled(Program program) -> program.withFrames(source.frames());
      case Compilation.Rejected r -> throw new NoFlow("it does not compile: " + r);
      case Compilation.Unsupported u -> throw new NoFlow(u.toString());
    };
  }
}
