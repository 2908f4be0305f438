package paniclab.model.c;

/** How a C value is kept; the order is that of the front end's format. */
public enum CKind {
  VOID(0),
  I8(1),
  U8(1),
  I16(2),
  U16(2),
  I32(4),
  U32(4),
  I64(8),
  U64(8),
  /** Kept as the bits of a double. */
  F32(4),
  F64(8),
  /** A struct or union, by its address. */
  AGGREGATE(0),
  BOOLEAN(1);

  private static final CKind[] ALL = values();
  private final int size;

  CKind(int size) {
    this.size = size;
  }

  /** Bytes in memory; 0 where there is no one size. */
  public int size() {
    return size;
  }

  /** Whether it is float or double. */
  public boolean isReal() {
    return this == F32 || this == F64;
  }

  /** The kind with a number of the format. */
  public static CKind of(long number) {
    return ALL[(int) number];
  }
}
