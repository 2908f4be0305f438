package paniclab.model.program;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A Go type, as data.
 *
 * <p>Two types are identical (in the sense of the Go specification) exactly when {@link #equals}
 * says so: unnamed types compare by structure, {@link Named} types by their qualified name. {@link
 * #toString} is the type as Go prints it with {@code %T} or in an interface conversion panic.
 */
public sealed interface GoType {

  /** The basic kinds, spelled as Go spells them. */
  enum Kind {
    BOOL("bool", 1),
    INT("int", 8),
    INT8("int8", 1),
    INT16("int16", 2),
    INT32("int32", 4),
    INT64("int64", 8),
    UINT("uint", 8),
    UINT8("uint8", 1),
    UINT16("uint16", 2),
    UINT32("uint32", 4),
    UINT64("uint64", 8),
    UINTPTR("uintptr", 8),
    FLOAT32("float32", 4),
    FLOAT64("float64", 8),
    COMPLEX64("complex64", 8),
    COMPLEX128("complex128", 16),
    STRING("string", 16),
    UNSAFE_POINTER("unsafe.Pointer", 8),
    /** The type of the untyped nil; only constants have it. */
    UNTYPED_NIL("untyped nil", 8);

    private final String goName;
    private final int size;

    Kind(String goName, int size) {
      this.goName = goName;
      this.size = size;
    }

    /** The name as in Go source. */
    public String goName() {
      return goName;
    }

    /** Size in bytes on amd64. */
    public int size() {
      return size;
    }

    /** Whether this is one of Go's integer kinds, uintptr included. */
    public boolean isInteger() {
      return ordinal() >= INT.ordinal() && ordinal() <= UINTPTR.ordinal();
    }

    /** Whether this is an unsigned integer kind, uintptr included. */
    public boolean isUnsigned() {
      return ordinal() >= UINT.ordinal() && ordinal() <= UINTPTR.ordinal();
    }

    /** Whether this is float32 or float64. */
    public boolean isFloat() {
      return this == FLOAT32 || this == FLOAT64;
    }

    /** Whether this is complex64 or complex128. */
    public boolean isComplex() {
      return this == COMPLEX64 || this == COMPLEX128;
    }
  }

  /** A basic type. */
  record Basic(Kind kind) implements GoType {
    @Override
    public String toString() {
      return kind.goName();
    }
  }

  /**
   * A defined (named) type, or one instance of a generic one.
   *
   * <p>{@code name} is the identity: the qualified name with the full package path, type arguments
   * included, and a suffix that tells apart local types of the same name. {@code display} is what
   * Go prints ({@code main.T}, {@code main.List[int]}).
   */
  final class Named implements GoType {
    private final String name;
    private final String display;
    private final String packagePath;
    private final Supplier<GoType> underlying;

    /**
     * Makes a named type.
     *
     * @param underlying gives the underlying type; called late, because types may be recursive
     */
    public Named(String name, String display, String packagePath, Supplier<GoType> underlying) {
      this.name = name;
      this.display = display;
      this.packagePath = packagePath;
      this.underlying = underlying;
    }

    /** The identity of this type. */
    public String name() {
      return name;
    }

    /** The import path of the declaring package; empty for predeclared types such as error. */
    public String packagePath() {
      return packagePath;
    }

    @Override
    public GoType underlying() {
      return underlying.get().underlying();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Named n && n.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return display;
    }
  }

  /** {@code *elem}. */
  record Pointer(GoType elem) implements GoType {
    @Override
    public String toString() {
      return "*" + elem;
    }
  }

  /** {@code []elem}. */
  record Slice(GoType elem) implements GoType {
    @Override
    public String toString() {
      return "[]" + elem;
    }
  }

  /** {@code [length]elem}. */
  record Array(GoType elem, long length) implements GoType {
    @Override
    public String toString() {
      return "[" + length + "]" + elem;
    }
  }

  /** {@code map[key]elem}. */
  record Map(GoType key, GoType elem) implements GoType {
    @Override
    public String toString() {
      return "map[" + key + "]" + elem;
    }
  }

  /** Which ends of a channel a channel type offers. */
  enum Direction {
    BOTH,
    SEND_ONLY,
    RECEIVE_ONLY
  }

  /** {@code chan elem}, {@code chan<- elem} or {@code <-chan elem}. */
  record Chan(GoType elem, Direction direction) implements GoType {
    @Override
    public String toString() {
      return switch (direction) {
        case BOTH ->
            elem instanceof Chan c && c.direction == Direction.RECEIVE_ONLY
                ? "chan (" + elem + ")"
                : "chan " + elem;
        case SEND_ONLY -> "chan<- " + elem;
        case RECEIVE_ONLY -> "<-chan " + elem;
      };
    }
  }

  /**
   * A struct field.
   *
   * @param packagePath declaring package of an unexported name, empty for an exported one
   */
  record Field(String name, String packagePath, GoType type, boolean embedded, String tag) {
    @Override
    public String toString() {
      return (embedded ? "" : name + " ") + type + (tag.isEmpty() ? "" : " " + quote(tag));
    }

    private static String quote(String s) {
      return "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }

  /** A struct type. */
  record Struct(List<Field> fields) implements GoType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return fields.isEmpty()
          ? "struct {}"
          : fields.stream()
              .map(Field::toString)
              .collect(Collectors.joining("; ", "struct { ", " }"));
    }
  }

  /** Several values together: the results of a call, or a comma-ok pair. */
  record Tuple(List<GoType> types) implements GoType {
    public Tuple {
      types = List.copyOf(types);
    }

    @Override
    public String toString() {
      return types.stream().map(GoType::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /** A function type; methods carry their receiver as the first parameter of the function. */
  record Signature(List<GoType> parameters, List<GoType> results, boolean variadic)
      implements GoType {
    public Signature {
      parameters = List.copyOf(parameters);
      results = List.copyOf(results);
    }

    /** Parameters and results without the word func, as in a method specification. */
    public String tail() {
      StringBuilder b = new StringBuilder("(");
      for (int i = 0; i < parameters.size(); i++) {
        if (i > 0) {
          b.append(", ");
        }
        GoType p = parameters.get(i);
        b.append(
            variadic && i == parameters.size() - 1 && p instanceof Slice s
                ? "..." + s.elem()
                : p.toString());
      }
      b.append(")");
      if (results.size() == 1) {
        b.append(" ").append(results.getFirst());
      } else if (results.size() > 1) {
        b.append(" ").append(new Tuple(results));
      }
      return b.toString();
    }

    @Override
    public String toString() {
      return "func" + tail();
    }
  }

  /**
   * A method of an interface.
   *
   * @param packagePath declaring package of an unexported name, empty for an exported one
   */
  record Method(String name, String packagePath, Signature signature) {}

  /** An interface type with its full, sorted method set; the empty one is {@code interface {}}. */
  record Interface(List<Method> methods) implements GoType {
    public Interface {
      methods = List.copyOf(methods);
    }

    @Override
    public String toString() {
      return methods.isEmpty()
          ? "interface {}"
          : methods.stream()
              .map(m -> m.name() + m.signature().tail())
              .collect(Collectors.joining("; ", "interface { ", " }"));
    }
  }

  /** The underlying type; the type itself unless it is {@link Named}. */
  default GoType underlying() {
    return this;
  }

  /** The basic kind of the underlying type, if it has one. */
  default Optional<Kind> basicKind() {
    return underlying() instanceof Basic b ? Optional.of(b.kind()) : Optional.empty();
  }
}
