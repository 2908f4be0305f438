package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import paniclab.model.program.Position;

/**
 * A goroutine as a crash text shows it.
 *
 * @param state the words between the brackets
 * @param frames inner to outer
 * @param createdBy display name of the function with the go statement; empty for main
 * @param parent id of the goroutine that ran it
 */
public record GoroutineView(
    int id,
    String state,
    List<FrameView> frames,
    String createdBy,
    int parent,
    Position createdAt) {

  /** What a goroutine's state ends with while it is wired to its thread. */
  static final String LOCKED = ", locked to thread";

  private static final String PACKAGE_INIT = "main.init";
  private static final Pattern INIT = Pattern.compile("main\\.init\\.\\d+");

  public GoroutineView {
    frames = List.copyOf(frames);
  }

  /** What a frame is, for those who choose which to show. */
  public enum Kind {
    /** The learner's code. */
    USER,
    /** Code of the standard library or the runtime. */
    LIBRARY,
    /** Made by the compiler. */
    WRAPPER,
    /** The runtime's gopanic or Goexit. */
    PANIC,
    GOEXIT,
    /** The function that the compiler makes of a go or defer statement with arguments. */
    CALL_WRAP,
    /** Frames of the learner's code that are not listed one by one: {@code parameters} of them. */
    ELIDED
  }

  /**
   * A frame.
   *
   * @param parameters how many the function has, the receiver included
   */
  public record FrameView(String function, Kind kind, Position position, int parameters) {}

  /** So many frames of the learner's are listed at each end of such a stack. */
  private static final int AT_EACH_END = 100;

  private static final long MINUTE = 60_000_000_000L;

  /**
   * A goroutine as it is.
   *
   * @param now virtual nanoseconds
   */
  static GoroutineView of(Goroutine g, long now) {
    List<FrameView> frames = ends(g);
    long minutes = g.waitSince == 0 ? 0 : (now - g.waitSince) / MINUTE;
    String state =
        g.state()
            + (minutes < 1 ? "" : ", " + minutes + " minutes")
            + (initialising(g) || inCallback(g) || g.locks > 0 ? LOCKED : "");
    return new GoroutineView(g.id, state, frames, g.createdBy, g.parent, g.createdAt);
  }

  /** The frames at the two ends of a stack, and how many of the learner's lie between. */
  private static List<FrameView> ends(Goroutine g) {
    int total = 0;
    for (Frame f = g.top; f != null; f = f.up) {
      total += users(f);
    }
    List<FrameView> frames = new ArrayList<>();
    int between = Math.max(0, total - 2 * AT_EACH_END);
    int i = 0;
    Frame callee = null;
    for (Frame f = g.top; f != null; f = f.up) {
      if (i >= AT_EACH_END && i + users(f) <= AT_EACH_END + between && f instanceof Bridge) {
        i += users(f);
        callee = f;
        continue;
      }
      for (Frame at = f instanceof Bridge b ? b.outline() : f; at != f.up; at = at.up) {
        if ((i < AT_EACH_END || i >= AT_EACH_END + between) && !isInitialisation(at, callee)) {
          add(at, callee, frames);
        }
        i += users(at);
        callee = at;
        if (i == AT_EACH_END && users(at) == 1 && between > 0) {
          frames.add(new FrameView("", Kind.ELIDED, Position.NONE, between));
        }
      }
    }
    addWrap(g.wrap, g.createdAt, frames);
    return frames;
  }

  private static int users(Frame f) {
    return f instanceof Bridge b ? b.users() : f.code.user && !f.code.wrapper ? 1 : 0;
  }

  private static void add(Frame f, Frame callee, List<FrameView> frames) {
    frames.add(view(f, callee));
    addWrap(f.wrap, f.wrapAt, frames);
  }

  private static void addWrap(String name, Position at, List<FrameView> frames) {
    if (name != null && !name.isEmpty()) {
      frames.add(new FrameView(name, Kind.CALL_WRAP, at, 1));
    }
  }

  private static FrameView view(Frame f, Frame callee) {
    if (f instanceof PanicFrame pf) {
      return new FrameView(
          pf.panic.goexit ? "runtime.Goexit" : "panic",
          pf.panic.goexit ? Kind.GOEXIT : Kind.PANIC,
          Position.NONE,
          1);
    }
    boolean panics = f.code.wrapper && callee instanceof PanicFrame p && !p.panic.goexit;
    boolean wrap = panics && f.code.function.displayName().contains(".deferwrap");
    // In Go the check is the runtime's, whose frames are not shown.
    boolean check = f.code.function.name().equals(CgoNatives.CHECK);
    return new FrameView(
        f.code.function.displayName(),
        wrap
            ? Kind.USER
            : f.code.wrapper || check ? Kind.WRAPPER : f.code.user ? Kind.USER : Kind.LIBRARY,
        wrap ? f.code.function.position() : position(f, callee),
        f.code.function.parameterCount());
  }

  /**
   * As a panic that nobody recovered shows the goroutine: with main unlocked from its thread, which
   * a deferred call does (but not a thread that C made), and, unless the runtime's own frames are
   * shown, without the one above the function that panicked.
   *
   * @param locked whether the program locked it too
   * @param system whether GOTRACEBACK asks for the runtime's frames
   */
  GoroutineView panicked(boolean locked, boolean system) {
    List<FrameView> below =
        frames.stream().dropWhile(f -> !system && f.kind() == Kind.PANIC).toList();
    boolean ofC =
        !frames.isEmpty()
            && frames.getLast().function().equals(CThreadStart.CODE.function.displayName());
    String now = locked || ofC ? state : state.replace(LOCKED, "");
    return new GoroutineView(id, now, below, createdBy, parent, createdAt);
  }

  /** Its state while it runs, whatever it is recorded to do. */
  public String running() {
    return state.startsWith("syscall") ? state : "running" + (state.endsWith(LOCKED) ? LOCKED : "");
  }

  /** Go that C has called is locked to the thread that called it. */
  private static boolean inCallback(Goroutine g) {
    for (Frame f = g.top; f != null; f = f.up) {
      if (f.code.function.name().startsWith(Cgo.EXPORT)) {
        return true;
      }
    }
    return false;
  }

  /** The package's init functions run on the main goroutine, locked to its thread, before main. */
  static boolean initialising(Goroutine g) {
    for (Frame f = g.top; f != null; f = f.up) {
      if (isPackageInit(f)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether Go has no such frame: its runtime calls the init functions one by one, and main only
   * after them. Variables are initialised in a frame of their own, main.init.
   */
  private static boolean isInitialisation(Frame f, Frame callee) {
    return callee != null
        && (isPackageInit(callee)
            || isPackageInit(f) && INIT.matcher(callee.code.function.displayName()).matches());
  }

  private static boolean isPackageInit(Frame f) {
    return f.injected
        && f.up != null
        && f.up.up == null
        && f.code.function.displayName().equals(PACKAGE_INIT);
  }

  /** Where a frame is: at its operation, or at the call it waits for. */
  static Position position(Frame f, Frame callee) {
    boolean atPc =
        callee == null
            || callee instanceof PanicFrame
            || callee.injected
            || callee.deferCause != null;
    if (f.pc < 0) {
      return f.code.function.position();
    }
    int i = atPc ? f.pc : f.pc - 1;
    return i >= 0 && i < f.code.at.length ? f.code.at[i] : Position.NONE;
  }
}
