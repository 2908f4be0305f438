package paniclab.model.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * One goroutine on the border between Go and C, by hand: who has called whom, on which of the two
 * stacks each of them lies, and what a panic, an exception of C++ or a fault makes of it. A call of
 * C switches from the goroutine's stack to the thread's, a callback switches back (runtime.cgocall
 * and runtime.cgocallback in {@code src/runtime/cgocall.go}).
 *
 * <pre>
 * var b = Border.inMain();
 * b.guard();                  // main.main has a deferred recover
 * b.call("viaC");             // Go calls C
 * b.callback("goPanics");     // C calls Go
 * b.panics("no");             // recovered in main.main; viaC is dropped
 * b.dropped()                 // [viaC]
 * </pre>
 *
 * <p>Every method that does something throws {@link IllegalStateException} once the process has
 * ended, and where the language has no such step: a callback out of Go, a panic of C.
 */
public final class Border {
  private static final String NIL =
      "runtime error: invalid memory address or nil pointer dereference";

  /** The two stacks that a thread works on. */
  public enum Stack {
    /** The goroutine's: small at first, moved when it grows. */
    GOROUTINE,
    /** The thread's, which C uses: of a fixed size. */
    THREAD
  }

  /**
   * A function in progress.
   *
   * @param guarded whether it stops what comes up from below: a deferred recover in Go, a catch in
   *     C++
   */
  public record Frame(String function, Stack stack, boolean guarded) {
    /** Whether it is C. */
    public boolean isC() {
      return stack == Stack.THREAD;
    }
  }

  /**
   * How the process ended.
   *
   * @param status its exit status
   * @param why the first words on stderr; empty where it just returned
   */
  public record End(int status, String why) {}

  private final List<Frame> frames = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private List<String> dropped = List.of();
  private Optional<End> end = Optional.empty();

  private Border(String function) {
    frames.add(new Frame(function, Stack.GOROUTINE, false));
  }

  /** A process that has begun: {@code main.main}, and nothing of C yet. */
  public static Border inMain() {
    return new Border("main.main");
  }

  /** The functions in progress, the outermost first. */
  public List<Frame> frames() {
    return List.copyOf(frames);
  }

  /** The innermost function. */
  public Frame top() {
    return frames.getLast();
  }

  /** The C functions that the last panic passed over: they never go on. */
  public List<String> dropped() {
    return dropped;
  }

  /** How the process ended; absent while it runs. */
  public Optional<End> end() {
    return end;
  }

  /** What has happened, as a run of the model would tell it. */
  public Trace trace() {
    return new Trace(events, 0);
  }

  /** The innermost function has a deferred recover (Go) or a catch for everything (C++). */
  public Border guard() {
    running();
    Frame f = frames.removeLast();
    frames.add(new Frame(f.function(), f.stack(), true));
    return this;
  }

  /** The innermost function calls another of its own side: no border is crossed. */
  public Border enter(String function) {
    running();
    frames.add(new Frame(function, top().stack(), false));
    return this;
  }

  /** Go calls C. */
  public Border call(String function) {
    in(Stack.GOROUTINE, "calls C");
    events.add(new Event.CgoEntered(at(), function, depth()));
    frames.add(new Frame(function, Stack.THREAD, false));
    return this;
  }

  /** C calls an exported Go function: it runs on the stack of the goroutine, above the call. */
  public Border callback(String function) {
    in(Stack.THREAD, "calls back");
    events.add(new Event.CgoCallback(at(), function, depth()));
    frames.add(new Frame(function, Stack.GOROUTINE, false));
    return this;
  }

  /** The innermost function returns; that of main.main ends the process with status 0. */
  public Border returns() {
    running();
    Frame f = frames.removeLast();
    if (frames.isEmpty()) {
      frames.add(f);
      return ended(0, "");
    }
    if (f.isC() && !top().isC()) {
      events.add(new Event.CgoReturned(at(), f.function(), depth()));
    } else if (!f.isC() && top().isC()) {
      events.add(new Event.CgoCallbackReturned(at(), f.function(), depth()));
    }
    return this;
  }

  /**
   * The innermost function, in Go, panics. The panic unwinds Go frames and passes over those of C,
   * which it drops, up to a deferred recover; the function that has it returns to its caller.
   */
  public Border panics(String value) {
    in(Stack.GOROUTINE, "panics");
    events.add(new Event.PanicRaised(at(), value, value.startsWith("runtime error: "), 1));
    int i = frames.size() - 1;
    while (i >= 0 && (frames.get(i).isC() || !frames.get(i).guarded())) {
      i--;
    }
    if (i < 0) {
      return ended(2, "panic: " + value);
    }
    List<Frame> above = frames.subList(i + 1, frames.size());
    dropped = above.stream().filter(Frame::isC).map(Frame::function).toList();
    above.clear();
    String function = top().function();
    events.add(new Event.Recovered(at(), value, function + ".func1", function));
    return returns();
  }

  /**
   * C++ throws. Only a catch on this side of the border is found: the C++ library cannot read Go's
   * frames, gives up and calls {@code std::terminate}.
   *
   * @param type of what is thrown, e.g. {@code int}
   */
  public Border throwsException(String type) {
    in(Stack.THREAD, "throws");
    int i = frames.size() - 1;
    while (frames.get(i).isC() && !frames.get(i).guarded()) {
      i--;
    }
    if (!frames.get(i).isC()) {
      return ended(2, "terminate called after throwing an instance of '" + type + "'");
    }
    frames.subList(i + 1, frames.size()).clear();
    return this;
  }

  /** A null pointer is used here: a panic in Go; in C a signal that ends the process. */
  public Border faults() {
    running();
    return top().isC() ? ended(2, "SIGSEGV: segmentation violation") : panics(NIL);
  }

  /** C calls abort, or glibc does. */
  public Border aborts() {
    in(Stack.THREAD, "aborts");
    return ended(2, "SIGABRT: abort");
  }

  /** os.Exit or exit(3): nothing is unwound on either side. */
  public Border exits(int status) {
    running();
    return ended(status, top().isC() ? "exit(3) in C" : "os.Exit");
  }

  private Border ended(int status, String why) {
    events.add(new Event.ProcessEnded(at(), status, why));
    end = Optional.of(new End(status, why));
    return this;
  }

  private void in(Stack stack, String what) {
    running();
    if (top().stack() != stack) {
      throw new IllegalStateException(
          top().function() + ", which is " + (top().isC() ? "C" : "Go") + ", never " + what);
    }
  }

  private void running() {
    end.ifPresent(e -> {
      throw new IllegalStateException("the process has ended with status " + e.status());
    });
  }

  /** How many C frames the thread has. */
  private int depth() {
    return (int) frames.stream().filter(Frame::isC).count();
  }

  private At at() {
    return new At(events.size(), 1, top().function(), Position.NONE, 0);
  }

  @Override
  public String toString() {
    StringBuilder b = new StringBuilder();
    for (Frame f : frames) {
      b.append(b.isEmpty() ? "" : " → ").append(f.function());
      b.append(f.isC() ? " [C]" : " [Go]");
    }
    end.ifPresent(e -> b.append(" ended with ").append(e.status()));
    return b.toString();
  }
}
