package paniclab.model.machine;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Optional;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/** A type as the machine uses it: one object for each Go type of an {@link Image}. */
public final class RType {
  /** How values of a type are held in a cell or register. */
  enum Shape {
    /** In a long. */
    LONG,
    /** In a reference, nil is null. */
    REF,
    /** A {@link GoString}. */
    STRING,
    /** A {@link ComplexValue}. */
    COMPLEX,
    /** A {@link Cells} of its own. */
    CELLS
  }

  final int id;
  final GoType type;
  final GoType under;
  final Shape shape;

  /** Element of a pointer, slice, array, channel or map; null else. */
  RType elem;

  /** Key of a map; null else. */
  RType key;

  /** Field types of a struct, component types of a tuple; null else. */
  RType[] fields;

  /** Length of an array. */
  int length;

  /** The Go pointer that stands for it in reflection; null until it is asked for. */
  Pointer handle;

  /** By interface type: the first method this type lacks. */
  final IdentityHashMap<GoType.Interface, Optional<GoType.Method>> missing =
      new IdentityHashMap<>();

  final HashMap<String, Code> methods = new HashMap<>();

  RType(int id, GoType type) {
    this.id = id;
    this.type = type;
    this.under = type.underlying();
    this.shape =
        switch (under) {
          case GoType.Basic b ->
              b.kind() == GoType.Kind.STRING
                  ? Shape.STRING
                  : b.kind().isComplex()
                      ? Shape.COMPLEX
                      : b.kind() == GoType.Kind.UNSAFE_POINTER
                              || b.kind() == GoType.Kind.UNTYPED_NIL
                          ? Shape.REF
                          : Shape.LONG;
          case GoType.Struct s -> Shape.CELLS;
          case GoType.Array a -> Shape.CELLS;
          case GoType.Tuple t -> Shape.CELLS;
          case GoType.Named n -> throw new IllegalStateException(n + " is its own underlying type");
          case GoType.Pointer p -> Shape.REF;
          case GoType.Slice s -> Shape.REF;
          case GoType.Map m -> Shape.REF;
          case GoType.Chan c -> Shape.REF;
          case GoType.Signature s -> Shape.REF;
          case GoType.Interface i -> Shape.REF;
        };
  }

  /** The Go type. */
  public GoType type() {
    return type;
  }

  /** The underlying Go type. */
  public GoType underlying() {
    return under;
  }

  /** Element of a pointer, slice, array, channel or map. */
  public RType elem() {
    return elem;
  }

  /** Key of a map. */
  public RType key() {
    return key;
  }

  /** Type of the i-th field of a struct. */
  public RType field(int i) {
    return fields[i];
  }

  /** Whether values are held in a long. */
  public boolean isLong() {
    return shape == Shape.LONG;
  }

  boolean isInterface() {
    return under instanceof GoType.Interface;
  }

  /** The zero value where it is not held in a long. */
  public Object zeroRef() {
    return switch (shape) {
      case LONG, REF -> null;
      case STRING -> GoString.EMPTY;
      case COMPLEX -> ComplexValue.ZERO;
      case CELLS -> zeroCells();
    };
  }

  private Cells zeroCells() {
    if (fields != null) {
      boolean anyLong = false;
      boolean anyRef = false;
      for (RType f : fields) {
        anyLong |= f.isLong();
        anyRef |= !f.isLong();
      }
      Cells c =
          new Cells(
              anyLong ? new long[fields.length] : null, anyRef ? new Object[fields.length] : null);
      if (anyRef) {
        for (int i = 0; i < fields.length; i++) {
          c.refs[i] = fields[i].zeroRef();
        }
      }
      return c;
    }
    return elem.newCells(length);
  }

  /** {@code n} zeroed cells of this type. */
  public Cells newCells(int n) {
    if (isLong()) {
      return new Cells(new long[n], null);
    }
    Object[] r = new Object[n];
    if (shape != Shape.REF) {
      Object z = zeroRef();
      for (int i = 0; i < n; i++) {
        r[i] = z instanceof Cells c ? (i == 0 ? c : c.copy()) : z;
      }
    }
    return new Cells(null, r);
  }

  /** Size of a value in bytes on amd64. */
  public long size() {
    return switch (under) {
      case GoType.Basic b -> b.kind().size();
      case GoType.Struct s -> {
        long n = 0;
        long align = 1;
        for (RType f : fields) {
          long a = f.align();
          align = Math.max(align, a);
          n = (n + a - 1) / a * a + f.size();
        }
        yield (n + align - 1) / align * align;
      }
      case GoType.Array a -> a.length() * elem.size();
      case GoType.Slice s -> 24;
      case GoType.Interface i -> 16;
      default -> 8;
    };
  }

  long align() {
    return switch (under) {
      case GoType.Basic b -> Math.max(1, Math.min(8, b.kind().size()));
      case GoType.Struct s -> {
        long align = 1;
        for (RType f : fields) {
          align = Math.max(align, f.align());
        }
        yield align;
      }
      case GoType.Array a -> elem.align();
      default -> 8;
    };
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
