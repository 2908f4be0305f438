package paniclab.model.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a crash text in which two crashes of the same program are compared.
 *
 * <p>What the source text alone decides stays: header lines, states, names of the program's own
 * functions, file and line, {@code created by}, order. What depends on the machine, the moment or
 * the very compiler goes:
 *
 * <ul>
 *   <li>hexadecimal numbers become {@code 0xN}, argument words {@code (...)}; offsets, registers
 *       and stack positions are cut, and so are the directories of file names;
 *   <li>goroutine 1 keeps its number, the others are numbered from 2 by first appearance;
 *   <li>frames of the runtime and of the standard library are dropped, but {@code panic(...)},
 *       which stands between a deferred function and the frame that panicked, stays;
 *   <li>goroutines without any frame of the program are dropped, and so is the runtime's own stack;
 *   <li>in a stack that Go shortened, each frame is listed once: which ones fall inside the hundred
 *       that Go prints depends on frame sizes.
 * </ul>
 *
 * Text that is no part of a crash only has its hexadecimal numbers masked. Source of the grammar:
 * {@code src/runtime/traceback.go} and {@code panic.go} of Go 1.26.
 */
public final class NormalForm {
  private static final Pattern HEX = Pattern.compile("0x[0-9a-f]+\\??");
  private static final Pattern GOROUTINE =
      Pattern.compile("goroutine (\\d+)(?: gp=\\S+ m=\\S+(?: mp=\\S+)?)? \\[(.*)\\]:");
  private static final Pattern CREATED =
      Pattern.compile("created by (\\S+)(?: in goroutine (\\d+))?");
  private static final Pattern PLACE = Pattern.compile("\\t(?:.*[/\\\\])?([^/\\\\]+:\\d+)(?: .*)?");
  private static final Pattern REGISTER = Pattern.compile("(?:r[a-z0-9]{1,5}|cs|fs|gs) +0xN");
  private static final Pattern ELIDED = Pattern.compile("\\.\\.\\.\\d+ frames elided\\.\\.\\.");
  private static final Pattern IN_USE = Pattern.compile("\\(\\d+ in use\\)");
  private static final String PANIC_FRAME = "panic(...)";
  private static final String PROGRAM_PACKAGE = "main.";

  private final List<String> out = new ArrayList<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private NormalForm() {
    numbers.put("1", 1);
  }

  /** The normal form of everything a process wrote to stderr. Applying it again changes nothing. */
  public static String of(String stderr) {
    NormalForm n = new NormalForm();
    n.read(HEX.matcher(stderr).replaceAll("0xN").split("\n", -1));
    return String.join("\n", n.out);
  }

  private void read(String[] lines) {
    int i = 0;
    while (i < lines.length) {
      String line = lines[i];
      int end = endOfBlock(lines, i);
      if (line.equals("runtime stack:")) {
        dropped(lines, end);
        i = end;
      } else if (GOROUTINE.matcher(line).matches() && end > i + 1) {
        goroutine(lines, i, end);
        i = end;
      } else {
        if (!REGISTER.matcher(line).matches()) {
          out.add(IN_USE.matcher(line).replaceAll("(N in use)"));
        }
        i++;
      }
    }
  }

  private static int endOfBlock(String[] lines, int from) {
    int i = from;
    while (i < lines.length && !lines[i].isEmpty()) {
      i++;
    }
    return i;
  }

  /** Removes the empty line in front of a block that is left out, unless the text ends with it. */
  private void dropped(String[] lines, int end) {
    boolean followed = end < lines.length;
    if (followed && !out.isEmpty() && out.getLast().isEmpty()) {
      out.removeLast();
    }
  }

  private void goroutine(String[] lines, int from, int end) {
    Block block = new Block();
    for (int i = from + 1; i < end; i++) {
      String line = lines[i];
      String place = i + 1 < end ? place(lines[i + 1]) : "";
      Matcher created = CREATED.matcher(line);
      if (created.matches()) {
        block.created(created.group(1), created.group(2), place);
      } else if (ELIDED.matcher(line).matches()) {
        block.elided = true;
      } else if (line.equals("\tgoroutine running on other thread; stack unavailable")) {
        block.frames.add(line);
      } else if (!line.startsWith("\t")) {
        block.frame(line, place);
      }
    }
    if (!block.shown()) {
      dropped(lines, end);
      return;
    }
    Matcher head = GOROUTINE.matcher(lines[from]);
    if (!head.matches()) {
      throw new IllegalStateException("not a goroutine header: " + lines[from]);
    }
    out.add("goroutine " + number(head.group(1)) + " [" + head.group(2) + "]:");
    out.addAll(block.elided ? new LinkedHashSet<>(block.frames) : block.frames);
    if (!block.creator.isEmpty()) {
      out.add(
          "created by "
              + block.creator
              + (block.parent.isEmpty() ? "" : " in goroutine " + number(block.parent))
              + block.creatorPlace);
    }
  }

  private int number(String goroutine) {
    Integer known = numbers.get(goroutine);
    if (known != null) {
      return known;
    }
    int next = numbers.size() + 1;
    numbers.put(goroutine, next);
    return next;
  }

  private static String place(String line) {
    Matcher m = PLACE.matcher(line);
    return m.matches() ? m.group(1) : "";
  }

  private static final class Block {
    final List<String> frames = new ArrayList<>();
    boolean elided;
    String creator = "";
    String parent = "";
    String creatorPlace = "";

    /** Keeps a frame of the program as one line: its function, then where it stands. */
    void frame(String line, String place) {
      int args = line.lastIndexOf('(');
      String call = args < 0 ? line : line.substring(0, args) + "(...)";
      if (call.equals(PANIC_FRAME)) {
        frames.add(call);
      } else if (call.startsWith(PROGRAM_PACKAGE)) {
        frames.add(place.isEmpty() ? call : call + "\n\t" + place);
      }
    }

    void created(String function, String goroutine, String place) {
      creator = function;
      parent = goroutine == null ? "" : goroutine;
      creatorPlace = function.startsWith(PROGRAM_PACKAGE) ? "\n\t" + place : "";
    }

    boolean shown() {
      return creator.startsWith(PROGRAM_PACKAGE)
          || frames.stream().anyMatch(f -> !f.equals(PANIC_FRAME));
    }
  }
}
