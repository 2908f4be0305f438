package paniclab.model.trace;

import java.util.List;
import paniclab.model.signal.Origin;
import paniclab.model.signal.SignalPath;

/** One thing that happened in a run, worth showing. */
public sealed interface Event {
  /** When and where. */
  At at();

  /** A go statement made a goroutine. */
  record Spawned(At at, int child, String function) implements Event {}

  /** A goroutine ended: its function returned, or Goexit ran its last deferred call. */
  record GoroutineEnded(At at) implements Event {}

  /**
   * A goroutine began to wait.
   *
   * @param object what it waits for, e.g. {@code ch} or {@code chan#1}; empty for none
   */
  record Blocked(At at, WaitReason reason, String object) implements Event {}

  /**
   * A goroutine can run again.
   *
   * @param by the goroutine that woke it, or {@link #TIMER} or {@link #SIGNAL}
   */
  record Woken(At at, int by) implements Event {
    /** Woken by a timer. */
    public static final int TIMER = 0;

    /** Woken by a signal from outside. */
    public static final int SIGNAL = -1;
  }

  /** runtime.LockOSThread wired the goroutine to its thread, or UnlockOSThread let it go. */
  record ThreadLocked(At at, boolean locked) implements Event {}

  /** runtime.GOMAXPROCS changed how many goroutines may run Go code at the same time. */
  record ProcsChanged(At at, int from, int to) implements Event {}

  /** The processor went over to this goroutine. */
  record Scheduled(At at, int from) implements Event {}

  /** A value went into a channel (at the time the send completed). */
  record Sent(At at, String channel, String value) implements Event {}

  /** A value came out of a channel; {@code ok} is false when it was closed and empty. */
  record Received(At at, String channel, String value, boolean ok) implements Event {}

  /** A channel was closed. */
  record Closed(At at, String channel) implements Event {}

  /**
   * An operation of package sync or sync/atomic.
   *
   * @param operation e.g. {@code Mutex.Lock}, {@code WaitGroup.Done}
   */
  record Synced(At at, String operation, String object) implements Event {}

  /** A defer statement put a call on the stack; {@code depth} counts those pending afterwards. */
  record DeferPushed(At at, String function, int depth) implements Event {}

  /** Why deferred calls run. */
  enum DeferCause {
    RETURN,
    PANIC,
    GOEXIT
  }

  /** A deferred call begins. */
  record DeferRan(At at, String function, DeferCause cause) implements Event {}

  /** A deferred call came back. */
  record DeferReturned(At at, String function) implements Event {}

  /**
   * A panic was raised.
   *
   * @param value as Go would print it after "panic: "
   * @param runtime whether the runtime raised it (a runtime.Error) and not a call of panic
   * @param depth how many panics are in progress in this goroutine, this one included
   */
  record PanicRaised(At at, String value, boolean runtime, int depth) implements Event {}

  /** recover stopped a panic; {@code function} called it, {@code frame} goes on as returning. */
  record Recovered(At at, String value, String function, String frame) implements Event {}

  /** Why a call of recover gave nil. */
  enum RecoverNil {
    /** No panic in this goroutine. */
    NOT_PANICKING,
    /** The caller is not a function that the panic itself runs as a deferred call. */
    NOT_CALLED_BY_DEFERRED,
    /** The panic was recovered already. */
    ALREADY_RECOVERED,
    /** A Goexit is running the deferred calls. */
    GOEXIT
  }

  /** A call of recover gave nil. */
  record RecoverReturnedNil(At at, String function, RecoverNil why) implements Event {}

  /** runtime.Goexit was called. */
  record Goexited(At at) implements Event {}

  /** The border between Go and C was crossed. */
  sealed interface Crossing extends Event {
    /** The function that was entered or left. */
    String function();

    /** How many C frames the thread has below it. */
    int depth();
  }

  /** Go called C; {@code depth} is how many C frames the thread had before. */
  record CgoEntered(At at, String function, int depth) implements Crossing {}

  /** C returned to Go. */
  record CgoReturned(At at, String function, int depth) implements Crossing {}

  /** C called an exported Go function; {@code depth} is how many C frames lie below it. */
  record CgoCallback(At at, String function, int depth) implements Crossing {}

  /** That Go function returned to C. */
  record CgoCallbackReturned(At at, String function, int depth) implements Crossing {}

  /** What may happen to memory that both Go and C know. */
  enum LifeStage {
    /** A call of C was given the address of Go memory, which is kept alive until it returns. */
    LENT,
    /** A Pinner holds Go memory. */
    PINNED,
    /** No Pinner holds it any more. */
    UNPINNED,
    /** The collector took Go memory back of which C had been given the address. */
    COLLECTED,
    /** C used it afterwards, for the first time. */
    USED_AFTER,
    /** Go got memory from C: C.CString, C.CBytes, C.malloc and their like. */
    ALLOCATED,
    /** Go gave it back, with C.free. */
    FREED,
    /** It was still there when the process ended. */
    LEFT
  }

  /**
   * A stage in the life of memory that both Go and C know.
   *
   * @param address where it begins; the model's own, the same in every run
   * @param what of Go memory its type, of C memory the function that made it
   * @param size bytes
   */
  record Lifetime(At at, LifeStage stage, long address, String what, long size) implements Event {}

  /** A fatal error (user fault) or a throw (runtime fault) ended the process: no defers run. */
  record FatalRaised(At at, String error, boolean isThrow) implements Event {}

  /** Bytes were written; {@code fd} is 1 or 2. */
  record Printed(At at, int fd, String text) implements Event {}

  /**
   * A signal reached the process; {@code at} is the goroutine it met, or 0 for none.
   *
   * @param signal e.g. SIGTERM
   * @param origin where it came from
   * @param steps its way through the runtime
   * @param effect what became of it
   */
  record SignalDelivered(
      At at, String signal, Origin origin, List<SignalPath.Step> steps, SignalPath.Effect effect)
      implements Event {
    public SignalDelivered {
      steps = List.copyOf(steps);
    }

    /** The event for a signal on its way. */
    public static SignalDelivered of(At at, SignalPath path) {
      return new SignalDelivered(
          at, path.signal().name(), path.origin(), path.steps(), path.effect());
    }
  }

  /**
   * A goroutine's stack was copied to a larger one. Sizes in bytes, powers of two from 2048.
   *
   * @param from the old size
   * @param to the new size
   * @param function whose frame found no room
   * @param depth calls in progress, that one not counted
   * @param exact whether the frames are as Go's compiler made them, and not estimated
   */
  record StackGrew(At at, long from, long to, String function, long depth, boolean exact)
      implements Event {}

  /** A timer fired. */
  record TimerFired(At at, String what) implements Event {}

  /**
   * Two goroutines touched the same variable without an order between them, one of them writing.
   */
  record DataRace(At at, String variable, int otherGoroutine) implements Event {}

  /** The process ended in this goroutine: return of main, os.Exit, a crash. */
  record ProcessEnded(At at, int status, String why) implements Event {}
}
