package paniclab.kernel;

import java.util.Optional;

/** How a worker ended before its time. */
sealed interface Death {
  /** It ended itself with this status. */
  record Exit(int status) implements Death {}

  /**
   * A signal ended it.
   *
   * @param name such as SIGSEGV
   */
  record Signal(String name) implements Death {}

  /** Its heap was full and stayed full. */
  record HeapExhausted(long limitBytes) implements Death {}

  /** It did not stop when it was asked to, so the front ended it. */
  record Unstoppable() implements Death {}

  /** It never became ready. */
  record NeverStarted(String why) implements Death {}

  /** The names of the signals that end a process, by number. */
  static Optional<String> signalName(int number) {
    return Optional.ofNullable(
        switch (number) {
          case 1 -> "SIGHUP";
          case 2 -> "SIGINT";
          case 3 -> "SIGQUIT";
          case 4 -> "SIGILL";
          case 5 -> "SIGTRAP";
          case 6 -> "SIGABRT";
          case 7 -> "SIGBUS";
          case 8 -> "SIGFPE";
          case 9 -> "SIGKILL";
          case 11 -> "SIGSEGV";
          case 13 -> "SIGPIPE";
          case 15 -> "SIGTERM";
          default -> null;
        });
  }
}
