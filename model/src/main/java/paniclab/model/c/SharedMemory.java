package paniclab.model.c;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Event.LifeStage;
import paniclab.model.trace.Trace;

/**
 * Memory that Go and C both know, by hand: what keeps each block alive, when the collector may take
 * it, and what C finds there afterwards. The rules are those of cmd/cgo ("Passing pointers") and of
 * {@code runtime.Pinner}; C's blocks lie in a {@link CHeap}.
 *
 * <pre>
 * var m = new SharedMemory();
 * var buf = m.allocate("[]byte", 16);
 * m.call("keep", buf);        // alive until it returns, whatever Go does
 * m.returned();
 * m.lastUse(buf);             // nothing of Go needs it any more: a KeepAlive would stand here
 * m.collect();
 * m.read(buf)                 // 0xdeadbeef…: use after return
 * </pre>
 */
public final class SharedMemory {
  /** Where Go's blocks begin here. */
  private static final long GO_HEAP = 0xc000010000L;

  /** What a block is and what becomes of it; made by {@link SharedMemory} only. */
  public static final class Block {
    private final String what;
    private final long address;
    private final long size;
    private final boolean isC;
    private byte[] content;
    private boolean inUse = true;
    private boolean known;
    private boolean gone;
    private boolean usedAfter;
    private int pins;

    private Block(String what, long address, byte[] content, boolean isC) {
      this.what = what;
      this.address = address;
      this.size = content.length;
      this.content = content;
      this.isC = isC;
    }

    /** Whether it is memory of C's heap. */
    public boolean isC() {
      return isC;
    }

    /** Whether it was collected, or freed. */
    public boolean isGone() {
      return gone;
    }

    @Override
    public String toString() {
      return what + (gone ? isC ? " (freed)" : " (collected)" : "");
    }
  }

  /** A call of C in progress, and what it was given. */
  private record Call(String function, List<Block> arguments) {}

  private final CHeap heap = CHeap.fresh();
  private final List<Block> blocks = new ArrayList<>();
  private final Deque<Call> calls = new ArrayDeque<>();
  private final List<Event> events = new ArrayList<>();
  private long next = GO_HEAP;
  private boolean ended;

  /** A process that has begun: no block yet. */
  public SharedMemory() {}

  /** What has happened, as a run of the model would tell it. */
  public Trace trace() {
    return new Trace(events, 0);
  }

  /**
   * A variable of Go refers to a new object.
   *
   * @param type e.g. {@code []byte}
   * @param size bytes, more than 0
   * @throws IllegalArgumentException if it has no bytes
   */
  public Block allocate(String type, int size) {
    if (size <= 0) {
      throw new IllegalArgumentException("a block of " + size + " bytes: C would see nothing");
    }
    Block b = new Block(type, next, new byte[size], false);
    next += (size + 15L) / 16 * 16;
    blocks.add(b);
    return b;
  }

  /** {@code C.CString}: a copy in memory of C's malloc, with a 0 byte at its end. */
  public Block cString(String s) {
    return ofC("C.CString", (s + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** {@code C.CBytes}: a copy in memory of C's malloc. */
  public Block cBytes(byte[] bytes) {
    return ofC("C.CBytes", bytes.clone());
  }

  private Block ofC(String by, byte[] content) {
    Block b = new Block(by, heap.malloc(content.length), content, true);
    blocks.add(b);
    tell(LifeStage.ALLOCATED, b);
    return b;
  }

  /**
   * {@code C.free}.
   *
   * @throws CAbort if glibc notices that it was free already, with glibc's message
   * @throws IllegalArgumentException for memory of Go, which the collector takes
   */
  public void free(Block b) {
    if (!b.isC) {
      throw new IllegalArgumentException("C.free of Go memory: free(): invalid pointer");
    }
    heap.free(b.address);
    b.gone = true;
    tell(LifeStage.FREED, b);
  }

  /** Go calls C with the addresses of blocks: each of Go's stays alive until it returns. */
  public void call(String function, Block... arguments) {
    events.add(new Event.CgoEntered(at(), function, calls.size()));
    calls.push(new Call(function, List.of(arguments)));
    for (Block b : arguments) {
      b.known = true;
      if (!b.isC) {
        tell(LifeStage.LENT, b);
      }
    }
  }

  /**
   * The innermost call of C returns.
   *
   * @throws IllegalStateException if there is none
   */
  public void returned() {
    if (calls.isEmpty()) {
      throw new IllegalStateException("no call of C is in progress");
    }
    events.add(new Event.CgoReturned(at(), calls.pop().function(), calls.size()));
  }

  /** The last place where Go uses an object: {@code runtime.KeepAlive} is one. */
  public void lastUse(Block b) {
    b.inUse = false;
  }

  /** {@code Pinner.Pin}: it is neither moved nor collected until {@link #unpin}. */
  public void pin(Block b) {
    b.pins++;
    b.known = true;
    tell(LifeStage.PINNED, b);
  }

  /**
   * {@code Pinner.Unpin}.
   *
   * @throws IllegalStateException if nothing pins it
   */
  public void unpin(Block b) {
    if (b.pins == 0) {
      throw new IllegalStateException(b + " is not pinned");
    }
    b.pins--;
    tell(LifeStage.UNPINNED, b);
  }

  /** What keeps a block alive; empty if nothing does. */
  public List<String> keptBy(Block b) {
    List<String> reasons = new ArrayList<>();
    if (b.gone) {
      return reasons;
    }
    if (b.isC) {
      reasons.add("nobody has freed it");
      return reasons;
    }
    if (b.inUse) {
      reasons.add("Go still uses it");
    }
    calls.stream()
        .filter(c -> c.arguments().contains(b))
        .forEach(c -> reasons.add("the call of " + c.function()));
    if (b.pins > 0) {
      reasons.add("a Pinner");
    }
    return reasons;
  }

  /** {@code runtime.GC}: what nothing keeps is taken back, and written over as clobberfree does. */
  public void collect() {
    for (Block b : blocks) {
      if (!b.isC && !b.gone && keptBy(b).isEmpty()) {
        b.gone = true;
        b.content = clobbered(b.content.length);
        if (b.known) {
          tell(LifeStage.COLLECTED, b);
        }
      }
    }
  }

  /** What GODEBUG=clobberfree=1 leaves: 0xdeadbeef again and again, the lowest byte first. */
  private static byte[] clobbered(int size) {
    byte[] b = new byte[size];
    for (int i = 0; i < size; i++) {
      b[i] = (byte) (0xdeadbeefL >>> (8 * (i & 3)));
    }
    return b;
  }

  /**
   * C reads the first bytes of a block, as a number.
   *
   * @return up to 8 bytes of it in hexadecimal
   * @throws COutside for a freed block: what glibc leaves there is its own
   */
  public String read(Block b) {
    if (b.gone) {
      if (b.isC) {
        throw new COutside("a read of freed memory: glibc keeps its own lists there");
      }
      if (!b.usedAfter) {
        b.usedAfter = true;
        tell(LifeStage.USED_AFTER, b);
      }
    }
    long v = 0;
    for (int i = Math.min(8, b.content.length) - 1; i >= 0; i--) {
      v = v << 8 | (b.content[i] & 0xff);
    }
    return "0x" + Long.toHexString(v);
  }

  /**
   * C writes a byte.
   *
   * @throws IndexOutOfBoundsException behind the block's end
   */
  public void write(Block b, int offset, int value) {
    read(b);
    b.content[offset] = (byte) value;
  }

  /** main returns: what C's heap still holds was never given back. */
  public List<Block> end() {
    if (!ended) {
      ended = true;
      left().forEach(b -> tell(LifeStage.LEFT, b));
    }
    return left();
  }

  private List<Block> left() {
    var seen = new TreeSet<Long>();
    return blocks.stream().filter(b -> b.isC && !b.gone && seen.add(b.address)).toList();
  }

  private void tell(LifeStage stage, Block b) {
    events.add(new Event.Lifetime(at(), stage, b.address, b.what, b.size));
  }

  private At at() {
    return new At(events.size(), 1, "main.main", Position.NONE, 0);
  }
}
