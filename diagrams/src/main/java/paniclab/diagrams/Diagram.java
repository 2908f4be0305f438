package paniclab.diagrams;

/**
 * The facts of one picture, in no language and no drawing notation. Every diagram is made from a
 * trace, a verdict, or a crash text that was read, and from nothing else; {@link Dot}, {@link
 * Mermaid} and {@link PlainText} render it, {@link Figure} bundles the renderings.
 */
public sealed interface Diagram
    permits CBoundary,
        CHeapMap,
        CrashAnatomy,
        DeferStack,
        Lanes,
        Lifetimes,
        LoaderFlow,
        RecoverReach,
        ScheduleTree,
        SchedulerState,
        SignalFlow,
        StackDepth,
        StackGrowth,
        VariableFlow,
        WaitGraph {
  /** The most boxes one picture holds; above that a diagram folds and says so. */
  int MAX_NODES = 80;
}
