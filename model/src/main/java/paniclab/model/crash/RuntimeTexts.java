package paniclab.model.crash;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words of Go's runtime that tell one family of crash texts from another. */
final class RuntimeTexts {
  private RuntimeTexts() {}

  /**
   * What {@code fatal} is called with in the runtime, sync, internal/runtime/maps and
   * internal/synctest of Go 1.21 to 1.26; everything else behind "fatal error: " comes from {@code
   * throw}.
   */
  private static final List<String> FATAL =
      List.of(
          "all goroutines are asleep - deadlock!",
          "no goroutines (main called runtime.Goexit) - deadlock!",
          "concurrent map writes",
          "concurrent map read and map write",
          "concurrent map iteration and map write",
          "concurrent map clone and map write",
          "small map with no empty slot (concurrent map writes?)",
          "sync: unlock of unlocked mutex",
          "sync: Unlock of unlocked RWMutex",
          "sync: RUnlock of unlocked RWMutex",
          "sync: inconsistent mutex state",
          "go of nil func value",
          "sync: WaitGroup.Add called from inside and outside synctest bubble",
          "sync: WaitGroup.Add called from multiple synctest bubbles",
          "close of synctest channel from outside bubble",
          "receive on synctest channel from outside bubble",
          "send on synctest channel from outside bubble",
          "select on synctest channel from outside bubble",
          "semaphore wake of synctest goroutine from outside bubble",
          "reset of synctest timer from outside bubble",
          "stop of synctest timer from outside bubble",
          "synctest timer accessed from outside bubble",
          "AllThreadsSyscall6 results differ between threads; runtime corrupted");

  /** Throws that people meet and that may stand without a trace when a log was cut. */
  private static final List<String> THROW =
      List.of(
          "stack overflow",
          "thread exhaustion",
          "out of memory",
          "fault",
          "panic while printing panic value",
          "unexpected signal during runtime execution",
          "schedule: holding locks",
          "runtime.SetFinalizer",
          "runtime.AddCleanup",
          "found bad pointer in Go heap",
          "runtime: out of memory",
          "morestack on g0");

  /** The texts of the runtime's table of signals that it reports before it ends the process. */
  private static final List<String> SIGNALS =
      List.of(
          "SIGQUIT: quit",
          "SIGILL: illegal instruction",
          "SIGTRAP: trace trap",
          "SIGABRT: abort",
          "SIGBUS: bus error",
          "SIGFPE: floating-point exception",
          "SIGSEGV: segmentation violation",
          "SIGSTKFLT: stack fault",
          "SIGSYS: bad system call",
          "SIGEMT: emulate instruction executed");

  /** What stands before the header of a throw or a signal, by the runtime, glibc or C++. */
  private static final Pattern NOTE =
      Pattern.compile(
          "runtime: .*|unexpected fault address .*|accessed data from freed user arena .*"
              + "|fatal: (?:morestack|bad|systemstack|signal) .*"
              + "|terminate called .*| +what\\(\\): .*|libc\\+\\+abi: .*"
              + "|(?:free|malloc|calloc|realloc|munmap_chunk|malloc_consolidate|munmap)\\(\\): .*"
              + "|double free or corruption.*|corrupted .*|\\*\\*\\* .* \\*\\*\\*:.*"
              + "|Fatal glibc error: .*|.*: Assertion [`'].*' failed\\.|panic during panic"
              + "|stack: frame=\\{.*|0x[0-9a-f]{8,}: .*");

  private static final Pattern GLIBC =
      Pattern.compile(
          "(?:free|malloc|calloc|realloc|munmap_chunk|malloc_consolidate)\\(\\): .*"
              + "|double free or corruption.*|corrupted (?:size|double-linked|unsorted).*"
              + "|\\*\\*\\* .* detected \\*\\*\\*:.*|Fatal glibc error: .*");

  /** Whether {@code fatal} says so, and not {@code throw}. */
  static boolean isFatal(String error) {
    return FATAL.contains(error);
  }

  /** The only family a text that was cut can belong to. */
  static Optional<Boolean> fatalIfCut(String beginning) {
    boolean fatal = FATAL.stream().anyMatch(f -> f.startsWith(beginning));
    boolean thrown = THROW.stream().anyMatch(t -> t.startsWith(beginning));
    return fatal == thrown ? Optional.empty() : Optional.of(fatal);
  }

  static boolean isKnownThrow(String error) {
    return THROW.stream().anyMatch(error::startsWith);
  }

  /** Whether a line is the header of a signal; one that was cut, if the input ends with it. */
  static boolean isSignal(String line) {
    return SIGNALS.contains(line) || CrashLine.EXCEPTION.matcher(line).matches();
  }

  static boolean isSignalIfCut(String line) {
    return line.indexOf(':') > 0 && SIGNALS.stream().anyMatch(s -> s.startsWith(line));
  }

  private static final List<String> OF_C =
      List.of(
          "free(",
          "malloc",
          "calloc(",
          "realloc(",
          "munmap_chunk(",
          "double free",
          "corrupted ",
          "*** ",
          "terminate called",
          "Fatal glibc");

  /** Whether a line begins like a message of the C library or the C++ runtime; cheap. */
  static boolean mayBeOfC(String line) {
    for (String b : OF_C) {
      if (line.startsWith(b)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line is what the C library or the C++ runtime says before it aborts. */
  static boolean isOfC(String line) {
    return isGlibc(line) || line.startsWith("terminate called ");
  }

  /** The throw that a note of the runtime announces, where only one can follow. */
  static Optional<String> announced(String note) {
    if (note.startsWith("runtime: goroutine stack exceeds ")) {
      return Optional.of("stack overflow");
    }
    if (note.startsWith("runtime: program exceeds ") && note.endsWith("-thread limit")) {
      return Optional.of("thread exhaustion");
    }
    return note.startsWith("runtime: out of memory: cannot allocate ")
        ? Optional.of("out of memory")
        : Optional.empty();
  }

  static boolean isNote(String line) {
    return NOTE.matcher(line).matches();
  }

  static boolean isGlibc(String line) {
    return GLIBC.matcher(line).matches();
  }
}
