package paniclab.kernel.worker;

import java.util.Locale;
import paniclab.diagrams.CBoundary;
import paniclab.diagrams.CHeapMap;
import paniclab.diagrams.Diagram;
import paniclab.diagrams.Lifetimes;
import paniclab.diagrams.LoaderFlow;
import paniclab.diagrams.VariableFlow;
import paniclab.kernel.Messages;
import paniclab.kernel.task.ModelDisplays;
import paniclab.model.c.Border;
import paniclab.model.c.CHeap;
import paniclab.model.c.Loader;
import paniclab.model.c.SharedMemory;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.stack.VariableHome;
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
    renderer.register(Diagram.class, d -> ModelDisplays.diagram(d, locale));
    renderer.register(CHeap.class, h -> ModelDisplays.diagram(CHeapMap.of(h), locale));
    renderer.register(Loader.Result.class, r -> ModelDisplays.diagram(LoaderFlow.of(r), locale));
    renderer.register(Border.class, b -> ModelDisplays.diagram(CBoundary.of(b.trace()), locale));
    renderer.register(
        SharedMemory.class, m -> ModelDisplays.diagram(Lifetimes.of(m.trace()), locale));
    renderer.register(
        VariableHome.Decision.class, d -> ModelDisplays.diagram(VariableFlow.of(d), locale));
  }
}
