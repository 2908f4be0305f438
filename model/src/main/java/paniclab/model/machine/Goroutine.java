package paniclab.model.machine;

import paniclab.model.program.Position;
import paniclab.model.signal.Fault;
import paniclab.model.trace.WaitReason;

/** A goroutine. */
public final class Goroutine {
  /** What a goroutine is doing. */
  public enum Status {
    RUNNABLE,
    RUNNING,
    WAITING,
    DEAD
  }

  final int id;
  final int parent;
  final String createdBy;
  final Position createdAt;

  /**
   * Made by the model, not by the program: never shown, never counted. The goroutine of a thread
   * that C made is so while it runs no Go.
   */
  boolean system;

  /** Whether it runs C. */
  boolean inC;

  /** The function that the compiler makes of its go statement, or empty if it needs none. */
  String wrap = "";

  Frame top;
  PanicRecord panic;

  /** Its stack in bytes. */
  final StackState stack = new StackState();

  /** With more words of stack in use than this a call asks {@link Stacks#deeper}. */
  int softWords = Stacks.FIRST_SOFT_WORDS;

  /**
   * The signal line that a crash prints after its first lines, or empty: set by a panic that a
   * signal raised, and kept, as Go keeps it, until no panic is in progress any more.
   */
  String signal = "";

  /** The fault that is about to become a panic. */
  Fault fault = Fault.unmapped(0);

  Status status = Status.RUNNABLE;
  WaitReason waitReason;
  Object waitObject;

  /** {@link #since} while the goroutine is not on its way through a lock or a wait. */
  static final long NOT_WAITING = -1;

  /** Virtual time at which it first waited for the lock it is trying to take. */
  long since = NOT_WAITING;

  /** When it began to wait, as the collector noted it (g.waitsince); 0 for not noted. */
  long waitSince;

  /** How often LockOSThread was called more than UnlockOSThread. */
  int locks;

  /** What debug.SetPanicOnFault set. */
  boolean panicOnFault;

  /** Counts waits: a waiter of an older wait is stale. */
  long ticket;

  /** What a wait gave: set by whoever woke this goroutine. */
  boolean resumed;

  int wakeOption;
  long wakeBits;
  Object wakeRef;
  boolean wakeOk;

  /** Whether its function is over and only its end is left, where that is a step of its own. */
  enum Leaving {
    NO,
    BY_RETURN,
    BY_GOEXIT
  }

  Leaving leaving = Leaving.NO;

  /** Whether it may do the visible operation it stands before. */
  boolean granted;

  /** Whether it stands before a visible operation that it was stopped at. */
  boolean paused;

  Goroutine(int id, int parent, String createdBy, Position createdAt, boolean system) {
    this.id = id;
    this.parent = parent;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
    this.system = system;
  }

  /** The number, from 1 for main. */
  public int id() {
    return id;
  }

  /** What it is doing. */
  public Status status() {
    return status;
  }

  /** Why it waits; null while it does not. */
  public WaitReason waitReason() {
    return waitReason;
  }

  @Override
  public String toString() {
    return "goroutine " + id + " [" + state() + "]";
  }

  /** The words between the brackets of its header line in a trace. */
  public String state() {
    return switch (status) {
      case RUNNING -> inC ? "syscall" : "running";
      case RUNNABLE -> inC ? "syscall" : "runnable";
      case DEAD -> "dead";
      case WAITING -> waitReason.text();
    };
  }
}
