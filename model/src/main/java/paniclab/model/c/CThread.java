package paniclab.model.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A thread of C: its stack, and what it waits for. */
public final class CThread {
  /** What a thread waits for. */
  public sealed interface Wait {
    /** For time to pass, in nanoseconds. */
    record Sleep(long nanos) implements Wait {}

    /** For another thread to end. */
    record Join(int thread) implements Wait {}

    /** For the mutex at an address. */
    record Mutex(long address) implements Wait {}
  }

  /**
   * A call of a Go function that C waits for.
   *
   * @param export the function
   * @param arguments as C passed them
   * @param result kind of what it returns
   */
  public record GoCall(CProgram.Export export, long[] arguments, CProgram.Function declaration) {}

  /** A try block that is open: in a frame, where it goes on, with which values, what it catches. */
  record Handler(CFrame frame, int pc, long[] values, String[] types) {}

  final int id;

  /** One past the highest address of its stack. */
  final long stackTop;

  CFrame top = CFrame.NONE;
  int errno;
  Optional<Wait> wait = Optional.empty();
  boolean retry;
  Optional<GoCall> goCall = Optional.empty();
  final List<Handler> handlers = new ArrayList<>();

  /** Where the frames begin that belong to the call in progress: those below are another's. */
  Optional<CThrown> caught = Optional.empty();

  boolean done;
  long result;

  /** Whether the stack has been deeper than what every compiler fits into it. */
  boolean doubtful;

  /** Address of the stack's end as far as it is in use. */
  long pointer;

  CThread(int id, long stackTop) {
    this.id = id;
    this.stackTop = stackTop;
    this.pointer = stackTop;
  }

  /** Its number; 0 is the thread that the process began with. */
  public int id() {
    return id;
  }

  /** What it waits for. */
  public Optional<Wait> waiting() {
    return wait;
  }

  /** The Go function it has called and that has not returned. */
  public Optional<GoCall> goCall() {
    return goCall;
  }

  /** The frames in progress, the innermost first: function, file and line. */
  public List<Place> frames() {
    List<Place> list = new ArrayList<>();
    for (CFrame f = top; f != CFrame.NONE; f = f.up) {
      list.add(new Place(f.function.name(), f.function.file(), f.line));
    }
    return list;
  }

  /** Bytes of its stack in use, as the model lays frames out. */
  public long stackBytes() {
    return stackTop - pointer;
  }

  /** Where a frame stands. */
  public record Place(String function, String file, int line) {}
}
