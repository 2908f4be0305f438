package paniclab.model.crash;

import java.util.List;
import java.util.function.Predicate;

/**
 * What people meet, told apart as far as the remedy differs. The order matters: the first kind that
 * fits counts, and each family ends with one that fits everything.
 */
public enum CrashKind {
  TEST_TIMEOUT(panic("test timed out after"), "C6-18", "C1-18"),
  SYNCTEST_DEADLOCK(panic("deadlock: "), "C1-15"),
  NIL_DEREFERENCE(panic("runtime error: invalid memory address or nil pointer"), "C3-20"),
  INDEX(panic("runtime error: index out of range", "runtime error: slice bounds"), "C3-21"),
  DIVISION(panic("runtime error: integer divide by zero"), "C3-19"),
  CGO_POINTER(
      panic(
          "runtime error: cgo argument has Go pointer",
          "runtime error: argument of cgo function",
          "runtime error: cgo result"),
      "C4-13"),
  NIL_MAP(panic("assignment to entry in nil map"), "C1-07", "C3-21"),
  TYPE_ASSERTION(panic("interface conversion: "), "C1-07", "C3-21"),
  SEND_ON_CLOSED(panic("send on closed channel"), "C1-13", "C1-03"),
  CLOSE_TWICE(panic("close of closed channel", "close of nil channel"), "C1-03"),
  WAIT_GROUP(panic("sync: negative WaitGroup counter", "sync: WaitGroup "), "C6-07"),
  PANIC_NIL(panic("panic called with nil argument"), "C6-12"),
  RUNTIME_ERROR(panic("runtime error: "), "C3-21"),
  LOG_PANIC(CrashKind::byLog, "C6-40"),
  OTHER_PANIC(c -> c.cause() instanceof Crash.Panicked, "C1-07", "C3-29"),
  SERVED(c -> c.cause() instanceof Crash.Served, "C6-27"),

  DEADLOCK(fatal("all goroutines are asleep"), "C5-13", "C3-27"),
  GOEXIT_ON_MAIN(fatal("no goroutines (main called runtime.Goexit)"), "C1-05"),
  CONCURRENT_MAP(fatal("concurrent map", "small map with no empty slot"), "C1-04"),
  UNLOCK(fatal("sync: "), "C6-03"),
  GO_OF_NIL(fatal("go of nil func value"), "C6-30"),
  OTHER_FATAL(c -> c.cause() instanceof Crash.FatalError, "C5-21"),

  STACK_OVERFLOW(thrown("stack overflow"), "C2-42"),
  THREADS(thrown("thread exhaustion"), "C5-16"),
  OUT_OF_MEMORY(thrown("out of memory", "runtime: out of memory"), "C1-21"),
  FAULT(thrown("fault"), "C3-18"),
  PANIC_IN_PRINT(thrown("panic while printing panic value"), "C6-19"),
  FINALIZER(thrown("runtime.SetFinalizer", "runtime.AddCleanup"), "C6-30"),
  SIGNAL_IN_RUNTIME(thrown("unexpected signal during runtime execution"), "C4-25"),
  SCHEDULER(thrown("schedule: ", "checkdead: ", "runqput: "), "C5-01"),
  OTHER_THROW(c -> c.cause() instanceof Crash.Thrown, "C5-21"),

  HEAP_OF_C(signal(s -> noted(s, RuntimeTexts::isGlibc)), "C4-05"),
  CPP_EXCEPTION(signal(s -> noted(s, n -> n.startsWith("terminate called"))), "C4-22"),
  ABORT_IN_C(signal(s -> s.inC() && s.name().equals("SIGABRT")), "C4-25"),
  FAULT_IN_C(signal(s -> s.inC() && isFault(s) && !sent(s)), "C4-25"),
  QUIT(signal(s -> s.name().equals("SIGQUIT")), "C3-10"),
  ABORT(signal(s -> s.name().equals("SIGABRT")), "C3-22"),
  FAULT_SENT(signal(s -> isFault(s) && sent(s)), "C3-16"),
  OTHER_SIGNAL(c -> c.cause() instanceof Crash.Signalled, "C3-31");

  private final Predicate<Crash> fits;
  private final List<String> claims;

  CrashKind(Predicate<Crash> fits, String... claims) {
    this.fits = fits;
    this.claims = List.of(claims);
  }

  /** The claims of the ledger that teach it, the best first. Chapter 6 is the look-up table. */
  public List<String> claims() {
    return claims;
  }

  /** The kind of a crash. */
  public static CrashKind of(Crash crash) {
    for (CrashKind k : values()) {
      if (k.fits.test(crash)) {
        return k;
      }
    }
    throw new IllegalStateException("no kind fits " + crash.firstLine());
  }

  private static Predicate<Crash> panic(String... beginnings) {
    return c ->
        c.cause() instanceof Crash.Panicked p
            && !p.chain().isEmpty()
            && starts(p.chain().getLast().value(), beginnings);
  }

  private static Predicate<Crash> fatal(String... beginnings) {
    return c -> c.cause() instanceof Crash.FatalError f && starts(f.error(), beginnings);
  }

  private static Predicate<Crash> thrown(String... beginnings) {
    return c -> c.cause() instanceof Crash.Thrown t && starts(t.error(), beginnings);
  }

  private static Predicate<Crash> signal(Predicate<Crash.Signalled> fits) {
    return c -> c.cause() instanceof Crash.Signalled s && fits.test(s);
  }

  private static boolean starts(String text, String... beginnings) {
    for (String b : beginnings) {
      if (text.startsWith(b)) {
        return true;
      }
    }
    return false;
  }

  private static boolean byLog(Crash crash) {
    return crash.cause() instanceof Crash.Panicked
        && crash
            .first()
            .filter(g -> !g.frames().isEmpty())
            .map(g -> g.frames().stream().limit(3).anyMatch(CrashKind::isLog))
            .orElse(false);
  }

  private static boolean isLog(Crash.TracedFrame f) {
    return f.function().startsWith("log.Panic")
        || f.function().startsWith("log.(*Logger).Panic")
        || f.function().startsWith("log.(*Logger).panic");
  }

  private static boolean noted(Crash.Signalled s, Predicate<String> fits) {
    return s.notes().stream().anyMatch(n -> fits.test(n.text()));
  }

  private static boolean isFault(Crash.Signalled s) {
    return List.of("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL").contains(s.name())
        || s.name().startsWith("0x"); // an exception of Windows
  }

  /** SI_USER, SI_TKILL and their like are 0 and below: a process sent the signal. */
  private static boolean sent(Crash.Signalled s) {
    return s.code().isPresent() && s.code().getAsInt() <= 0;
  }
}
