package paniclab.kernel.task;

import java.util.List;
import java.util.Map;
import paniclab.diagrams.Figure;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Task;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Outcome.Limit;
import paniclab.model.program.GoString;
import paniclab.model.program.SourceFile;

/** Runs a Go program on the model and shows what it did. */
public final class GoTask implements Task {
  /** Milliseconds between two looks at what a program has printed. */
  private static final long EVERY_MS = 200;

  /** Puts what a program prints into the cell while it runs. */
  private static final class Shown implements Machines.Stdout {
    private long last = System.nanoTime();

    @Override
    public boolean isDue() {
      long now = System.nanoTime();
      boolean due = now - last >= EVERY_MS * 1_000_000;
      last = due ? now : last;
      return due;
    }

    @Override
    public void more(GoString text) {
      System.out.print(text);
    }
  }

  /** A task; it keeps nothing between two programs. */
  public GoTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    List<SourceFile> files = GoSource.of(options.text("source"));
    // Graphviz starts while the program is compiled and run.
    Thread.ofVirtual().start(Figure::warm);
    return switch (GoSource.compile(files)) {
      case GoSource.Result.Wrong w -> w.reply();
      case GoSource.Result.Ok ok ->
          show(
              cell,
              options,
              files,
              Machines.run(
                  ok.program(), options.run(), options.scheduler(), cell.stop(), new Shown()));
    };
  }

  private static Reply show(Cell cell, Options options, List<SourceFile> files, Run run) {
    String stderr = run.ending().stderr().toString();
    if (!stderr.isEmpty()) {
      cell.show(Endings.stderr(stderr));
    }
    Outcome outcome = run.ending().outcome();
    if (outcome instanceof Outcome.Unfinished u && u.limit() == Limit.STOPPED) {
      return new Reply.Stopped();
    }
    if (outcome instanceof Outcome.OutOfModel o) {
      return new Reply.Failed("OutOfModel", o.reason(), List.of(Endings.say(o, options.locale())));
    }
    cell.show(Endings.line(outcome, options.locale()));
    options.bug().ifPresent(b -> cell.show(Endings.broken(b, options.locale())));
    for (Display d : Figures.of(run.trace(), files, options.text("figure"), options.locale())) {
      cell.show(d);
    }
    return new Reply.Nothing();
  }
}
