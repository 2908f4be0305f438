package paniclab.exercises;

import java.util.Locale;
import java.util.Optional;

/** What a mended program must do, on every schedule. */
public sealed interface Requirement {

  /** main returns, or the process exits with status 0: no panic, fatal error, signal or hang. */
  record NoCrash() implements Requirement {
    @Override
    public String word() {
      return "no-crash";
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.no-crash");
    }
  }

  /** When main has returned and everything has come to rest, no other goroutine is left. */
  record NoLeak() implements Requirement {
    @Override
    public String word() {
      return "no-leak";
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.no-leak");
    }
  }

  /** A line is printed on stdout. */
  record Prints(String line) implements Requirement {
    @Override
    public String word() {
      return "prints: " + line;
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.prints", line);
    }
  }

  /** A panic with this text is raised, whether or not it is recovered: the fault must stay in. */
  record Panics(String with) implements Requirement {
    @Override
    public String word() {
      return "panics: " + with;
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.panics", with);
    }
  }

  /** A call of recover stops a panic. */
  record Recovers() implements Requirement {
    @Override
    public String word() {
      return "recovers";
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.recovers");
    }
  }

  /** At least so many goroutines are started. */
  record Goroutines(int least) implements Requirement {
    @Override
    public String word() {
      return "goroutines: " + least;
    }

    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "fix.must.goroutines", String.valueOf(least));
    }
  }

  /** As item files write it; {@link #parse} reads it back. */
  String word();

  /** In a sentence. */
  String text(Locale locale);

  /** Reads a requirement; absent for what is none. */
  static Optional<Requirement> parse(String text) {
    int colon = text.indexOf(':');
    String value = colon < 0 ? "" : text.substring(colon + 1).strip();
    return switch (colon < 0 ? text.strip() : text.substring(0, colon).strip()) {
      case "no-crash" -> Optional.of(new NoCrash());
      case "no-leak" -> Optional.of(new NoLeak());
      case "recovers" -> Optional.of(new Recovers());
      case "prints" -> value.isEmpty() ? Optional.empty() : Optional.of(new Prints(value));
      case "panics" -> value.isEmpty() ? Optional.empty() : Optional.of(new Panics(value));
      case "goroutines" ->
          value.matches("[1-9]\\d{0,3}")
              ? Optional.of(new Goroutines(Integer.parseInt(value)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
