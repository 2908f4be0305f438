package paniclab.model.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The heap of glibc 2.36 on 64-bit Linux: chunks with their sizes in front, a tcache for each
 * thread, fastbins, one unsorted bin, small and large bins, the top chunk, and big blocks of their
 * own from mmap. Words that glibc writes into freed blocks are there, and so are its checks with
 * their texts.
 *
 * <p>Left out: arenas of other threads (all share one), and the skip lists of large bins. Source:
 * malloc/malloc.c.
 */
public final class CHeap {
  /** Where the heap begins; a real one begins at a random page. */
  public static final long START = 0x1c3e000L;

  /** Blocks kept in one bin of the tcache unless GLIBC_TUNABLES says otherwise. */
  public static final int TCACHE_COUNT = 7;

  /** The smallest request that is mapped on its own. */
  public static final long MMAP_THRESHOLD = 128 * 1024;

  private static final long ARENA = 0x7f52a41f6c60L;
  private static final long MMAP_TOP = 0x7f52a3e00000L;
  private static final int TCACHE_BINS = 64;
  private static final long TCACHE_STRUCT = 0x290;
  private static final long MIN_SIZE = 32;
  private static final long MAX_FAST = 128;
  private static final long MAX_REQUEST = Long.MAX_VALUE;
  private static final long TOP_PAD = 128 * 1024;
  private static final int BINS = 127;
  private static final long PREV_IN_USE = 1;
  private static final long MAPPED = 2;

  /** A random number in a real process. */
  private static final long TCACHE_KEY = 0x5d1e9c3a7b24f680L;

  private static final class Tcache {
    final int[] counts = new int[TCACHE_BINS];
    final long[] entries = new long[TCACHE_BINS];
    long block;
  }

  private final CMemory memory;
  private final int tcacheCount;
  private final TreeMap<Integer, Tcache> tcaches = new TreeMap<>();
  private int thread;
  private final long[] fast = new long[10];
  private boolean haveFast;
  private long top;
  private long systemBytes;
  private long lastRemainder;
  private long mapped;
  private boolean ready;

  /** Blocks that were given out, by address, with their sizes; they stay until others lie there. */
  private final TreeMap<Long, Long> blocks = new TreeMap<>();

  /** Those of them that were freed and not given out again; and blocks of their own, given back. */
  private final TreeSet<Long> freed = new TreeSet<>();

  private final TreeMap<Long, Long> unmapped = new TreeMap<>();

  /** Words where a size might stand that were written through something volatile. */
  private final TreeSet<Long> volatiles = new TreeSet<>();

  /** A heap in a memory; {@code tcacheCount} is 7 by default, 0 switches the tcache off. */
  public CHeap(CMemory memory, int tcacheCount) {
    this.memory = memory;
    this.tcacheCount = tcacheCount;
  }

  /** A heap on its own, to try things on. */
  public static CHeap fresh() {
    return new CHeap(new CMemory(), TCACHE_COUNT);
  }

  /** A heap on its own whose tcache keeps so many blocks of a size. */
  public static CHeap fresh(int tcacheCount) {
    return new CHeap(new CMemory(), tcacheCount);
  }

  /** The same heap in a copy of its memory. */
  public CHeap copy(CMemory into) {
    CHeap h = new CHeap(into, tcacheCount);
    tcaches.forEach((id, t) -> {
      Tcache c = new Tcache();
      System.arraycopy(t.counts, 0, c.counts, 0, TCACHE_BINS);
      System.arraycopy(t.entries, 0, c.entries, 0, TCACHE_BINS);
      c.block = t.block;
      h.tcaches.put(id, c);
    });
    h.thread = thread;
    System.arraycopy(fast, 0, h.fast, 0, fast.length);
    h.haveFast = haveFast;
    h.top = top;
    h.systemBytes = systemBytes;
    h.lastRemainder = lastRemainder;
    h.mapped = mapped;
    h.ready = ready;
    h.blocks.putAll(blocks);
    h.freed.addAll(freed);
    h.volatiles.addAll(volatiles);
    h.unmapped.putAll(unmapped);
    return h;
  }

  /** The memory it is in. */
  public CMemory memory() {
    return memory;
  }

  /** Says which thread calls from now on: each has a tcache of its own. */
  public void thread(int id) {
    thread = id;
  }

  // ---- words

  private long get(long a) {
    return memory.load(a, 8);
  }

  private void set(long a, long v) {
    memory.store(a, 8, v);
  }

  private long sizeWord(long chunk) {
    return get(chunk + 8);
  }

  private long size(long chunk) {
    return sizeWord(chunk) & ~7L;
  }

  private void head(long chunk, long v) {
    set(chunk + 8, v);
  }

  private boolean inUseAt(long chunk) {
    return (sizeWord(chunk) & PREV_IN_USE) != 0;
  }

  private long fd(long chunk) {
    return get(chunk + 16);
  }

  private long bk(long chunk) {
    return get(chunk + 24);
  }

  /** A pointer in a list, mixed with the place it is kept at. */
  private static long protect(long place, long pointer) {
    return place >>> 12 ^ pointer;
  }

  private long reveal(long place) {
    return protect(place, get(place));
  }

  private static boolean misaligned(long a) {
    return (a & 15) != 0;
  }

  /** Whether a size, which is unsigned, is not above one bound or above the other. */
  private static boolean outside(long size, long least, long most) {
    return Long.compareUnsigned(size, least) <= 0 || Long.compareUnsigned(size, most) > 0;
  }

  private static CAbort bad(String text) {
    return new CAbort(text);
  }

  private static long bin(int i) {
    return ARENA + 0x60 + (i - 1) * 16L;
  }

  private static int tcacheIndex(long size) {
    return (int) ((size - MIN_SIZE + 15) / 16);
  }

  private static int fastIndex(long size) {
    return (int) (size >>> 4) - 2;
  }

  private static boolean isSmall(long size) {
    return size < 1024;
  }

  private static int largeIndex(long size) {
    if (size >>> 6 <= 48) {
      return (int) (48 + (size >>> 6));
    }
    if (size >>> 9 <= 20) {
      return (int) (91 + (size >>> 9));
    }
    if (size >>> 12 <= 10) {
      return (int) (110 + (size >>> 12));
    }
    if (size >>> 15 <= 4) {
      return (int) (119 + (size >>> 15));
    }
    return size >>> 18 <= 2 ? (int) (124 + (size >>> 18)) : 126;
  }

  private static int binIndex(long size) {
    return isSmall(size) ? (int) (size >>> 4) : largeIndex(size);
  }

  private void start() {
    if (ready) {
      return;
    }
    ready = true;
    memory.map(ARENA & ~0xfffL, 3L * CMemory.PAGE, true, "libc");
    for (int i = 1; i <= BINS; i++) {
      set(bin(i) + 16, bin(i));
      set(bin(i) + 24, bin(i));
    }
    top = START;
  }

  private Tcache tcache() {
    Tcache t = tcaches.get(thread);
    if (t == null) {
      t = new Tcache();
      tcaches.put(thread, t);
      t.block = take(TCACHE_STRUCT, t);
      memory.fill(t.block, 0, TCACHE_STRUCT - 16);
    }
    return t;
  }

  // ---- malloc

  /** The block that an address lies in, or lay in: where it begins and ends. */
  public Optional<long[]> block(long address) {
    Map.Entry<Long, Long> e = blocks.floorEntry(address);
    return e != null && address < e.getKey() + e.getValue()
        ? Optional.of(new long[] {e.getKey(), e.getKey() + e.getValue()})
        : Optional.empty();
  }

  /** Whether an address is that of a block that was given out and not taken back. */
  public boolean inUse(long address) {
    return blocks.containsKey(address) && !isFreed(address);
  }

  /** Whether a block was freed and not given out again. */
  boolean isFreed(long block) {
    return freed.contains(block);
  }

  private long given(long p) {
    if (p != 0) {
      long size = usable(p);
      Map.Entry<Long, Long> before = blocks.lowerEntry(p);
      if (before != null && before.getKey() + before.getValue() > p) {
        blocks.remove(before.getKey());
      }
      blocks.subMap(p, p + size).clear();
      blocks.put(p, size);
      freed.subSet(p, p + size).clear();
      unmapped.remove(p - 16);
    }
    return p;
  }

  /**
   * A plain store of optimized code: gcc leaves out one into a block whose content nobody who may
   * look at it reads again. That cannot change what a correct program does, but a store past the
   * end of a block or into one that was freed may be there or not.
   *
   * @throws COutside for such a store
   */
  void checkStore(long address, long size) {
    if (address < START || address >= START + systemBytes) {
      Map.Entry<Long, Long> gone = unmapped.floorEntry(address);
      if (gone != null && address < gone.getKey() + gone.getValue()) {
        throw new COutside(LEFT_OUT);
      }
      return;
    }
    Map.Entry<Long, Long> e = blocks.floorEntry(address);
    if (e == null || address + size > e.getKey() + e.getValue() || freed.contains(e.getKey())) {
      throw new COutside(LEFT_OUT);
    }
  }

  private static final String LEFT_OUT =
      "C writes past a block of the heap or into one that was freed: gcc -O2 may leave such a write"
          + " out (a volatile one stays)";

  /** malloc(3); 0 if there is no such block. */
  public long malloc(long bytes) {
    return given(allocate(bytes));
  }

  private long allocate(long bytes) {
    if (bytes < 0 || bytes > MAX_REQUEST - 64) {
      return 0;
    }
    start();
    long need = Math.max(MIN_SIZE, bytes + 8 + 15 & ~15L);
    Tcache t = tcache();
    int i = tcacheIndex(need);
    if (i < TCACHE_BINS && t.counts[i] > 0) {
      return fromTcache(t, i);
    }
    return take(need, t);
  }

  private long fromTcache(Tcache t, int i) {
    long e = t.entries[i];
    if (misaligned(e)) {
      throw bad("malloc(): unaligned tcache chunk detected");
    }
    t.entries[i] = reveal(e);
    t.counts[i]--;
    set(e + 8, 0);
    return e;
  }

  private void toTcache(Tcache t, int i, long chunk) {
    long e = chunk + 16;
    set(e + 8, TCACHE_KEY);
    set(e, protect(e, t.entries[i]));
    t.entries[i] = e;
    t.counts[i]++;
  }

  /** _int_malloc: a block of a chunk of this size. */
  private long take(long need, Tcache t) {
    int ti = tcacheIndex(need);
    boolean cached = tcacheCount > 0 && ti < TCACHE_BINS;
    if (need <= MAX_FAST && fast[fastIndex(need)] != 0) {
      return fromFast(need, t, ti, cached);
    }
    if (isSmall(need)) {
      long b = bin(binIndex(need));
      long v = bk(b);
      if (v != b) {
        return fromSmall(need, b, v, t, ti, cached);
      }
    } else if (haveFast) {
      consolidate();
    }
    while (true) {
      long found = sortUnsorted(need, t, ti, cached);
      if (found != 0) {
        return found;
      }
      found = fromBins(need);
      if (found != 0) {
        return found;
      }
      long size = systemBytes == 0 ? 0 : size(top);
      if (Long.compareUnsigned(size, systemBytes) > 0) {
        throw bad("malloc(): corrupted top size");
      }
      if (size >= need + MIN_SIZE) {
        return splitTop(need);
      }
      if (haveFast) {
        consolidate();
        continue;
      }
      return fromSystem(need);
    }
  }

  private long fromFast(long need, Tcache t, int ti, boolean cached) {
    int i = fastIndex(need);
    long v = fast[i];
    if (misaligned(v)) {
      throw bad("malloc(): unaligned fastbin chunk detected 2");
    }
    fast[i] = reveal(v + 16);
    if (fastIndex(size(v)) != i) {
      throw bad("malloc(): memory corruption (fast)");
    }
    while (cached && t.counts[ti] < tcacheCount && fast[i] != 0) {
      long w = fast[i];
      if (misaligned(w)) {
        throw bad("malloc(): unaligned fastbin chunk detected 3");
      }
      fast[i] = reveal(w + 16);
      toTcache(t, ti, w);
    }
    return v + 16;
  }

  private long fromSmall(long need, long b, long v, Tcache t, int ti, boolean cached) {
    long back = bk(v);
    if (fd(back) != v) {
      throw bad("malloc(): smallbin double linked list corrupted");
    }
    head(v + need, sizeWord(v + need) | PREV_IN_USE);
    set(b + 24, back);
    set(back + 16, b);
    while (cached && t.counts[ti] < tcacheCount && bk(b) != b) {
      long w = bk(b);
      back = bk(w);
      head(w + need, sizeWord(w + need) | PREV_IN_USE);
      set(b + 24, back);
      set(back + 16, b);
      toTcache(t, ti, w);
    }
    return v + 16;
  }

  /** Moves what was freed lately to its bins; a block that fits exactly is taken on the way. */
  private long sortUnsorted(long need, Tcache t, int ti, boolean cached) {
    long unsorted = bin(1);
    boolean inTcache = false;
    long v;
    while ((v = bk(unsorted)) != unsorted) {
      long back = bk(v);
      long size = size(v);
      checkUnsorted(v, back, size, unsorted);
      if (isSmall(need) && back == unsorted && v == lastRemainder && size > need + MIN_SIZE) {
        return splitRemainder(v, size, need);
      }
      set(unsorted + 24, back);
      set(back + 16, unsorted);
      if (size == need) {
        head(v + size, sizeWord(v + size) | PREV_IN_USE);
        if (cached && t.counts[ti] < tcacheCount) {
          toTcache(t, ti, v);
          inTcache = true;
          continue;
        }
        return v + 16;
      }
      insert(v, size);
    }
    return inTcache ? fromTcache(t, ti) : 0;
  }

  private void checkUnsorted(long v, long back, long size, long unsorted) {
    if (outside(size, 16, systemBytes)) {
      throw bad("malloc(): invalid size (unsorted)");
    }
    long next = v + size;
    if (outside(sizeWord(next), 15, systemBytes)) {
      throw bad("malloc(): invalid next size (unsorted)");
    }
    if ((get(next) & ~7L) != size) {
      throw bad("malloc(): mismatching next->prev_size (unsorted)");
    }
    if (fd(back) != v || fd(v) != unsorted) {
      throw bad("malloc(): unsorted double linked list corrupted");
    }
    if (inUseAt(next)) {
      throw bad("malloc(): invalid next->prev_inuse (unsorted)");
    }
  }

  private long splitRemainder(long v, long size, long need) {
    long rest = v + need;
    long unsorted = bin(1);
    set(unsorted + 16, rest);
    set(unsorted + 24, rest);
    lastRemainder = rest;
    set(rest + 16, unsorted);
    set(rest + 24, unsorted);
    head(v, need | PREV_IN_USE);
    head(rest, size - need | PREV_IN_USE);
    set(rest + size - need, size - need);
    return v + 16;
  }

  /** Puts a free chunk into the bin of its size; large bins are sorted, the largest first. */
  private void insert(long v, long size) {
    long b = bin(binIndex(size));
    long before = b;
    long after = fd(b);
    if (!isSmall(size)) {
      while (after != b && size(after) > size) {
        before = after;
        after = fd(after);
      }
      if (after != b && size(after) == size) {
        before = after; // as the second of its size
        after = fd(after);
      }
    }
    set(v + 16, after);
    set(v + 24, before);
    set(after + 24, v);
    set(before + 16, v);
  }

  /** The smallest free chunk that is large enough, cut to size. */
  private long fromBins(long need) {
    int own = binIndex(need);
    if (!isSmall(need)) {
      long b = bin(own);
      long v = bk(b);
      while (v != b && size(v) < need) {
        v = bk(v);
      }
      if (v != b) {
        return cut(secondOfItsSize(b, v), size(v), need);
      }
    }
    for (int i = own + 1; i < BINS; i++) {
      long v = bk(bin(i));
      if (v != bin(i)) {
        unlink(v);
        return cut(v, size(v), need);
      }
    }
    return 0;
  }

  /** Of several free chunks of one size the second is taken; it is off its list then. */
  private long secondOfItsSize(long b, long last) {
    long head = last;
    while (bk(head) != b && size(bk(head)) == size(last)) {
      head = bk(head);
    }
    long chosen = fd(head) != b && size(fd(head)) == size(head) ? fd(head) : head;
    unlink(chosen);
    return chosen;
  }

  private long cut(long v, long size, long need) {
    long rest = size - need;
    if (rest < MIN_SIZE) {
      head(v + size, sizeWord(v + size) | PREV_IN_USE);
      return v + 16;
    }
    long r = v + need;
    long unsorted = bin(1);
    long after = fd(unsorted);
    if (bk(after) != unsorted) {
      throw bad("malloc(): corrupted unsorted chunks");
    }
    set(r + 24, unsorted);
    set(r + 16, after);
    set(unsorted + 16, r);
    set(after + 24, r);
    if (isSmall(need)) {
      lastRemainder = r;
    }
    head(v, need | PREV_IN_USE);
    head(r, rest | PREV_IN_USE);
    set(r + rest, rest);
    return v + 16;
  }

  private void unlink(long p) {
    long size = size(p);
    if (size != get(p + size)) {
      throw bad("corrupted size vs. prev_size");
    }
    long f = fd(p);
    long b = bk(p);
    if (bk(f) != p || fd(b) != p) {
      throw bad("corrupted double-linked list");
    }
    set(f + 24, b);
    set(b + 16, f);
  }

  private long splitTop(long need) {
    long v = top;
    long rest = size(top) - need;
    top = v + need;
    head(v, need | PREV_IN_USE);
    head(top, rest | PREV_IN_USE);
    return v + 16;
  }

  private long fromSystem(long need) {
    if (need >= MMAP_THRESHOLD) {
      return mapBlock(need);
    }
    long old = systemBytes == 0 ? 0 : size(top);
    long more = need + TOP_PAD + MIN_SIZE - old + CMemory.PAGE - 1 & -CMemory.PAGE;
    systemBytes += more;
    memory.map(START, systemBytes, true, "[heap]");
    head(top, old + more | PREV_IN_USE);
    return splitTop(need);
  }

  private long mapBlock(long need) {
    long size = need + 8 + CMemory.PAGE - 1 & -CMemory.PAGE;
    mapped += size;
    if (mapped > 1L << 38) {
      return 0;
    }
    long at = MMAP_TOP - mapped;
    memory.map(at, size, true, "mmap");
    head(at, size | MAPPED);
    return at + 16;
  }

  // ---- free

  /**
   * What free takes for the size of a block stands before it. Before an address that was never
   * given out stands what the compiler has put there: another variable, nothing yet, or a value
   * whose store it left out. Known are a word of the heap that nobody wrote, which is zero, and one
   * that was written through something volatile.
   *
   * @throws COutside for an address whose outcome hangs on that
   */
  private void checkGiven(long p, String function) {
    if (blocks.containsKey(p) || memory.range(p - 8).isEmpty()) {
      return;
    }
    boolean heap = p - 8 >= START && p - 8 < START + systemBytes;
    boolean certain = volatiles.contains(p - 8) && memory.isDefined(p - 8, 8);
    if (!certain && !(heap && get(p - 8) == 0)) {
      throw new COutside(
          function
              + " of an address that malloc never gave: which check of glibc it fails hangs on what"
              + " the compiler put before it");
    }
  }

  /** A store that no compiler leaves out. */
  void volatileStore(long address, int size) {
    if (size == 8 && (address & 15) == 8) {
      volatiles.add(address);
    }
  }

  /** free(3); throws {@link CAbort} with glibc's text where glibc notices a mistake. */
  public void free(long p) {
    if (p == 0) {
      return;
    }
    start();
    checkGiven(p, "free");
    release(p);
  }

  private void release(long p) {
    freed.add(p);
    long chunk = p - 16;
    if ((sizeWord(chunk) & MAPPED) != 0) {
      unmapBlock(p, chunk);
      return;
    }
    Tcache t = tcache();
    long size = size(chunk);
    if (Long.compareUnsigned(chunk, -size) > 0 || misaligned(p)) {
      throw bad("free(): invalid pointer");
    }
    if (Long.compareUnsigned(size, MIN_SIZE) < 0 || misaligned(size)) {
      throw bad("free(): invalid size");
    }
    int i = size < 0 ? TCACHE_BINS : tcacheIndex(size);
    if (tcacheCount > 0 && i < TCACHE_BINS) {
      if (get(p + 8) == TCACHE_KEY) {
        checkTcache(t, i, p);
      }
      if (t.counts[i] < tcacheCount) {
        toTcache(t, i, chunk);
        return;
      }
    }
    if (size > 0 && size <= MAX_FAST) {
      toFast(chunk, size);
    } else {
      toUnsorted(chunk, size);
    }
  }

  private void checkTcache(Tcache t, int i, long p) {
    int n = 0;
    for (long e = t.entries[i]; e != 0; e = reveal(e)) {
      if (n++ >= tcacheCount) {
        throw bad("free(): too many chunks detected in tcache");
      }
      if (misaligned(e)) {
        throw bad("free(): unaligned chunk detected in tcache 2");
      }
      if (e == p) {
        throw bad("free(): double free detected in tcache 2");
      }
    }
  }

  private void unmapBlock(long p, long chunk) {
    long size = size(chunk);
    long before = get(chunk);
    long block = chunk - before;
    long total = before + size;
    long inPage = p & CMemory.PAGE - 1;
    if (((block | total) & CMemory.PAGE - 1) != 0 || (inPage & inPage - 1) != 0) {
      throw bad("munmap_chunk(): invalid pointer");
    }
    memory.unmap(block);
    unmapped.put(block, total);
  }

  private void toFast(long chunk, long size) {
    long next = sizeWord(chunk + size);
    if (outside(next, 16, systemBytes) || (next & ~7L) == systemBytes) {
      throw bad("free(): invalid next size (fast)");
    }
    int i = fastIndex(size);
    long old = fast[i];
    if (old == chunk) {
      throw bad("double free or corruption (fasttop)");
    }
    if (old != 0 && fastIndex(size(old)) != i) {
      throw bad("invalid fastbin entry (free)");
    }
    haveFast = true;
    set(chunk + 16, protect(chunk + 16, old));
    fast[i] = chunk;
  }

  private void toUnsorted(long chunk, long size) {
    long next = chunk + size;
    if (chunk == top) {
      throw bad("double free or corruption (top)");
    }
    if (Long.compareUnsigned(next, top + size(top)) >= 0) {
      throw bad("double free or corruption (out)");
    }
    if (!inUseAt(next)) {
      throw bad("double free or corruption (!prev)");
    }
    long nextSize = size(next);
    if (outside(sizeWord(next), 16, systemBytes) || nextSize == systemBytes) {
      throw bad("free(): invalid next size (normal)");
    }
    long merged = merge(chunk, size, next, nextSize);
    if (merged >= 64 * 1024 && haveFast) {
      consolidate();
    }
  }

  /** Joins a free chunk with free neighbours; the size it has then. */
  private long merge(long from, long bytes, long next, long nextSize) {
    long chunk = from;
    long size = bytes;
    if (!inUseAt(chunk)) {
      long before = get(chunk);
      size += before;
      chunk -= before;
      if (size(chunk) != before) {
        throw bad("corrupted size vs. prev_size while consolidating");
      }
      unlink(chunk);
    }
    if (next == top) {
      size += nextSize;
      head(chunk, size | PREV_IN_USE);
      top = chunk;
      return size;
    }
    if (!inUseAt(next + nextSize)) {
      unlink(next);
      size += nextSize;
    } else {
      head(next, sizeWord(next) & ~PREV_IN_USE);
    }
    long unsorted = bin(1);
    long after = fd(unsorted);
    if (bk(after) != unsorted) {
      throw bad("free(): corrupted unsorted chunks");
    }
    set(chunk + 16, after);
    set(chunk + 24, unsorted);
    set(unsorted + 16, chunk);
    set(after + 24, chunk);
    head(chunk, size | PREV_IN_USE);
    set(chunk + size, size);
    return size;
  }

  private void consolidate() {
    haveFast = false;
    for (int i = 0; i < fast.length; i++) {
      long p = fast[i];
      fast[i] = 0;
      while (p != 0) {
        if (misaligned(p)) {
          throw bad("malloc_consolidate(): unaligned fastbin chunk detected");
        }
        if (fastIndex(size(p)) != i) {
          throw bad("malloc_consolidate(): invalid chunk size");
        }
        long following = reveal(p + 16);
        long size = size(p);
        long next = p + size;
        merge(p, size, next, size(next));
        p = following;
      }
    }
  }

  // ---- the other functions

  /** calloc(3). */
  public long calloc(long n, long size) {
    long bytes = n * size;
    if (n != 0 && Long.compareUnsigned(Long.divideUnsigned(bytes, n), size) != 0) {
      return 0;
    }
    if (bytes < 0) {
      return 0;
    }
    start();
    // calloc does not take blocks from the tcache.
    long p = take(Math.max(MIN_SIZE, bytes + 8 + 15 & ~15L), tcache());
    if (p != 0 && (sizeWord(p - 16) & MAPPED) == 0) {
      memory.fill(p, 0, usable(p));
    }
    return given(p);
  }

  /**
   * realloc(3): in place where the block shrinks, fits, or lies before the top; else a new block.
   */
  public long realloc(long p, long bytes) {
    return given(resize(p, bytes));
  }

  private long resize(long p, long bytes) {
    if (p == 0) {
      return malloc(bytes);
    }
    if (bytes == 0) {
      free(p);
      return 0;
    }
    checkGiven(p, "realloc");
    long chunk = p - 16;
    long old = size(chunk);
    if (Long.compareUnsigned(chunk, -old) > 0 || misaligned(p)) {
      throw bad("realloc(): invalid pointer");
    }
    long need = Math.max(MIN_SIZE, bytes + 8 + 15 & ~15L);
    boolean isMapped = (sizeWord(chunk) & MAPPED) != 0;
    if (!isMapped) {
      checkRealloc(chunk, old);
      if (old < need) {
        long next = chunk + old;
        if (next == top && old + size(top) >= need + MIN_SIZE) {
          long rest = old + size(top) - need;
          long flags = sizeWord(chunk) & 7;
          top = chunk + need;
          head(top, rest | PREV_IN_USE);
          head(chunk, need | flags);
          return p;
        }
      } else {
        return shrink(chunk, old, need);
      }
    } else if (usable(p) >= bytes) {
      return p;
    }
    long moved = malloc(bytes);
    if (moved != 0) {
      memory.copy(moved, p, Math.min(bytes, usable(p)));
      free(p);
    }
    return moved;
  }

  private void checkRealloc(long chunk, long old) {
    if (sizeWord(chunk) <= 16 || old >= systemBytes) {
      throw bad("realloc(): invalid old size");
    }
    long next = sizeWord(chunk + old);
    if (next <= 16 || (next & ~7L) >= systemBytes) {
      throw bad("realloc(): invalid next size");
    }
  }

  private long shrink(long chunk, long old, long need) {
    long rest = old - need;
    if (rest >= MIN_SIZE) {
      long flags = sizeWord(chunk) & 7;
      head(chunk, need | flags);
      head(chunk + need, rest | PREV_IN_USE);
      long next = chunk + old;
      head(next, sizeWord(next) | PREV_IN_USE);
      release(chunk + need + 16);
    }
    return chunk + 16;
  }

  /** Bytes that a block has, as malloc_usable_size gives them. */
  public long usable(long p) {
    if (p == 0) {
      return 0;
    }
    long w = sizeWord(p - 16);
    return (w & ~7L) - ((w & MAPPED) != 0 ? 16 : 8);
  }

  // ---- looking at it

  /** What a chunk is. */
  public enum State {
    IN_USE,
    TCACHE,
    FAST,
    FREE,
    TOP
  }

  /**
   * A chunk.
   *
   * @param address of its block, as malloc gives it
   * @param size of the chunk in bytes, its header included
   */
  public record Chunk(long address, long size, State state) {}

  /** A list of free blocks: its name, its blocks, the newest first. */
  public record FreeList(String name, List<Long> blocks) {
    public FreeList {
      blocks = List.copyOf(blocks);
    }
  }

  /** The chunks of the heap in the order of their addresses, the tcache's own block left out. */
  public List<Chunk> chunks() {
    List<Chunk> list = new ArrayList<>();
    if (systemBytes == 0) {
      return list;
    }
    List<Long> cached = new ArrayList<>();
    List<Long> quick = new ArrayList<>();
    for (FreeList l : freeLists()) {
      if (l.name().startsWith("tcache")) {
        cached.addAll(l.blocks());
      } else if (l.name().startsWith("fast")) {
        quick.addAll(l.blocks());
      }
    }
    long c = START;
    while (c < top && list.size() < 10_000) {
      long size = size(c);
      long block = c + 16;
      if (size < MIN_SIZE || c + size > top) {
        break; // written over: what follows cannot be told
      }
      boolean own = tcaches.values().stream().anyMatch(t -> t.block == block);
      if (!own) {
        State s =
            cached.contains(block)
                ? State.TCACHE
                : quick.contains(block)
                    ? State.FAST
                    : inUseAt(c + size) ? State.IN_USE : State.FREE;
        list.add(new Chunk(block, size, s));
      }
      c += size;
    }
    list.add(new Chunk(top + 16, size(top), State.TOP));
    return list;
  }

  /** The lists of free blocks that are not empty. */
  public List<FreeList> freeLists() {
    List<FreeList> lists = new ArrayList<>();
    tcaches.forEach((id, t) -> {
      for (int i = 0; i < TCACHE_BINS; i++) {
        List<Long> blocks = new ArrayList<>();
        long e = t.entries[i];
        for (int n = 0; n < t.counts[i] && e != 0 && !misaligned(e); n++) {
          blocks.add(e);
          e = reveal(e);
        }
        add(lists, "tcache " + (MIN_SIZE + 16L * i), blocks);
      }
    });
    for (int i = 0; i < fast.length; i++) {
      List<Long> blocks = new ArrayList<>();
      for (long p = fast[i]; p != 0 && !misaligned(p) && blocks.size() < 100; p = reveal(p + 16)) {
        blocks.add(p + 16);
      }
      add(lists, "fastbin " + (MIN_SIZE + 16L * i), blocks);
    }
    for (int i = 1; ready && i < BINS; i++) {
      List<Long> blocks = new ArrayList<>();
      for (long p = fd(bin(i)); p != bin(i) && blocks.size() < 100; p = fd(p)) {
        blocks.add(p + 16);
      }
      add(lists, i == 1 ? "unsorted" : i < 64 ? "smallbin " + 16 * i : "largebin " + i, blocks);
    }
    return lists;
  }

  private static void add(List<FreeList> lists, String name, List<Long> blocks) {
    if (!blocks.isEmpty()) {
      lists.add(new FreeList(name, blocks));
    }
  }
}
