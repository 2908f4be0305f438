package paniclab.model.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sizes of frames as the compiler made them in one build of a program, and which calls it made part
 * of their caller. Read off a binary by the oracle; nothing in it is typed by a person.
 *
 * <p>As text, a line for each function: its name as a stack trace prints it, the bytes that a call
 * takes (return address included), and {@code inl} if calls of it may be made part of the caller.
 * Below it, one blank deeper each, the calls that were made part of it: name and line of the call.
 */
public final class FrameTable {
  /** Nothing is known. */
  public static final FrameTable NONE = new FrameTable(Map.of(), f -> Optional.empty());

  /**
   * A call without a frame of its own.
   *
   * @param line of the call in its file
   * @param inlined calls within it that have no frame of their own either
   */
  public record Inlined(String function, int line, List<Inlined> inlined) {
    public Inlined {
      inlined = List.copyOf(inlined);
    }
  }

  /**
   * A function as it stands in the binary.
   *
   * @param bytes of its frame, the return address included; a multiple of 8
   * @param mayBeInlined whether calls of it may have no frame without being listed as inlined
   */
  public record Entry(String function, long bytes, boolean mayBeInlined, List<Inlined> inlined) {
    public Entry {
      inlined = List.copyOf(inlined);
    }
  }

  private final Map<String, Entry> entries;

  /** Asked for what the entries do not have. */
  private final Function<String, Optional<Entry>> rest;

  private FrameTable(Map<String, Entry> entries, Function<String, Optional<Entry>> rest) {
    this.entries = entries;
    this.rest = rest;
  }

  /** A table of these functions; of two with the same name nothing is known. */
  public static FrameTable of(List<Entry> list) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> twice = new ArrayList<>();
    for (Entry e : list) {
      if (entries.put(e.function(), e) != null) {
        twice.add(e.function());
      }
    }
    twice.forEach(entries::remove);
    return new FrameTable(Collections.unmodifiableMap(entries), NONE.rest);
  }

  /**
   * A large table, kept as its text and searched in it: a program asks for few of its functions.
   *
   * @param text as {@link #format} gives it, without inlined calls, its lines in order
   */
  public static FrameTable searched(String text) {
    return new FrameTable(Map.of(), f -> search(text, f));
  }

  private static Optional<Entry> search(String text, String function) {
    int from = 0;
    int to = text.length();
    while (from < to) {
      int middle = (from + to) / 2;
      int begin = text.lastIndexOf('\n', middle - 1) + 1;
      int end = text.indexOf('\n', middle);
      end = end < 0 ? text.length() : end;
      int blank = text.indexOf(' ', begin);
      int order = function.compareTo(text.substring(begin, blank));
      if (order == 0) {
        return parse(text.substring(begin, end)).find(function);
      } else if (order < 0) {
        to = begin;
      } else {
        from = end + 1;
      }
    }
    return Optional.empty();
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return this == NONE;
  }

  /** What is known of a function, by its name in a stack trace. */
  public Optional<Entry> find(String function) {
    Entry e = entries.get(function);
    return e == null ? rest.apply(function) : Optional.of(e);
  }

  /** This table, and where it says nothing the other one. */
  public FrameTable or(FrameTable other) {
    return isEmpty()
        ? other
        : other.isEmpty()
            ? this
            : new FrameTable(entries, f -> rest.apply(f).or(() -> other.find(f)));
  }

  /** The text that {@link #parse} reads. */
  public String format() {
    StringBuilder b = new StringBuilder();
    for (Entry e : entries.values()) {
      b.append(e.function()).append(' ').append(e.bytes());
      b.append(e.mayBeInlined() ? " inl\n" : "\n");
      format(e.inlined(), " ", b);
    }
    return b.toString();
  }

  private static void format(List<Inlined> inlined, String indent, StringBuilder b) {
    for (Inlined i : inlined) {
      b.append(indent).append(i.function()).append(' ').append(i.line()).append('\n');
      format(i.inlined(), indent + " ", b);
    }
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException for a line that is none; the message names it
   */
  public static FrameTable parse(String text) {
    List<String> lines = text.lines().toList();
    List<Entry> entries = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      String[] w = words(lines, i, 0);
      int end = i + 1;
      while (end < lines.size() && lines.get(end).startsWith(" ")) {
        end++;
      }
      entries.add(
          new Entry(
              w[0],
              number(w[1], lines.get(i), i),
              w.length > 2 && w[2].equals("inl"),
              inlined(lines, i + 1, end, 1)));
      i = end;
    }
    return entries.isEmpty() ? NONE : of(entries);
  }

  private static List<Inlined> inlined(List<String> lines, int from, int to, int depth) {
    List<Inlined> out = new ArrayList<>();
    int i = from;
    while (i < to) {
      String[] w = words(lines, i, depth);
      int end = i + 1;
      while (end < to && lines.get(end).startsWith(" ".repeat(depth + 1))) {
        end++;
      }
      int line = (int) number(w[1], lines.get(i), i);
      out.add(new Inlined(w[0], line, inlined(lines, i + 1, end, depth + 1)));
      i = end;
    }
    return out;
  }

  private static String[] words(List<String> lines, int i, int depth) {
    String line = lines.get(i);
    String[] w = line.substring(Math.min(depth, line.length())).split(" ");
    if (w.length < 2 || w[0].isEmpty()) {
      throw new IllegalArgumentException(
          "line " + (i + 1) + " of the frames: \"" + line + "\" is no function and number");
    }
    return w;
  }

  private static long number(String word, String line, int i) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "line " + (i + 1) + " of the frames: \"" + line + "\" has no number", e);
    }
  }
}
