package paniclab.model.explore;

import java.util.Arrays;

/**
 * A schedule: the decisions of a run, in order. A decision is the index taken among the options at
 * a place where there were at least two. Prints as run lengths, {@code 0x12,1,0x3}; the empty
 * schedule prints as {@code -}. After its end a replay takes option 0.
 *
 * <p>A fine schedule decides before every operation that another goroutine could notice, as a
 * search does, and prints with a {@code v} in front; any other one decides where a goroutine stops
 * running.
 */
public record Schedule(int[] decisions, boolean fine) {
  /** The schedule that always takes the first option. */
  public static final Schedule FIRST = new Schedule(new int[0], false);

  /** A schedule that is not fine. */
  public Schedule(int[] decisions) {
    this(decisions, false);
  }

  public Schedule {
    int n = decisions.length;
    while (n > 0 && decisions[n - 1] == 0) {
      n--;
    }
    decisions = Arrays.copyOf(decisions, n);
  }

  /** A copy of the decisions; trailing zeros are dropped. */
  @Override
  public int[] decisions() {
    return decisions.clone();
  }

  /** How many decisions up to the last that is not the first option. */
  public int length() {
    return decisions.length;
  }

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws IllegalArgumentException naming the part that is wrong
   */
  public static Schedule parse(String text) {
    String t = text.strip();
    boolean fine = t.startsWith("v");
    if (fine) {
      t = t.substring(1);
    }
    if (t.equals("-") || t.isEmpty()) {
      return new Schedule(new int[0], fine);
    }
    int[] out = new int[16];
    int n = 0;
    for (String part : t.split(",", -1)) {
      String[] p = part.strip().split("x", -1);
      int value;
      int times;
      try {
        value = Integer.parseInt(p[0]);
        times = p.length == 1 ? 1 : Integer.parseInt(p[1]);
      } catch (NumberFormatException e) {
        throw bad(text, part);
      }
      if (p.length > 2 || value < 0 || times < 1 || n + (long) times > 10_000_000) {
        throw bad(text, part);
      }
      if (n + times > out.length) {
        out = Arrays.copyOf(out, Math.max(out.length * 2, n + times));
      }
      Arrays.fill(out, n, n + times, value);
      n += times;
    }
    return new Schedule(Arrays.copyOf(out, n), fine);
  }

  private static IllegalArgumentException bad(String text, String part) {
    return new IllegalArgumentException(
        "schedule \"" + text + "\": cannot read \"" + part + "\"; write decisions as 0x12,1,0x3");
  }

  @Override
  public String toString() {
    String prefix = fine ? "v" : "";
    if (decisions.length == 0) {
      return prefix + "-";
    }
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < decisions.length; ) {
      int j = i;
      while (j < decisions.length && decisions[j] == decisions[i]) {
        j++;
      }
      b.append(b.isEmpty() ? "" : ",").append(decisions[i]);
      if (j - i > 1) {
        b.append("x").append(j - i);
      }
      i = j;
    }
    return prefix + b;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Schedule s && s.fine == fine && Arrays.equals(decisions, s.decisions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(decisions) * 2 + (fine ? 1 : 0);
  }
}
