package paniclab.model.machine;

import paniclab.model.program.GoString;
import paniclab.model.signal.Fault;

/**
 * Memory that is no variable of the model: an address nothing is mapped at, the bytes of a string.
 * A pointer to it is a {@link Pointer} to {@link Cells} without longs and refs that have it as
 * their {@code site}, so that a variable costs nothing more than before: who touches such cells
 * meets a NullPointerException, and {@link Faults} looks what was touched.
 */
sealed interface RawMemory {
  /** The address of its first byte, as far as one can be told. */
  long address();

  /** What happens to somebody who writes there; reads of {@link Unmapped} fare no better. */
  Fault fault(int index);

  /** Nothing is mapped at this address. */
  record Unmapped(long address) implements RawMemory {
    @Override
    public Fault fault(int index) {
      return Fault.unmapped(address);
    }
  }

  /** The bytes of a string constant: they can be read. */
  record Text(GoString bytes, long address) implements RawMemory {
    @Override
    public Fault fault(int index) {
      return Fault.readOnly(address + index);
    }
  }

  /** A mapped file, by the number of the mapping: {@link MemoryFiles} knows what may be touched. */
  record Mapping(int number, long address) implements RawMemory {
    @Override
    public Fault fault(int index) {
      return Fault.truncated(address + index);
    }
  }

  /** Addresses below this are never mapped: where the program itself begins. */
  long PROGRAM = 0x400000;

  /** Addresses from here on may be the program's own. */
  long FIRST_FREE = 0x1_0000_0000L;

  /** Addresses from here on may be those of libraries, stacks and mappings. */
  long MAPPINGS = 0x7000_0000_0000L;

  /** Where read-only data would lie. */
  long READ_ONLY_DATA = 0x4c4000;

  /**
   * A pointer to an address given as a number.
   *
   * @throws OutOfModelException where a real process may have something there
   */
  static Pointer at(Machine m, long address) {
    if (m.hasGivenOut(address)) {
      throw unknown(address);
    }
    return at(m.image, address);
  }

  /** The same for an address that the program's text has. */
  static Pointer at(Image image, long address) {
    boolean canonical = address << 16 >> 16 == address;
    boolean mapped =
        canonical && address >= PROGRAM && (address < FIRST_FREE || address >= MAPPINGS);
    if (mapped || address < 0 && canonical) {
      throw unknown(address);
    }
    return address == 0 ? null : new Pointer(image.raw(new Unmapped(address)), 0);
  }

  private static OutOfModelException unknown(long address) {
    return new OutOfModelException(
        "not supported by the model: what lies at the address 0x" + Long.toHexString(address));
  }

  /** The raw memory behind cells; null for a variable. */
  static RawMemory of(Cells c) {
    return c != null && c.site instanceof RawMemory r ? r : null;
  }
}
