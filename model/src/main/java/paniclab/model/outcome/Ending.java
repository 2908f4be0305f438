package paniclab.model.outcome;

import java.util.List;
import paniclab.model.program.GoString;

/**
 * Everything of a finished run that a person outside the process can see. Two endings are {@link
 * #same} when kind, exit status, stdout and the header lines of stderr are.
 */
public record Ending(Outcome outcome, GoString stdout, GoString stderr) {

  /** The lines of stderr that name the cause: all up to the first empty line. */
  public List<String> stderrHeader() {
    return stderr.toString().lines().takeWhile(l -> !l.isEmpty()).toList();
  }

  /** The first line of stderr, or the empty string. */
  public String firstStderrLine() {
    return stderr.toString().lines().findFirst().orElse("");
  }

  /** Whether a learner would call the two the same outcome. */
  public boolean same(Ending o) {
    return key().equals(o.key());
  }

  /** A text that is equal for endings that are the {@link #same}. */
  public String key() {
    return outcome.word()
        + "\u0000"
        + outcome.exitStatus()
        + "\u0000"
        + stdout
        + "\u0000"
        + String.join("\n", stderrHeader());
  }
}
