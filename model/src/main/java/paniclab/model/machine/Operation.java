package paniclab.model.machine;

import java.util.List;

/**
 * What a goroutine is about to do to something that others may touch.
 *
 * @param accesses what it touches; empty for an operation that nothing depends on
 */
public record Operation(List<Access> accesses) {
  /** Depends on nothing. */
  public static final Operation NONE = new Operation(List.of());

  /** The object of all writes to standard output and error, and of the end of the process. */
  public static final Object OUTPUT = new Object();

  /** How many goroutines there are: shared by their starts and ends, read by who counts them. */
  public static final Object GOROUTINES = new Object();

  /** The state of every goroutine, which each visible operation may change. */
  public static final Object EVERYTHING = new Object();

  /** How an object is touched. */
  public enum Kind {
    READ,
    WRITE,
    SEND,
    RECEIVE,
    CLOSE,
    /** To lock what must be free for it. */
    ACQUIRE,
    /** To free what is locked. */
    RELEASE,
    /** What several may do in any order: to lock for reading, to count down. */
    SHARE,
    /** The same, but it wakes those who {@link #AWAIT}. */
    SHARE_LAST,
    /** To wait for the sharers, or to go on after them. */
    AWAIT
  }

  /**
   * One object and how it is touched; objects compare by {@code equals}, which is identity for
   * channels and cells.
   */
  public record Access(Object object, Kind kind) {}

  public Operation {
    accesses = List.copyOf(accesses);
  }

  /** An operation on one object. */
  public static Operation on(Object object, Kind kind) {
    return new Operation(List.of(new Access(object, kind)));
  }

  /** Whether the order of the two can matter. */
  public boolean dependsOn(Operation o) {
    if (looksAtAll() || o.looksAtAll()) {
      return !accesses.isEmpty() && !o.accesses.isEmpty();
    }
    for (Access a : accesses) {
      for (Access b : o.accesses) {
        if (a.object.equals(b.object) && !commute(a.kind, b.kind)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it looks at the states of all goroutines. */
  public boolean looksAtAll() {
    return !accesses.isEmpty() && accesses.getFirst().object == EVERYTHING;
  }

  /** An operation on one object that ends the process. */
  public static Operation fatal(Object object) {
    return new Operation(List.of(new Access(object, Kind.WRITE), new Access(OUTPUT, Kind.WRITE)));
  }

  /**
   * Whether this operation, which came first, could have come after {@code later} instead: it could
   * not if the later one was made possible by it on every object that both touch.
   */
  public boolean reversibleWith(Operation later) {
    if (looksAtAll() || later.looksAtAll()) {
      return true;
    }
    for (Access a : accesses) {
      for (Access b : later.accesses) {
        boolean enables =
            a.kind == Kind.RELEASE && (b.kind == Kind.ACQUIRE || b.kind == Kind.SHARE);
        if (a.object.equals(b.object) && !commute(a.kind, b.kind) && !enables) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean commute(Kind a, Kind b) {
    return switch (a) {
      case READ -> b == Kind.READ;
      case SEND -> b == Kind.RECEIVE;
      case RECEIVE -> b == Kind.SEND;
      case SHARE -> b == Kind.SHARE || b == Kind.SHARE_LAST || b == Kind.AWAIT;
      case SHARE_LAST -> b == Kind.SHARE || b == Kind.SHARE_LAST;
      case AWAIT -> b == Kind.SHARE || b == Kind.AWAIT;
      case WRITE, CLOSE, ACQUIRE, RELEASE -> false;
    };
  }
}
