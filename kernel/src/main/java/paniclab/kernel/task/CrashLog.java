package paniclab.kernel.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.kernel.Messages;

/**
 * What can be read in the text of a Go crash, with whatever a log put around it.
 *
 * @param death the kind of death
 * @param goroutines header lines of goroutines, in order
 * @param frames of the goroutine that died, innermost first, without the runtime's
 */
record CrashLog(Death death, List<String> goroutines, List<String> frames) {
  private static final Pattern GOROUTINE =
      Pattern.compile("(goroutine \\d+ (?:gp=\\S+ m=\\S+ (?:mp=\\S+ )?)?\\[[^\\]]*\\]:)");
  private static final Pattern FUNCTION = Pattern.compile("^([\\w./*()\\[\\]…-]+)\\(.*\\)$");
  private static final Pattern PLACE = Pattern.compile("^\\s+(\\S+\\.go:\\d+)");
  private static final Pattern SIGNAL = Pattern.compile("^(?:\\[signal )?(SIG[A-Z0-9]+)(?::|\\b)");

  /** The kinds of death, by the header line. */
  sealed interface Death {
    /**
     * A panic nobody recovered.
     *
     * @param values of the chain, oldest first
     * @param runtime whether the runtime raised the last one
     */
    record Panic(List<String> values, boolean runtime) implements Death {}

    /** A fatal error or a throw. */
    record Fatal(String error) implements Death {}

    /** A signal, with the runtime's report. */
    record Signal(String name) implements Death {}

    /** No header line of Go's was found. */
    record Unknown() implements Death {}
  }

  CrashLog {
    goroutines = List.copyOf(goroutines);
    frames = List.copyOf(frames);
  }

  static CrashLog read(String text) {
    List<String> panics = new ArrayList<>();
    List<String> goroutines = new ArrayList<>();
    List<String> frames = new ArrayList<>();
    Optional<String> fatal = Optional.empty();
    Optional<String> signal = Optional.empty();
    boolean signalHeader = false;
    String function = "";
    for (String raw : text.lines().toList()) {
      String line = raw.stripTrailing();
      int panic = line.indexOf("panic: ");
      int error = line.indexOf("fatal error: ");
      Matcher g = GOROUTINE.matcher(line);
      Matcher f = FUNCTION.matcher(line);
      Matcher p = PLACE.matcher(line);
      Matcher s = SIGNAL.matcher(line);
      if (error >= 0 && fatal.isEmpty()) {
        fatal = Optional.of(line.substring(error + "fatal error: ".length()));
      } else if (panic >= 0 && goroutines.isEmpty()) {
        panics.add(line.substring(panic + "panic: ".length()));
      } else if (g.find()) {
        goroutines.add(g.group(1));
      } else if (s.find() && signal.isEmpty() && goroutines.isEmpty()) {
        signal = Optional.of(s.group(1));
        signalHeader = line.startsWith("SIG");
      } else if (goroutines.size() <= 1 && f.find() && !line.startsWith("created by")) {
        function = f.group(1);
      } else if (goroutines.size() <= 1 && p.find() && !function.isEmpty()) {
        if (!function.startsWith("runtime.") && !function.equals("panic")) {
          frames.add(function + " (" + p.group(1) + ")");
        }
        function = "";
      }
    }
    return new CrashLog(death(panics, fatal, signal, signalHeader), goroutines, frames);
  }

  private static Death death(
      List<String> panics, Optional<String> fatal, Optional<String> signal, boolean signalHeader) {
    if (fatal.isPresent()) {
      return new Death.Fatal(fatal.get());
    }
    if (!panics.isEmpty()) {
      String last = panics.getLast();
      boolean runtime =
          last.startsWith("runtime error:") || last.startsWith("interface conversion");
      return new Death.Panic(panics, runtime);
    }
    return signal.isPresent() && signalHeader
        ? new Death.Signal(signal.get())
        : new Death.Unknown();
  }

  /** The explanation, as Markdown. */
  String explain(Locale locale) {
    Messages m = new Messages(locale);
    StringBuilder b = new StringBuilder();
    switch (death) {
      case Death.Panic p -> {
        b.append(
            m.get(p.runtime() ? "explain.panic.runtime" : "explain.panic", p.values().getLast()));
        if (p.values().size() > 1) {
          b.append("\n\n").append(m.get("explain.chain", String.valueOf(p.values().size())));
        }
        b.append("\n\n").append(m.get("explain.panic.recover"));
      }
      case Death.Fatal f -> {
        b.append(m.get("explain.fatal", f.error()));
        b.append("\n\n").append(m.get("explain.fatal.recover"));
      }
      case Death.Signal s -> {
        b.append(m.get("explain.signal", s.name()));
        b.append("\n\n").append(m.get("explain.signal.recover"));
      }
      case Death.Unknown _ -> b.append(m.get("explain.unknown"));
    }
    if (!goroutines.isEmpty()) {
      b.append("\n\n")
          .append(
              m.get(
                  "explain.goroutines", String.valueOf(goroutines.size()), goroutines.getFirst()));
    }
    if (!frames.isEmpty()) {
      b.append("\n\n").append(m.get("explain.look", frames.getFirst()));
    }
    return b.toString();
  }
}
