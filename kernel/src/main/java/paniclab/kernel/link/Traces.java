package paniclab.kernel.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Throwables as lines: the learner's frames, repeats folded, causes below. */
public final class Traces {
  /** The longest cycle of frames that is looked for. */
  private static final int LONGEST_CYCLE = 16;

  /** Frames shown before the rest is counted. */
  private static final int MOST_FRAMES = 40;

  /** Names frames where nothing is known of the cells. */
  public static final Function<StackTraceElement, Optional<String>> INSIDE_WORKER =
      Traces::plainName;

  private Traces() {}

  /**
   * The lines of a throwable.
   *
   * @param name names a frame, or says that it is not shown
   */
  public static List<String> lines(
      Thrown thrown, Function<StackTraceElement, Optional<String>> name) {
    List<String> lines = new ArrayList<>();
    Optional<Thrown> next = Optional.of(thrown);
    String prefix = "";
    while (next.isPresent()) {
      Thrown t = next.get();
      lines.add(prefix + t.className() + t.message().map(m -> ": " + m).orElse(""));
      List<String> names = t.frames().stream().map(name).flatMap(Optional::stream).toList();
      lines.addAll(fold(names));
      prefix = "Caused by: ";
      next = t.cause();
    }
    return lines;
  }

  private static Optional<String> plainName(StackTraceElement e) {
    if (isMachinery(e)) {
      return Optional.empty();
    }
    if (e.getClassName().startsWith("REPL.")) {
      return Optional.of(cellMethod(e).map(m -> m + "()").orElse("cell"));
    }
    return Optional.of(e.toString());
  }

  /** Whether a frame belongs to the kernel and not to the learner. */
  public static boolean isMachinery(StackTraceElement e) {
    String c = e.getClassName();
    return c.startsWith("paniclab.kernel.")
        || c.startsWith("jdk.internal.reflect.")
        || c.startsWith("java.lang.reflect.")
        || c.startsWith("java.lang.invoke.LambdaForm")
        || (c.equals("java.lang.Thread") && e.getMethodName().startsWith("run"));
  }

  /** The learner's name of a method of a cell's class; empty for the cell's own statements. */
  public static Optional<String> cellMethod(StackTraceElement e) {
    String type = e.getClassName().replaceFirst("^REPL\\.\\$JShell\\$[0-9A-Z]*\\$?", "");
    String method = e.getMethodName();
    if (method.startsWith("do_it$")) {
      return Optional.empty();
    }
    if (method.startsWith("lambda$")) {
      return Optional.of("lambda");
    }
    String owner = type.replace('$', '.');
    return Optional.of(owner.isEmpty() ? method : owner + "." + method);
  }

  /** Frames as lines; a run of repeats is one line that says how often. */
  static List<String> fold(List<String> frames) {
    List<String> lines = new ArrayList<>();
    int i = 0;
    while (i < frames.size() && lines.size() < MOST_FRAMES) {
      int period = cycleAt(frames, i);
      if (period == 0) {
        lines.add("\tat " + frames.get(i++));
        continue;
      }
      int times = 1;
      while (i + (times + 1) * period <= frames.size()
          && frames
              .subList(i, i + period)
              .equals(frames.subList(i + times * period, i + (times + 1) * period))) {
        times++;
      }
      for (String f : frames.subList(i, i + period)) {
        lines.add("\tat " + f);
      }
      lines.add(
          "\t… " + (period == 1 ? "this frame" : "these " + period + " frames") + " × " + times);
      i += times * period;
    }
    if (i < frames.size()) {
      lines.add("\t… " + (frames.size() - i) + " more");
    }
    return lines;
  }

  /** The length of a cycle that begins here and comes at least three times; 0 for none. */
  private static int cycleAt(List<String> frames, int at) {
    for (int p = 1; p <= LONGEST_CYCLE && at + 3 * p <= frames.size(); p++) {
      List<String> first = frames.subList(at, at + p);
      if (first.equals(frames.subList(at + p, at + 2 * p))
          && first.equals(frames.subList(at + 2 * p, at + 3 * p))) {
        return p;
      }
    }
    return 0;
  }
}
