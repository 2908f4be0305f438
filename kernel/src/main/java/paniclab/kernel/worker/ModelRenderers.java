package paniclab.kernel.worker;

import java.util.Locale;
import paniclab.kernel.Messages;
import paniclab.kernel.task.ModelDisplays;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.trace.Trace;

/** How the model's objects are shown; loaded with the first of them. */
final class ModelRenderers {
  private ModelRenderers() {}

  static void register(Renderer renderer) {
    Locale locale = Messages.localeOfEnvironment();
    renderer.register(Run.class, r -> ModelDisplays.run(r, locale));
    renderer.register(Ending.class, e -> ModelDisplays.ending(e, locale));
    renderer.register(Outcome.class, o -> ModelDisplays.outcome(o, locale));
    renderer.register(Verdict.class, v -> ModelDisplays.verdict(v, locale));
    renderer.register(Trace.class, t -> ModelDisplays.trace(t, locale));
    renderer.register(Program.class, ModelDisplays::program);
  }
}
