package paniclab.model.signal;

import static paniclab.model.signal.SigFlag.DEFAULT;
import static paniclab.model.signal.SigFlag.IGN;
import static paniclab.model.signal.SigFlag.KILL;
import static paniclab.model.signal.SigFlag.NOTIFY;
import static paniclab.model.signal.SigFlag.PANIC;
import static paniclab.model.signal.SigFlag.SET_STACK;
import static paniclab.model.signal.SigFlag.THROW;
import static paniclab.model.signal.SigFlag.UNBLOCK;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The signals of linux/amd64, by number and by name. The flags and texts are those of {@code
 * src/runtime/sigtab_linux_generic.go}, the descriptions those of {@code
 * src/syscall/zerrors_linux_amd64.go} of Go 1.26; a test of the oracle compares them with both.
 */
public final class Signals {
  /** The largest signal number. */
  public static final int MAX = 64;

  private static final List<Signal> TABLE = table();

  private Signals() {}

  private static List<Signal> table() {
    List<Signal> t = new ArrayList<>();
    add(t, "SIGHUP", "terminal line hangup", "hangup", NOTIFY, KILL);
    add(t, "SIGINT", "interrupt", "interrupt", NOTIFY, KILL);
    add(t, "SIGQUIT", "quit", "quit", NOTIFY, THROW);
    add(t, "SIGILL", "illegal instruction", "illegal instruction", THROW, UNBLOCK);
    add(t, "SIGTRAP", "trace trap", "trace/breakpoint trap", THROW, UNBLOCK);
    add(t, "SIGABRT", "abort", "aborted", NOTIFY, THROW);
    add(t, "SIGBUS", "bus error", "bus error", PANIC, UNBLOCK);
    add(t, "SIGFPE", "floating-point exception", "floating point exception", PANIC, UNBLOCK);
    add(t, "SIGKILL", "kill", "killed");
    add(t, "SIGUSR1", "user-defined signal 1", "user defined signal 1", NOTIFY);
    add(t, "SIGSEGV", "segmentation violation", "segmentation fault", PANIC, UNBLOCK);
    add(t, "SIGUSR2", "user-defined signal 2", "user defined signal 2", NOTIFY);
    add(t, "SIGPIPE", "write to broken pipe", "broken pipe", NOTIFY);
    add(t, "SIGALRM", "alarm clock", "alarm clock", NOTIFY);
    add(t, "SIGTERM", "termination", "terminated", NOTIFY, KILL);
    add(t, "SIGSTKFLT", "stack fault", "stack fault", THROW, UNBLOCK);
    add(t, "SIGCHLD", "child status has changed", "child exited", NOTIFY, UNBLOCK, IGN);
    add(t, "SIGCONT", "continue", "continued", NOTIFY, DEFAULT, IGN);
    add(t, "SIGSTOP", "stop, unblockable", "stopped (signal)");
    add(t, "SIGTSTP", "keyboard stop", "stopped", NOTIFY, DEFAULT, IGN);
    add(t, "SIGTTIN", "background read from tty", "stopped (tty input)", NOTIFY, DEFAULT, IGN);
    add(t, "SIGTTOU", "background write to tty", "stopped (tty output)", NOTIFY, DEFAULT, IGN);
    add(t, "SIGURG", "urgent condition on socket", "urgent I/O condition", NOTIFY, IGN);
    add(t, "SIGXCPU", "cpu limit exceeded", "CPU time limit exceeded", NOTIFY);
    add(t, "SIGXFSZ", "file size limit exceeded", "file size limit exceeded", NOTIFY);
    add(t, "SIGVTALRM", "virtual alarm clock", "virtual timer expired", NOTIFY);
    add(t, "SIGPROF", "profiling alarm clock", "profiling timer expired", NOTIFY, UNBLOCK);
    add(t, "SIGWINCH", "window size change", "window changed", NOTIFY, IGN);
    add(t, "SIGIO", "i/o now possible", "I/O possible", NOTIFY);
    add(t, "SIGPWR", "power failure restart", "power failure", NOTIFY);
    add(t, "SIGSYS", "bad system call", "bad system call", THROW);
    while (t.size() < MAX) {
      int n = t.size() + 1;
      String name = "signal " + n;
      List<SigFlag> flags = n < 35 ? List.of(SET_STACK, UNBLOCK) : List.of(NOTIFY);
      t.add(new Signal(n, name, "", name, flags));
    }
    return List.copyOf(t);
  }

  private static void add(
      List<Signal> t, String name, String text, String description, SigFlag... flags) {
    t.add(new Signal(t.size() + 1, name, text, description, List.of(flags)));
  }

  /** All of them, by number from 1. */
  public static List<Signal> all() {
    return TABLE;
  }

  /**
   * The signal of a number.
   *
   * @throws IllegalArgumentException unless it is 1 to 64
   */
  public static Signal of(int number) {
    if (number < 1 || number > MAX) {
      throw new IllegalArgumentException(
          "there is no signal " + number + " on Linux; they go from 1 to " + MAX);
    }
    return TABLE.get(number - 1);
  }

  /**
   * The signal of a name: {@code SIGQUIT}, {@code quit} (as the kill command has it), {@code 3} or
   * {@code signal 35}.
   *
   * @throws IllegalArgumentException for any other text, naming it
   */
  public static Signal of(String name) {
    return find(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"" + name + "\" is no signal of Linux; write SIGTERM, TERM or 15"));
  }

  /** The same; empty where there is none. */
  public static Optional<Signal> find(String name) {
    String n = name.strip().toUpperCase(Locale.ROOT);
    for (Signal s : TABLE) {
      if (s.name().toUpperCase(Locale.ROOT).equals(n)
          || s.name().equals("SIG" + n)
          || Integer.toString(s.number()).equals(n)) {
        return Optional.of(s);
      }
    }
    return switch (n) {
      case "SIGIOT", "IOT" -> Optional.of(of(6));
      case "SIGCLD", "CLD" -> Optional.of(of(17));
      case "SIGPOLL", "POLL" -> Optional.of(of(29));
      default -> Optional.empty();
    };
  }
}
