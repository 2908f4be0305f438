package paniclab.lessons;

import java.util.List;
import java.util.Optional;

/**
 * A claim of the article the lessons follow, and what became of it; or a fact it lacks.
 *
 * @param id e.g. C1-12
 * @param programs of the corpus that are evidence
 * @param command that is evidence, with what it printed first and its exit status
 * @param claim what the article says
 * @param correct what Go does
 */
public record Claim(
    String id,
    Verdict verdict,
    List<String> programs,
    Optional<Command> command,
    Text claim,
    Text correct) {
  public Claim {
    programs = List.copyOf(programs);
  }

  /** How a claim stood up to being measured. */
  public enum Verdict {
    TRUE,
    PARTLY,
    OUTDATED,
    FALSE,
    /** Nobody can know: no source is given. */
    UNVERIFIABLE,
    /** A fact that the article lacks. */
    EXTRA
  }

  /**
   * Evidence that is a command, not a program.
   *
   * @param line as typed
   * @param exit its exit status
   * @param prints a line of its output, or nothing
   */
  public record Command(String line, int exit, String prints) {}

  /** One text in both languages; Markdown, with roles. */
  public record Text(String english, String chinese) {
    /** The text in a language. */
    public String in(Language language) {
      return switch (language) {
        case EN -> english;
        case ZH_CN -> chinese;
      };
    }
  }
}
