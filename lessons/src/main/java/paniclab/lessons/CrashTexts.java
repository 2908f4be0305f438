package paniclab.lessons;

import java.util.List;
import java.util.Optional;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/** The crash texts that real Go wrote for the programs of the corpus. */
public final class CrashTexts {
  /** The levels that show most, first. */
  private static final List<Traceback> LEVELS =
      List.of(Traceback.ALL, Traceback.SINGLE, Traceback.SYSTEM, Traceback.CRASH, Traceback.NONE);

  private CrashTexts() {}

  /**
   * The crash of a program, as it was observed.
   *
   * @param exit of the run to take
   * @throws Flows.NoFlow where none was observed
   */
  public static Crash of(GoProgram program, Optional<Integer> exit) throws Flows.NoFlow {
    Observation o =
        program
            .observation()
            .orElseThrow(() -> new Flows.NoFlow("it was never measured; measure it first"));
    for (Traceback level : LEVELS) {
      for (Seen s : o.at(level)) {
        if (exit.isPresent() && !s.end().equals(new End.Exit(exit.get()))) {
          continue;
        }
        List<Crash> crashes = CrashReader.read(s.stderr().toString()).crashes();
        if (!crashes.isEmpty()) {
          return crashes.getFirst();
        }
      }
    }
    throw new Flows.NoFlow("it was never seen to crash; choose a program that does, or its :exit:");
  }
}
