package paniclab.exercises.grading;

import java.nio.file.Path;
import java.util.List;

/** The ids of a class. */
public final class Students {
  private Students() {}

  /**
   * The ids in a roster, in its order.
   *
   * @throws UsageException naming the file and what is wrong with it
   */
  public static List<String> of(Path roster) {
    return List.copyOf(Roster.read(roster, Progress.NONE).students().keySet());
  }
}
