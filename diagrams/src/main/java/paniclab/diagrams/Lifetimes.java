package paniclab.diagrams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Event.LifeStage;
import paniclab.model.trace.Trace;

/**
 * How long memory lives that Go and C both know: a column for each block, and in it what keeps it
 * alive, until when, and who used it afterwards.
 *
 * @param blocks in the order in which they were first seen
 * @param left how many more blocks there were than are drawn
 */
public record Lifetimes(List<Block> blocks, int left) implements Diagram {
  /** The most blocks of one picture. */
  public static final int MAX_BLOCKS = 6;

  /** The most marks of one block: the first ones and the last. */
  public static final int MAX_MARKS = 12;

  /** What happened to a block. */
  public enum Kind {
    /** A call of C got its address. */
    LENT,
    /** That call returned. */
    RETURNED,
    /** A panic went past the C frames of that call. */
    GIVEN_UP,
    /** A Pinner holds it. */
    PINNED,
    /** No Pinner holds it. */
    UNPINNED,
    /** The collector took it. */
    COLLECTED,
    /** C used it afterwards. */
    USED_AFTER,
    /** Go got it from C. */
    ALLOCATED,
    /** Go gave it back. */
    FREED,
    /** It was never given back. */
    LEFT
  }

  /**
   * A mark in a column.
   *
   * @param row its place in time among all marks, from 0
   * @param function of C that was called or returned; empty for none
   * @param kept whether something keeps the block alive from here to the next mark
   */
  public record Mark(int row, Kind kind, At at, String function, boolean kept) {}

  /**
   * A block of memory.
   *
   * @param what its type in Go, or the function of C that made it
   * @param isC whether it is C's
   * @param size bytes
   */
  public record Block(String what, boolean isC, long size, List<Mark> marks) {
    public Block {
      marks = List.copyOf(marks);
    }
  }

  public Lifetimes {
    blocks = List.copyOf(blocks);
  }

  /** The lives in a run; without blocks if Go and C shared no memory. */
  public static Lifetimes of(Trace trace) {
    Reader r = new Reader();
    trace.events().forEach(r::read);
    return r.lifetimes();
  }

  private static final class Life {
    final String what;
    final boolean isC;
    final long size;
    final List<Mark> marks = new ArrayList<>();
    int calls;
    int pins;
    boolean allocated;

    Life(Event.Lifetime first) {
      this.what = first.what();
      this.isC = isC(first.stage());
      this.size = first.size();
    }

    private static boolean isC(LifeStage s) {
      return s == LifeStage.ALLOCATED || s == LifeStage.FREED || s == LifeStage.LEFT;
    }
  }

  /** A call of C in progress and what it was lent. */
  private record Call(String function, List<Life> lent) {}

  private static final class Reader {
    private final Map<Long, Life> current = new HashMap<>();
    private final List<Life> all = new ArrayList<>();
    private final Map<Integer, Deque<Call>> calls = new HashMap<>();
    private final Map<Integer, Boolean> inGo = new HashMap<>();
    private int row;

    void read(Event e) {
      int g = e.at().goroutine();
      switch (e) {
        case Event.CgoEntered c -> calls(g).push(new Call(c.function(), new ArrayList<>()));
        case Event.CgoReturned _ -> over(g, e.at(), Kind.RETURNED);
        case Event.CgoCallback _ -> inGo.put(g, true);
        case Event.CgoCallbackReturned _ -> inGo.put(g, false);
        case Event.Recovered _ -> {
          if (inGo.getOrDefault(g, false)) {
            while (!calls(g).isEmpty()) {
              over(g, e.at(), Kind.GIVEN_UP);
            }
            inGo.put(g, false);
          }
        }
        case Event.Lifetime l -> lived(l);
        default -> {}
      }
    }

    /** The innermost call is over; what it was lent is marked at the same time. */
    private void over(int g, At at, Kind how) {
      Call call = calls(g).poll();
      if (call == null || call.lent().isEmpty()) {
        return;
      }
      for (Life life : call.lent()) {
        life.calls--;
        mark(life, how, at, call.function());
      }
      row++;
    }

    private void lived(Event.Lifetime l) {
      if (l.stage() == LifeStage.ALLOCATED) {
        current.remove(l.address());
      }
      Life life =
          current.computeIfAbsent(
              l.address(),
              k -> {
                Life made = new Life(l);
                all.add(made);
                return made;
              });
      String function = l.stage() == LifeStage.LENT ? lent(l.at().goroutine(), life) : "";
      mark(life, happened(life, l.stage()), l.at(), function);
      row++;
    }

    /** The innermost call gets the block; the function that was called. */
    private String lent(int g, Life life) {
      Call call = calls(g).peek();
      if (call == null) {
        return "";
      }
      call.lent().add(life);
      life.calls++;
      return call.function();
    }

    private Deque<Call> calls(int g) {
      return calls.computeIfAbsent(g, k -> new ArrayDeque<>());
    }

    /** What a stage is in the picture, and what it changes of what keeps the block alive. */
    private static Kind happened(Life life, LifeStage stage) {
      return switch (stage) {
        case LENT -> Kind.LENT;
        case PINNED -> {
          life.pins++;
          yield Kind.PINNED;
        }
        case UNPINNED -> {
          life.pins = Math.max(0, life.pins - 1);
          yield Kind.UNPINNED;
        }
        case ALLOCATED -> {
          life.allocated = true;
          yield Kind.ALLOCATED;
        }
        case FREED -> {
          life.allocated = false;
          yield Kind.FREED;
        }
        case COLLECTED -> Kind.COLLECTED;
        case USED_AFTER -> Kind.USED_AFTER;
        case LEFT -> Kind.LEFT;
      };
    }

    private void mark(Life life, Kind kind, At at, String function) {
      boolean kept = life.calls > 0 || life.pins > 0 || life.allocated;
      life.marks.add(new Mark(row, kind, at, function, kept));
    }

    Lifetimes lifetimes() {
      List<Life> shown = all.subList(0, Math.min(MAX_BLOCKS, all.size()));
      Map<Integer, Integer> rows = new LinkedHashMap<>();
      List<List<Mark>> marks = shown.stream().map(l -> some(l.marks)).toList();
      marks.stream()
          .flatMap(List::stream)
          .map(Mark::row)
          .sorted()
          .distinct()
          .forEach(r -> rows.put(r, rows.size()));
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < shown.size(); i++) {
        Life l = shown.get(i);
        blocks.add(
            new Block(
                l.what,
                l.isC,
                l.size,
                marks.get(i).stream()
                    .map(m ->
                        new Mark(
                            rows.getOrDefault(m.row(), 0),
                            m.kind(),
                            m.at(),
                            m.function(),
                            m.kept()))
                    .toList()));
      }
      return new Lifetimes(blocks, all.size() - shown.size());
    }

    private static List<Mark> some(List<Mark> marks) {
      if (marks.size() <= MAX_MARKS) {
        return marks;
      }
      List<Mark> kept = new ArrayList<>(marks.subList(0, MAX_MARKS - 2));
      kept.addAll(marks.subList(marks.size() - 2, marks.size()));
      return kept;
    }
  }
}
