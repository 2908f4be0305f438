package paniclab.model.c;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The memory of a process as C sees it: bytes at 64-bit addresses, in ranges that are mapped. What
 * is not mapped faults. Pages come into being when they are touched.
 */
public final class CMemory {
  /** Bytes of a page. */
  public static final int PAGE = 4096;

  /** Pages that a program may touch: 256 MiB. */
  public static final int MAX_PAGES = 1 << 16;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * A mapped range.
   *
   * @param name what it is: heap, stack, data, …
   */
  public record Range(long start, long end, boolean writable, String name) {}

  /** Memory that is not C's own but has addresses: Go's. */
  public interface Foreign {
    /** Whether it has an address. */
    boolean has(long address);

    /** The byte at an address that it has, 0 to 255. */
    int loadByte(long address);

    /** Writes a byte. */
    void storeByte(long address, int value);

    /** A whole value, for values that are no bytes. */
    long load(long address, int size);

    /** Writes a whole value. */
    void store(long address, int size, long value);
  }

  private final TreeMap<Long, Range> ranges = new TreeMap<>();
  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private Optional<Foreign> foreign = Optional.empty();

  /** Stacks lie from here on: there it is known which bytes were never written. */
  public static final long STACKS = 0x7ffc00000000L;

  private final TreeMap<Long, byte[]> unset = new TreeMap<>();

  private long readPage = -1;
  private byte[] readBytes = {};
  private long writePage = -1;
  private byte[] writeBytes = {};

  /** Memory with nothing in it. */
  public CMemory() {}

  private CMemory(CMemory from) {
    ranges.putAll(from.ranges);
    for (Map.Entry<Long, byte[]> e : from.pages.entrySet()) {
      pages.put(e.getKey(), e.getValue().clone());
    }
    for (Map.Entry<Long, byte[]> e : from.unset.entrySet()) {
      unset.put(e.getKey(), e.getValue().clone());
    }
  }

  /** A second memory with the same content, without what is foreign. */
  public CMemory copy() {
    return new CMemory(this);
  }

  /** Says who has the addresses that are not mapped here. */
  public void foreign(Foreign f) {
    foreign = Optional.of(f);
  }

  /** Maps a range of whole pages; replaces one that begins at the same address. */
  public void map(long start, long size, boolean writable, String name) {
    ranges.put(start, new Range(start, start + size, writable, name));
    forget();
  }

  /** Takes a range away, with what is in it. */
  public void unmap(long start) {
    Range r = ranges.remove(start);
    if (r != null) {
      pages.subMap(r.start() / PAGE, r.end() / PAGE).clear();
    }
    forget();
  }

  private void forget() {
    readPage = -1;
    writePage = -1;
  }

  /** The range an address is in. */
  public Optional<Range> range(long address) {
    Map.Entry<Long, Range> e = ranges.floorEntry(address);
    return e != null && address < e.getValue().end() && address >= 0
        ? Optional.of(e.getValue())
        : Optional.empty();
  }

  /** All ranges, by address. */
  public Iterable<Range> ranges() {
    return ranges.values();
  }

  private byte[] page(long number, boolean write) {
    Range r =
        range(number * PAGE).orElseThrow(() -> new CFault(CFault.Signal.SIGSEGV, 1, number * PAGE));
    if (write && !r.writable()) {
      throw new CFault(CFault.Signal.SIGSEGV, 2, number * PAGE);
    }
    byte[] p = pages.get(number);
    if (p == null) {
      if (pages.size() >= MAX_PAGES) {
        throw new COutside(
            "the C side uses more than " + ((long) MAX_PAGES * PAGE >> 20) + " MiB of memory");
      }
      p = new byte[PAGE];
      pages.put(number, p);
    }
    return p;
  }

  private byte[] readable(long address) {
    long n = address >>> 12;
    if (n != readPage) {
      readBytes = faulting(n, false, address);
      readPage = n;
    }
    return readBytes;
  }

  private byte[] writable(long address) {
    long n = address >>> 12;
    if (n != writePage) {
      writeBytes = faulting(n, true, address);
      writePage = n;
    }
    return writeBytes;
  }

  /** A page; a fault names the very address. */
  private byte[] faulting(long n, boolean write, long address) {
    if (address < 0) {
      // Not canonical: the processor raises a general protection fault, which has no address.
      throw new CFault(CFault.Signal.SIGSEGV, 128, 0);
    }
    try {
      return page(n, write);
    } catch (CFault e) {
      throw new CFault(e.signal(), e.code(), address >= 1L << 47 ? 0 : address);
    }
  }

  /** Forgets what a part of a stack holds: a new frame has no values yet. */
  public void undefine(long address, long size) {
    for (long a = address; a < address + size; a++) {
      unset.computeIfAbsent(a >>> 12, k -> new byte[PAGE])[(int) a & 0xfff] = 1;
    }
  }

  private void define(long address, int size) {
    for (long a = address; a < address + size; a++) {
      byte[] u = unset.get(a >>> 12);
      if (u != null) {
        u[(int) a & 0xfff] = 0;
      }
    }
  }

  /** Whether all bytes of a value were written since {@link #undefine}. */
  public boolean isDefined(long address, int size) {
    for (long a = address; address >= STACKS && a < address + size; a++) {
      byte[] u = unset.get(a >>> 12);
      if (u != null && u[(int) a & 0xfff] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isForeign(long address) {
    return foreign.isPresent() && foreign.get().has(address);
  }

  /** The byte at an address, 0 to 255. */
  public int loadByte(long address) {
    if (address >>> 12 != readPage && isForeign(address)) {
      return foreign.orElseThrow().loadByte(address);
    }
    return readable(address)[(int) address & 0xfff] & 0xff;
  }

  /** Writes a byte. */
  public void storeByte(long address, int value) {
    if (address >>> 12 != writePage && isForeign(address)) {
      foreign.orElseThrow().storeByte(address, value);
      return;
    }
    if (address >= STACKS) {
      define(address, 1);
    }
    writable(address)[(int) address & 0xfff] = (byte) value;
  }

  /** {@code size} (1, 2, 4, 8) bytes at an address, the lowest first, as an unsigned number. */
  public long load(long address, int size) {
    if (address >>> 12 != readPage && isForeign(address)) {
      return foreign.orElseThrow().load(address, size);
    }
    int i = (int) address & 0xfff;
    if (i + size > PAGE) {
      long v = 0;
      for (int k = size - 1; k >= 0; k--) {
        v = v << 8 | loadByte(address + k);
      }
      return v;
    }
    byte[] p = readable(address);
    return switch (size) {
      case 1 -> p[i] & 0xffL;
      case 2 -> (short) SHORT.get(p, i) & 0xffffL;
      case 4 -> (int) INT.get(p, i) & 0xffffffffL;
      default -> (long) LONG.get(p, i);
    };
  }

  /** Writes the lowest {@code size} bytes of a value. */
  public void store(long address, int size, long value) {
    if (address >>> 12 != writePage && isForeign(address)) {
      foreign.orElseThrow().store(address, size, value);
      return;
    }
    int i = (int) address & 0xfff;
    if (i + size > PAGE) {
      for (int k = 0; k < size; k++) {
        storeByte(address + k, (int) (value >>> 8 * k));
      }
      return;
    }
    if (address >= STACKS) {
      define(address, size);
    }
    byte[] p = writable(address);
    switch (size) {
      case 1 -> p[i] = (byte) value;
      case 2 -> SHORT.set(p, i, (short) value);
      case 4 -> INT.set(p, i, (int) value);
      default -> LONG.set(p, i, value);
    }
  }

  /** A value of a kind; floats as the bits of a double. */
  public long load(long address, CKind kind) {
    long v = load(address, kind.size());
    return switch (kind) {
      case I8 -> (byte) v;
      case I16 -> (short) v;
      case I32 -> (int) v;
      case F32 -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) v));
      default -> v;
    };
  }

  /** Writes a value of a kind. */
  public void store(long address, CKind kind, long value) {
    store(
        address,
        kind.size(),
        kind == CKind.F32
            ? Float.floatToRawIntBits((float) Double.longBitsToDouble(value))
            : value);
  }

  /** Copies bytes; the ranges may overlap. */
  public void copy(long to, long from, long n) {
    if (to <= from) {
      for (long i = 0; i < n; i++) {
        storeByte(to + i, loadByte(from + i));
      }
    } else {
      for (long i = n - 1; i >= 0; i--) {
        storeByte(to + i, loadByte(from + i));
      }
    }
  }

  /** Sets bytes. */
  public void fill(long address, int value, long n) {
    for (long i = 0; i < n; i++) {
      storeByte(address + i, value);
    }
  }

  /** Writes bytes. */
  public void put(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      storeByte(address + i, bytes[i]);
    }
  }

  /** Bytes at an address. */
  public byte[] get(long address, int n) {
    byte[] b = new byte[n];
    for (int i = 0; i < n; i++) {
      b[i] = (byte) loadByte(address + i);
    }
    return b;
  }

  /** The length of the string at an address. */
  public long stringLength(long address) {
    long n = 0;
    while (loadByte(address + n) != 0) {
      n++;
    }
    return n;
  }

  /** The bytes of the string at an address, without the zero that ends it. */
  public byte[] string(long address) {
    return get(address, (int) stringLength(address));
  }

  /** The string at an address as text. */
  public String text(long address) {
    return new String(string(address), StandardCharsets.UTF_8);
  }
}
