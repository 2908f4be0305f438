package paniclab.model.signal;

import java.util.Locale;

/** How a process ended, and what those who look at it say. */
public sealed interface ProcessStatus {
  /**
   * It called exit.
   *
   * @param code 0 to 255
   */
  record Exited(int code) implements ProcessStatus {
    public Exited {
      if (code < 0 || code > 255) {
        throw new IllegalArgumentException(code + " is no exit status; they go from 0 to 255");
      }
    }
  }

  /** The kernel ended it because of a signal. */
  record Killed(Signal signal) implements ProcessStatus {}

  /**
   * The status that a shell's {@code $?} or a container runtime gives as a number.
   *
   * @param code as given
   * @return killed for 128+n where n is a signal, else exited: a program that calls os.Exit(143)
   *     looks the same
   */
  static ProcessStatus ofShell(int code) {
    int n = code - Signal.SHELL_BASE;
    return n >= 1 && n <= Signals.MAX ? new Killed(Signals.of(n)) : new Exited(code);
  }

  /** {@code $?} in a shell. */
  default int shell() {
    return switch (this) {
      case Exited(int code) -> code;
      case Killed(Signal signal) -> signal.killedStatus();
    };
  }

  /**
   * The exit code that docker and Kubernetes show. A Go program that is the first process of its
   * container ends otherwise: {@link SignalPath#statusAsInit}.
   */
  default int container() {
    return shell();
  }

  /** What {@code go run} prints on stderr below the program's own output; empty for success. */
  default String goRunLine() {
    return switch (this) {
      case Exited(int code) -> code == 0 ? "" : "exit status " + code;
      case Killed(Signal signal) -> "signal: " + signal.description();
    };
  }

  /** The exit status of {@code go run} itself. */
  default int goRun() {
    return equals(new Exited(0)) ? 0 : 1;
  }

  /** What {@code systemctl status} says. */
  default String systemd() {
    return switch (this) {
      case Exited(int code) -> "code=exited, status=" + code;
      case Killed(Signal signal) ->
          "code=killed, status=" + signal.number() + "/" + shortName(signal);
    };
  }

  private static String shortName(Signal s) {
    return s.name().toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
  }
}
