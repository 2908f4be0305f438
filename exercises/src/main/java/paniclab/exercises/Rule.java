package paniclab.exercises;

import java.util.Locale;
import java.util.Optional;
import paniclab.model.outcome.Outcome;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/**
 * The rules of Go that these exercises teach. Each knows from the runs of a program whether it is
 * what decides there, so that nobody has to write down which reason is the right one.
 */
public enum Rule {
  OWN_GOROUTINE("own-goroutine", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.panickedGoroutine() > 1);
    }
  },
  DEFERRED_RECOVER("deferred-recover", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.recovered() && r.outcome() instanceof Outcome.Exited);
    }
  },
  NOT_DIRECT("not-direct", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> panicked(r) && r.recoverGaveNil(Event.RecoverNil.NOT_CALLED_BY_DEFERRED));
    }
  },
  EVALUATED_EARLY("evaluated-early", "https://go.dev/ref/spec#Defer_statements") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> panicked(r) && r.recoverGaveNil(Event.RecoverNil.NOT_PANICKING));
    }
  },
  REPANIC("repanic", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Panicked p && p.chain().size() > 1);
    }
  },
  NEWEST_PANIC("newest-panic", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.raised() > 1 && r.recovered() && r.outcome() instanceof Outcome.Exited);
    }
  },
  INNER_RECOVER("inner-recover", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.raised() > 1 && r.recovered() && panicked(r));
    }
  },
  EXIT_WHILE_PANICKING("exit-while-panicking", "https://pkg.go.dev/os#Exit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> raised(r) && !r.recovered() && !goexit(r) && r.outcome() instanceof Outcome.Exited);
    }
  },
  CLOSED_SEND("closed-send", "https://go.dev/ref/spec#Send_statements") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r ->
          panicked(r)
              && r.happened(x ->
                  x instanceof Event.PanicRaised p
                      && p.value().contains("send on closed channel")));
    }
  },
  UNWIND("unwind", "https://go.dev/ref/spec#Handling_panics") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r ->
          r.panickedGoroutine() == 1
              && !r.recovered()
              && !r.happened(x -> x instanceof Event.RecoverReturnedNil));
    }
  },
  FATAL_ERROR(
      "fatal-error", "https://go.dev/doc/articles/race_detector#Unprotected_global_variable") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Fatal && !deadlocked(r));
    }
  },
  THROW("throw", "https://pkg.go.dev/runtime#hdr-Environment_Variables") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Thrown);
    }
  },
  STACK_OVERFLOW("stack-overflow", "https://pkg.go.dev/runtime/debug#SetMaxStack") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::overflowed);
    }
  },
  FAULT_PANICS("fault-panics", "https://pkg.go.dev/os/signal#hdr-Types_of_signals") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> met(r, SignalPath.Effect.PANIC));
    }
  },
  FAULT_FATAL("fault-fatal", "https://pkg.go.dev/runtime/debug#SetPanicOnFault") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> met(r, SignalPath.Effect.FAULT));
    }
  },
  SIGNAL_DUMP(
      "signal-dump",
      "https://pkg.go.dev/os/signal#hdr-Default_behavior_of_signals_in_Go_programs") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Signalled s && !s.killed());
    }
  },
  SIGNAL_KILLS(
      "signal-kills",
      "https://pkg.go.dev/os/signal#hdr-Default_behavior_of_signals_in_Go_programs") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Signalled s && s.killed());
    }
  },
  SIGNAL_NOTHING(
      "signal-nothing",
      "https://pkg.go.dev/os/signal#hdr-Default_behavior_of_signals_in_Go_programs") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && met(r, SignalPath.Effect.NOTHING));
    }
  },
  SIGNAL_QUEUED("signal-queued", "https://pkg.go.dev/os/signal#Notify") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> met(r, SignalPath.Effect.QUEUED));
    }
  },
  STACK_GROWS("stack-grows", "https://pkg.go.dev/runtime/debug#SetMaxStack") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> quiet(r) && grewBeyondLibrary(r));
    }
  },
  STACK_SUFFICES("stack-suffices", "https://pkg.go.dev/cmd/compile#hdr-Command_Line") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> quiet(r) && !grewBeyondLibrary(r));
    }
  },
  DEADLOCK("deadlock", "https://go.dev/ref/spec#Receive_operator") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::deadlocked);
    }
  },
  GOEXIT_MAIN("goexit-main", "https://pkg.go.dev/runtime#Goexit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> deadlocked(r) && goexit(r));
    }
  },
  DETECTOR_SILENT(
      "detector-silent",
      "https://pkg.go.dev/os/signal#hdr-Default_behavior_of_signals_in_Go_programs") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Hung);
    }
  },
  MUTEX_IS_MEMORY("mutex-is-memory", "https://pkg.go.dev/sync#Mutex") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r ->
          r.outcome() instanceof Outcome.Exited
              && !raised(r)
              && r.synced("Mutex.Lock") + r.synced("RWMutex.Lock") > 0);
    }
  },
  LOCK_STAYS("lock-stays", "https://pkg.go.dev/sync#Mutex") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.recovered() && r.synced("Mutex.Lock") > r.synced("Mutex.Unlock"));
    }
  },
  GOEXIT("goexit", "https://pkg.go.dev/runtime#Goexit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> goexit(r) && !raised(r));
    }
  },
  GOEXIT_CANCELS("goexit-cancels", "https://pkg.go.dev/runtime#Goexit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> goexit(r) && raised(r) && r.outcome() instanceof Outcome.Exited && !r.recovered());
    }
  },
  EXIT_RACE("exit-race", "https://go.dev/ref/spec#Program_execution") {
    @Override
    boolean decides(Evidence e) {
      return e.verdict().witnesses().size() > 1
          && e.someRun(r -> r.outcome() instanceof Outcome.Exited)
          && e.someRun(Rule::panicked);
    }
  },
  LEAK_SILENT("leak-silent", "https://go.dev/ref/spec#Program_execution") {
    @Override
    boolean decides(Evidence e) {
      // Some goroutine ends on no schedule, whether or not it came so far as to wait.
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && !raised(r) && r.ended() < r.spawned());
    }
  },
  LEAK_ENDS("leak-ends", "https://pkg.go.dev/context#Context") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r ->
          r.outcome() instanceof Outcome.Exited
              && !raised(r)
              && r.spawned() > 0
              && r.ended() == r.spawned());
    }
  },
  NO_GOROUTINE("no-goroutine", "https://pkg.go.dev/time#After") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && r.spawned() == 0 && !raised(r));
    }
  },
  C_SIGNAL("c-signal", "https://pkg.go.dev/os/signal#hdr-Go_programs_that_use_cgo_or_SWIG") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Signalled && r.inC() && !r.terminated());
    }
  },
  CPP_THROW("cpp-throw", "https://pkg.go.dev/cmd/cgo#hdr-C_references_to_Go") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Signalled && r.inC() && r.terminated());
    }
  },
  CALLBACK_UNWINDS("callback-unwinds", "https://pkg.go.dev/cmd/cgo#hdr-C_references_to_Go") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.recovered() && r.callbacksLeft() > 0);
    }
  },
  POINTER_CHECK("pointer-check", "https://pkg.go.dev/cmd/cgo#hdr-Passing_pointers") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r ->
          r.happened(x -> x instanceof Event.PanicRaised p && p.value().contains("Go pointer")));
    }
  },
  C_EXIT("c-exit", "https://pkg.go.dev/os#Exit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(r -> r.outcome() instanceof Outcome.Exited && r.inC() && !raised(r));
    }
  },
  FREE_UNNOTICED(
      "free-unnoticed",
      "https://sourceware.org/glibc/manual/latest/html_node/Freeing-after-Malloc.html") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::calmInC);
    }
  },
  KEPT_FOR_CALL("kept-for-call", "https://pkg.go.dev/cmd/cgo#hdr-Passing_pointers") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::calmInC);
    }
  },
  COPIED_FOR_C("copied-for-c", "https://pkg.go.dev/cmd/cgo#hdr-Go_references_to_C") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::calmInC);
    }
  },
  CPP_CAUGHT("cpp-caught", "https://pkg.go.dev/cmd/cgo#hdr-Go_references_to_C") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::calmInC);
    }
  },
  STRONG_WINS("strong-wins", "https://gcc.gnu.org/onlinedocs/gcc/Common-Function-Attributes.html") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(Rule::calmInC);
    }
  },
  KEPT_TO_LINE("kept-to-line", "https://pkg.go.dev/runtime#KeepAlive") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && !raised(r) && r.defersNeverRun() == 0);
    }
  },
  OS_EXIT("os-exit", "https://pkg.go.dev/os#Exit") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && !goexit(r) && r.defersNeverRun() > 0);
    }
  },
  LAST_IN_FIRST_OUT("last-in-first-out", "https://go.dev/ref/spec#Defer_statements") {
    @Override
    boolean decides(Evidence e) {
      return e.everyRun(
          r -> r.outcome() instanceof Outcome.Exited && !raised(r) && r.defersNeverRun() == 0);
    }
  };

  private final String id;
  private final String link;

  Rule(String id, String link) {
    this.id = id;
    this.link = link;
  }

  /** Whether the program's runs came out as they did because of this rule. */
  abstract boolean decides(Evidence evidence);

  private static boolean panicked(Facts r) {
    return r.outcome() instanceof Outcome.Panicked;
  }

  private static boolean deadlocked(Facts r) {
    return r.outcome() instanceof Outcome.Fatal(String error) && error.contains("deadlock");
  }

  private static boolean overflowed(Facts r) {
    return r.outcome() instanceof Outcome.Thrown(String error) && error.equals("stack overflow");
  }

  /** Whether this became of the last signal that the process got. */
  private static boolean met(Facts r, SignalPath.Effect effect) {
    return r.last(e -> e instanceof Event.SignalDelivered)
        .filter(e -> e instanceof Event.SignalDelivered s && s.effect() == effect)
        .isPresent();
  }

  /** What calls of the library, such as fmt.Println, may make of a stack, in bytes. */
  private static final long LIBRARY_STACK = 16 << 10;

  private static boolean grewBeyondLibrary(Facts r) {
    return r.happened(e -> e instanceof Event.StackGrew g && g.to() > LIBRARY_STACK);
  }

  private static boolean quiet(Facts r) {
    return r.outcome() instanceof Outcome.Exited && !raised(r) && !goexit(r);
  }

  private static boolean raised(Facts r) {
    return r.happened(e -> e instanceof Event.PanicRaised);
  }

  /** C was called, came back each time, and nothing was raised. */
  private static boolean calmInC(Facts r) {
    return r.outcome() instanceof Outcome.Exited && r.calledC() && !r.inC() && !raised(r);
  }

  private static boolean goexit(Facts r) {
    return r.happened(e -> e instanceof Event.Goexited);
  }

  /** What items and predictions call it. */
  public String id() {
    return id;
  }

  /** Where Go says so. */
  public String link() {
    return link;
  }

  /** The rule in one sentence. */
  public String statement(Locale locale) {
    return Messages.get(locale, "rule." + id);
  }

  /** The rule of this id. */
  public static Optional<Rule> find(String id) {
    for (Rule r : values()) {
      if (r.id.equals(id)) {
        return Optional.of(r);
      }
    }
    return Optional.empty();
  }
}
