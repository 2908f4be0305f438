package paniclab.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import paniclab.model.signal.Fault;

/** Files that exist in memory only, and what is mapped of them. */
final class MemoryFiles {
  /** Bytes of a page. */
  static final int PAGE = 4096;

  /** Where mappings would lie; they are as far apart. */
  private static final long FIRST_MAPPING = 0x7f0000000000L;

  /** The most bytes a file may have: 64 MiB. */
  private static final int MAX_BYTES = 64 << 20;

  /**
   * A mapping.
   *
   * @param file its number, from 1
   * @param offset in the file, a multiple of the page
   */
  private record Mapped(int file, long offset, int length, boolean write, boolean shared) {}

  private final List<byte[]> files = new ArrayList<>();
  private final List<Mapped> mappings = new ArrayList<>();

  /** Whether each of the mappings is gone. */
  private final List<Boolean> unmapped = new ArrayList<>();

  MemoryFiles copy() {
    MemoryFiles m = new MemoryFiles();
    files.forEach(b -> m.files.add(b.clone()));
    m.mappings.addAll(mappings);
    m.unmapped.addAll(unmapped);
    return m;
  }

  /** A new empty file; its number, from 1. */
  int create() {
    files.add(new byte[0]);
    return files.size();
  }

  private byte[] file(int number) {
    return files.get(number - 1);
  }

  /** Cuts a file off, or lengthens it by zeros. */
  void truncate(int number, long size) {
    if (size > MAX_BYTES) {
      throw new OutOfModelException("not supported by the model: a file of " + size + " bytes");
    }
    files.set(number - 1, Arrays.copyOf(file(number), (int) size));
  }

  /** Reads into {@code to}; how many bytes. */
  int read(int number, long offset, byte[] to) {
    byte[] f = file(number);
    int n = (int) Math.max(0, Math.min(to.length, f.length - offset));
    System.arraycopy(f, (int) Math.min(offset, f.length), to, 0, n);
    return n;
  }

  /** Writes, and lengthens the file if need be. */
  void write(int number, long offset, byte[] from) {
    if (offset + from.length > file(number).length) {
      truncate(number, offset + from.length);
    }
    System.arraycopy(from, 0, file(number), (int) offset, from.length);
  }

  /** Maps a part of a file. */
  RawMemory.Mapping map(int number, long offset, int length, boolean write, boolean shared) {
    mappings.add(new Mapped(number, offset, length, write, shared));
    unmapped.add(false);
    return new RawMemory.Mapping(
        mappings.size(), FIRST_MAPPING + MAX_BYTES * (long) mappings.size());
  }

  /** Ends a mapping; whether it was there. */
  boolean unmap(RawMemory.Mapping m) {
    return !unmapped.set(m.number() - 1, true);
  }

  /** What happens to somebody who touches a byte of a mapping; null for nothing. */
  Fault fault(RawMemory.Mapping m, int index, boolean write) {
    Mapped p = mappings.get(m.number() - 1);
    long address = m.address() + index;
    if (unmapped.get(m.number() - 1)) {
      return Fault.unmapped(address);
    }
    if (write && !p.write()) {
      return Fault.readOnly(address);
    }
    long pages = (file(p.file()).length + (long) PAGE - 1) / PAGE;
    return p.offset() + index < pages * PAGE ? null : Fault.truncated(address);
  }

  /** The byte of a mapping; behind the end of the file, in its last page, are zeros. */
  int get(RawMemory.Mapping m, int index) {
    Mapped p = mappings.get(m.number() - 1);
    byte[] f = file(p.file());
    long at = p.offset() + index;
    return at < f.length ? f[(int) at] & 0xff : 0;
  }

  /** Changes a byte of a mapping, and of the file. */
  void set(RawMemory.Mapping m, int index, int value) {
    Mapped p = mappings.get(m.number() - 1);
    byte[] f = file(p.file());
    long at = p.offset() + index;
    if (!p.shared()) {
      throw new OutOfModelException("not supported by the model: a write to a private mapping");
    }
    if (at < f.length) {
      f[(int) at] = (byte) value;
    }
  }

  /** How many bytes a mapping has. */
  int length(RawMemory.Mapping m) {
    return mappings.get(m.number() - 1).length();
  }
}
