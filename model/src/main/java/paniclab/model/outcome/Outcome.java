package paniclab.model.outcome;

import java.util.List;

/** How a run of a Go program ended. */
public sealed interface Outcome {

  /** The word for this kind of end in machine-readable output. */
  String word();

  /** The family of crash texts it belongs to. */
  Family family();

  /**
   * The exit status of the process; 128+n when it was killed by signal n; see {@link Unfinished}.
   */
  int exitStatus();

  /** main returned (0), or os.Exit was called. */
  record Exited(int status) implements Outcome {
    @Override
    public String word() {
      return "exited";
    }

    @Override
    public Family family() {
      return Family.NONE;
    }

    @Override
    public int exitStatus() {
      return status;
    }
  }

  /**
   * One panic of the chain that Go prints, oldest first.
   *
   * @param text as printed after "panic: "
   * @param mark "", " [recovered]" or " [recovered, repanicked]"
   * @param goexit whether this entry is a Goexit, which Go does not print
   */
  record PanicText(String text, String mark, boolean goexit) {}

  /** A panic nobody recovered. */
  record Panicked(List<PanicText> chain) implements Outcome {
    public Panicked {
      chain = List.copyOf(chain);
    }

    @Override
    public String word() {
      return "panicked";
    }

    @Override
    public Family family() {
      return Family.PANIC;
    }

    @Override
    public int exitStatus() {
      return 2;
    }
  }

  /** A fatal error of the user's making (deadlock, concurrent map use, unlock errors). */
  record Fatal(String error) implements Outcome {
    @Override
    public String word() {
      return "fatal";
    }

    @Override
    public Family family() {
      return Family.FATAL;
    }

    @Override
    public int exitStatus() {
      return 2;
    }
  }

  /** A throw of the runtime (stack overflow, thread exhaustion, panic while printing a panic). */
  record Thrown(String error) implements Outcome {
    @Override
    public String word() {
      return "thrown";
    }

    @Override
    public Family family() {
      return Family.THROW;
    }

    @Override
    public int exitStatus() {
      return 2;
    }
  }

  /**
   * A signal ended the process: the kernel killed it, or the runtime printed a dump that begins
   * with the signal's name and exited with status 2. GOTRACEBACK=crash makes every crash a process
   * killed by SIGABRT.
   *
   * @param name e.g. SIGTERM
   * @param number the signal number
   * @param killed whether the kernel killed it
   */
  record Signalled(String name, int number, boolean killed) implements Outcome {
    /** Killed by the kernel: status 128+n. */
    public static Signalled killed(String name, int number) {
      return new Signalled(name, number, true);
    }

    /** Ended by the runtime with a dump: status 2. */
    public static Signalled dumped(String name, int number) {
      return new Signalled(name, number, false);
    }

    @Override
    public String word() {
      return "signalled";
    }

    @Override
    public Family family() {
      return Family.SIGNAL;
    }

    @Override
    public int exitStatus() {
      return killed ? 128 + number : 2;
    }
  }

  /** Nothing can ever run again, yet Go's deadlock detector stays silent. */
  record Hung(String why) implements Outcome {
    @Override
    public String word() {
      return "hung";
    }

    @Override
    public Family family() {
      return Family.NONE;
    }

    @Override
    public int exitStatus() {
      return 71;
    }
  }

  /** A limit of ours was reached before the program ended. */
  record Unfinished(Limit limit, String message) implements Outcome {
    @Override
    public String word() {
      return "unfinished";
    }

    @Override
    public Family family() {
      return Family.NONE;
    }

    @Override
    public int exitStatus() {
      return 71;
    }
  }

  /** The program did something the model does not know; never a guess. */
  record OutOfModel(String reason) implements Outcome {
    @Override
    public String word() {
      return "out-of-model";
    }

    @Override
    public Family family() {
      return Family.NONE;
    }

    @Override
    public int exitStatus() {
      return 70;
    }
  }

  /** The families of Go's crash texts. */
  enum Family {
    /** Not a crash. */
    NONE("none"),
    /** {@code panic: ...}. */
    PANIC("panic"),
    /** {@code fatal error: ...}, the user's fault. */
    FATAL("fatal"),
    /** {@code fatal error: ...}, raised by the runtime's throw. */
    THROW("throw"),
    /** {@code SIGxxx: ...}. */
    SIGNAL("signal");

    private final String word;

    Family(String word) {
      this.word = word;
    }

    /** The word in machine-readable output. */
    public String word() {
      return word;
    }
  }

  /** The limits a run may reach; the defaults are in {@code Limits}. */
  enum Limit {
    STEPS("steps"),
    GOROUTINES("goroutines"),
    MEMORY("memory"),
    OUTPUT("output"),
    VIRTUAL_TIME("virtual-time"),
    STOPPED("stopped");

    private final String word;

    Limit(String word) {
      this.word = word;
    }

    /** The name in messages and machine-readable output. */
    public String word() {
      return word;
    }
  }
}
