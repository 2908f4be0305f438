package paniclab.diagrams;

import java.util.List;
import java.util.stream.Stream;
import paniclab.model.c.Loader;

/**
 * The way of a program through the dynamic loader to its first call of a library, and where it
 * ended.
 *
 * @param start how it went
 */
public record LoaderFlow(Loader.Result start) implements Diagram {
  /** The flow of a start. */
  public static LoaderFlow of(Loader.Result start) {
    return new LoaderFlow(start);
  }

  /** What would have come next. */
  List<Loader.Stage> notReached() {
    return Stream.of(Loader.Stage.MAIN, Loader.Stage.CALLED)
        .filter(s -> start.way().stream().noneMatch(step -> step.stage() == s))
        .toList();
  }
}
