package paniclab.kernel.task;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import paniclab.exercises.progress.Standing;
import paniclab.exercises.progress.StandingPage;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Task;

/** Shows where the learner stands, and what to look at again. */
public final class ProgressTask implements Task {
  /** A task. */
  public ProgressTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) throws IOException {
    var bank = Learner.predictions().bank();
    StandingPage page =
        new StandingPage(
            Standing.of(bank, Learner.attempts()),
            bank,
            new Options(arguments).locale(),
            Instant.now(),
            ZoneId.systemDefault());
    cell.show(Display.text(page.text()).and(Display.HTML, page.html()));
    return new Reply.Nothing();
  }
}
