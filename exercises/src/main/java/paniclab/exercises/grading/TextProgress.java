package paniclab.exercises.grading;

import java.io.PrintStream;

/** Writes progress as lines: one every two seconds, so that short runs say nothing. */
public final class TextProgress implements Progress {
  private static final long INTERVAL = 2_000_000_000L;

  private final PrintStream out;
  private final long made = System.nanoTime();
  private long start;
  private long last;
  private boolean spoken;

  /** Progress on a stream, usually stderr. */
  public TextProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void keys(int items, int of) {
    long now = System.nanoTime();
    if (now - Math.max(made, last) >= INTERVAL && items < of) {
      last = now;
      out.printf("answer keys: %d of %d items in %.0f s%n", items, of, (now - made) / 1e9);
    }
  }

  @Override
  public synchronized void done(int students, int of) {
    long now = System.nanoTime();
    if (start == 0) {
      start = now;
      last = made; // the keys may have taken a while already
    }
    if (now - last < INTERVAL && (students < of || !spoken)) {
      return;
    }
    last = now;
    spoken = true;
    double seconds = (now - start) / 1e9;
    double left = seconds / students * (of - students);
    out.printf("graded %d of %d in %.0f s, about %.0f s left%n", students, of, seconds, left);
  }

  @Override
  public synchronized void note(String message) {
    out.println(message);
  }
}
