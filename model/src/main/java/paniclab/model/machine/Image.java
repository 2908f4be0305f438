package paniclab.model.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.model.program.Function;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Position;
import paniclab.model.program.Program;

/**
 * A program linked for the interpreter: types, functions and package variables by number. Filled as
 * the program runs; shared by the copies of a machine, used by one thread at a time.
 */
public final class Image {
  final Program program;
  final Natives natives;

  /** Whether every load and store can be a switch point (exploration) or not (plain runs). */
  final boolean fine;

  /**
   * Whether a search has to try the starts and ends of goroutines in every order: the program may
   * ask how many there are. Told from its text, so that a schedule means the same in every run.
   */
  final boolean counted;

  /** What a goroutine whose end others can notice stands before. */
  final Code leaveCode;

  private static final List<String> COUNTING =
      List.of("NumGoroutine", "Stack(", "runtime/pprof", "runtime/metrics");

  private final Map<GoType, RType> types = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Integer> globals = new HashMap<>();
  private final List<RType> globalTypes = new ArrayList<>();
  private final List<String> globalNames = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<Place, Integer> placeIndex = new HashMap<>();
  final Code panicCode;
  final Code bridgeCode;
  private final Packer.Chunks chunks = new Packer.Chunks();

  /** What the constants of type string are kept in; only looked up. */
  private final IdentityHashMap<Object, Boolean> constants = new IdentityHashMap<>();

  /** Links lazily; {@code fine} as in the field. */
  public Image(Program program, Natives natives, boolean fine) {
    this.program = program;
    this.natives = natives;
    this.fine = fine;
    this.panicCode = Linker.panicCode();
    this.bridgeCode = Linker.bridgeCode();
    this.leaveCode = Leaving.code();
    this.counted =
        fine
            && program.sources().stream()
                .anyMatch(f -> COUNTING.stream().anyMatch(f.text()::contains));
  }

  private final Map<RawMemory, Cells> raw = new HashMap<>();

  /** The cells that stand for memory which is no variable: the same for the same. */
  Cells raw(RawMemory memory) {
    return raw.computeIfAbsent(
        memory,
        r -> {
          Cells c = new Cells(null, null);
          c.site = r;
          return c;
        });
  }

  /** Notes a constant: its memory is the program's own and never collected. */
  void constant(GoString s) {
    constants.put(s.storage(), true);
  }

  /** Whether a string is a constant or a part of one. */
  boolean isConstant(GoString s) {
    return constants.containsKey(s.storage());
  }

  /** The machine's type for a Go type. */
  public RType type(GoType t) {
    RType r = types.get(t);
    if (r != null) {
      return r;
    }
    r = new RType(types.size(), t);
    types.put(t, r);
    switch (r.under) {
      case GoType.Pointer p -> r.elem = type(p.elem());
      case GoType.Slice s -> r.elem = type(s.elem());
      case GoType.Array a -> {
        if (a.length() > 1 << 28) {
          throw new OutOfModelException("an array of " + a.length() + " elements");
        }
        r.length = (int) a.length();
        r.elem = type(a.elem());
      }
      case GoType.Map m -> {
        r.key = type(m.key());
        r.elem = type(m.elem());
      }
      case GoType.Chan c -> r.elem = type(c.elem());
      case GoType.Struct s -> r.fields = all(s.fields().stream().map(GoType.Field::type).toList());
      case GoType.Tuple s -> r.fields = all(s.types());
      case GoType.Basic b -> {}
      case GoType.Signature s -> {}
      case GoType.Interface i -> {}
      case GoType.Named n -> throw new IllegalStateException(n.name());
    }
    return r;
  }

  private RType[] all(List<GoType> list) {
    RType[] a = new RType[list.size()];
    for (int i = 0; i < a.length; i++) {
      a[i] = type(list.get(i));
    }
    return a;
  }

  /** The code of a function of the program. */
  Code code(String name) {
    Code c = codes.get(name);
    if (c == null) {
      Function f =
          program
              .function(name)
              .orElseThrow(() -> new OutOfModelException("not supported by the model: " + name));
      c = link(f);
    }
    return c;
  }

  /** Whether the program has such a function. */
  boolean has(String name) {
    return codes.containsKey(name) || program.function(name).isPresent();
  }

  boolean isLinked(String name) {
    return codes.containsKey(name);
  }

  /** Links a function that need not be in the program's table. */
  Code link(Function f) {
    Code c = new Code(f);
    codes.put(f.name(), c);
    new Linker(this, c).link();
    return c;
  }

  /** Shapes of frames in a row, shared by all that are the same. */
  Shape[] chunk(Shape[] shapes) {
    return chunks.intern(shapes);
  }

  /** The code of a method of a dynamic type. */
  Code method(RType t, String name, String packagePath) {
    String key = packagePath.isEmpty() ? name : packagePath + "." + name;
    Code c = t.methods.get(key);
    if (c == null) {
      Optional<String> f = program.method(t.type, name, packagePath);
      c =
          code(
              f.orElseThrow(() ->
                  new OutOfModelException(
                      "not supported by the model: method " + name + " of " + t)));
      t.methods.put(key, c);
    }
    return c;
  }

  int exportedMethods(RType t) {
    return program.exportedMethods(t.type);
  }

  boolean hasMethod(RType t, String name, String packagePath) {
    return program.method(t.type, name, packagePath).isPresent();
  }

  /** The first method of an interface that a dynamic type lacks, or has with another signature. */
  Optional<GoType.Method> missingMethod(RType t, GoType.Interface i) {
    return t.missing.computeIfAbsent(i, k -> firstMissing(t, k));
  }

  private Optional<GoType.Method> firstMissing(RType t, GoType.Interface i) {
    for (GoType.Method m : i.methods()) {
      Optional<GoType.Signature> own =
          program
              .method(t.type, m.name(), m.packagePath())
              .flatMap(program::function)
              .map(Function::signature);
      if (own.isEmpty() || !sameButReceiver(own.get(), m.signature())) {
        return Optional.of(m);
      }
    }
    return Optional.empty();
  }

  private static boolean sameButReceiver(GoType.Signature method, GoType.Signature wanted) {
    List<GoType> p = method.parameters();
    return p.size() == wanted.parameters().size() + 1
        && p.subList(1, p.size()).equals(wanted.parameters())
        && method.results().equals(wanted.results())
        && method.variadic() == wanted.variadic();
  }

  int global(String name) {
    Integer i = globals.get(name);
    if (i == null) {
      i = globals.size();
      globals.put(name, i);
      globalNames.add(name);
      globalTypes.add(
          type(
              program
                  .global(name)
                  .orElseThrow(
                      () -> new OutOfModelException("not supported by the model: " + name))));
    }
    return i;
  }

  RType globalType(int i) {
    return globalTypes.get(i);
  }

  String globalName(int i) {
    return globalNames.get(i);
  }

  /** A place in the program, as runtime.Callers gives it: a function and a position in it. */
  record Place(Function function, Position position) {}

  /** What a made-up program counter begins at, and how far two are apart. */
  private static final long TEXT_START = 0x401000;

  private static final long TEXT_STEP = 16;

  /** The program counter of a place. */
  long place(Function f, Position p) {
    Place k = new Place(f, p);
    Integer i = placeIndex.get(k);
    if (i == null) {
      i = places.size();
      placeIndex.put(k, i);
      places.add(k);
    }
    return TEXT_START + TEXT_STEP * i;
  }

  /** The place of a program counter, or of the return address after it; null for none. */
  Place place(long pc) {
    long i = (pc - TEXT_START + 1) / TEXT_STEP;
    return pc < TEXT_START - 1 || i >= places.size() ? null : places.get((int) i);
  }
}
