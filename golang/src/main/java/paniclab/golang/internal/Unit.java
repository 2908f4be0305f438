package paniclab.golang.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import paniclab.model.program.Function;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/**
 * A part of a program as gofront wrote it: the learner's packages, or the library. Strings, types
 * and functions are decoded when they are first asked for; asking is safe from any thread.
 */
public final class Unit {
  private static final byte[] MAGIC = {'P', 'A', 'N', 'I', 'C', 'L', 'B', 1};
  private static final int SECTIONS = 7;

  private final byte[] bytes;
  private final int[] stringStart;
  private final @Nullable String[] strings;
  private final int[] typeStart;
  private final @Nullable GoType[] types;
  private final int bodies;
  private final String initFunction;
  private final String mainFunction;
  private final Map<String, Integer> functionStart = new HashMap<>();
  private final Map<String, Integer> globalType = new HashMap<>();
  private final Map<TypeKey, Integer> methodTable = new HashMap<>();
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Map<TypeKey, Map<MethodKey, String>> methods = new ConcurrentHashMap<>();

  /** A type as a key: by name where it has one, because that needs no decoding. */
  private sealed interface TypeKey {
    record Name(String name, boolean pointer) implements TypeKey {}

    record Structure(GoType type) implements TypeKey {}
  }

  private record MethodKey(String name, String packagePath) {}

  /**
   * Opens a unit.
   *
   * @param bytes the array, which nobody may change afterwards
   * @param offset where in it the unit begins
   * @throws IllegalArgumentException if it is no unit of this version
   */
  public Unit(byte[] bytes, int offset) {
    this.bytes = bytes;
    Reader r = new Reader(bytes, offset);
    for (byte b : MAGIC) {
      if (r.u8() != b) {
        throw new IllegalArgumentException("not a program of this version of gofront");
      }
    }
    int[] start = new int[SECTIONS];
    int next = r.position() + 4 * SECTIONS;
    for (int i = 0; i < SECTIONS; i++) {
      start[i] = next;
      next += r.word();
    }
    stringStart = items(start[1]);
    strings = new String[stringStart.length];
    typeStart = items(start[2]);
    types = new GoType[typeStart.length];
    bodies = start[6];
    Reader entry = new Reader(bytes, start[0]);
    initFunction = string(entry.uint());
    mainFunction = string(entry.uint());
    indexFunctions(new Reader(bytes, start[3]));
    indexGlobals(new Reader(bytes, start[4]));
    indexMethods(new Reader(bytes, start[5]));
  }

  /** Where each item of a section begins, at its length. */
  private int[] items(int section) {
    Reader r = new Reader(bytes, section);
    int[] at = new int[r.uint()];
    for (int i = 0; i < at.length; i++) {
      at[i] = r.position();
      r.skip(r.uint());
    }
    return at;
  }

  private void indexFunctions(Reader r) {
    for (int n = r.uint(); n > 0; n--) {
      functionStart.put(string(r.uint()), bodies + r.uint());
    }
  }

  private void indexGlobals(Reader r) {
    for (int n = r.uint(); n > 0; n--) {
      globalType.put(string(r.uint()), r.uint());
    }
  }

  private void indexMethods(Reader r) {
    for (int n = r.uint(); n > 0; n--) {
      methodTable.put(keyOf(r.uint()), r.position());
      for (int m = r.uint(); m > 0; m--) {
        r.uint();
        r.uint();
        r.uint();
      }
    }
  }

  /** The key of the type with a number, decoded no further than its name if it has one. */
  private TypeKey keyOf(int type) {
    Reader r = new Reader(bytes, typeStart[type]);
    r.uint();
    int kind = r.u8();
    if (kind == TypeDecoder.NAMED) {
      return new TypeKey.Name(string(r.uint()), false);
    }
    if (kind == TypeDecoder.POINTER && keyOf(r.uint()) instanceof TypeKey.Name n && !n.pointer) {
      return new TypeKey.Name(n.name, true);
    }
    return new TypeKey.Structure(type(type));
  }

  private static TypeKey keyOf(GoType type) {
    return switch (type) {
      case GoType.Named n -> new TypeKey.Name(n.name(), false);
      case GoType.Pointer(GoType.Named n) -> new TypeKey.Name(n.name(), true);
      default -> new TypeKey.Structure(type);
    };
  }

  /** The function that initialises the program; empty in a library. */
  public String initFunction() {
    return initFunction;
  }

  /** The function main; empty in a library. */
  public String mainFunction() {
    return mainFunction;
  }

  /** A function by its unique name. */
  public Optional<Function> function(String name) {
    Function known = functions.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Integer start = functionStart.get(name);
    return start == null
        ? Optional.empty()
        : Optional.of(
            functions.computeIfAbsent(
                name, n -> new FunctionDecoder(this, new Reader(bytes, start)).decode(n)));
  }

  /** The names of all functions, in the order they were written. */
  public List<String> functionNames() {
    return functionStart.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The type of a package variable. */
  public Optional<GoType> global(String name) {
    return Optional.ofNullable(globalType.get(name)).map(this::type);
  }

  /** The function that implements a method of a type. */
  public Optional<String> method(GoType type, String name, String packagePath) {
    TypeKey key = keyOf(type);
    Map<MethodKey, String> known = methods.get(key);
    if (known == null) {
      Integer table = methodTable.get(key);
      if (table == null) {
        return Optional.empty();
      }
      known = methods.computeIfAbsent(key, k -> readMethods(new Reader(bytes, table)));
    }
    return Optional.ofNullable(known.get(new MethodKey(name, packagePath)));
  }

  private Map<MethodKey, String> readMethods(Reader r) {
    Map<MethodKey, String> table = new HashMap<>();
    for (int n = r.uint(); n > 0; n--) {
      table.put(new MethodKey(string(r.uint()), string(r.uint())), string(r.uint()));
    }
    return table;
  }

  String string(int index) {
    String s = strings[index];
    if (s == null) {
      Reader r = new Reader(bytes, stringStart[index]);
      int length = r.uint();
      s = new String(bytes, r.position(), length, StandardCharsets.UTF_8);
      strings[index] = s;
    }
    return s;
  }

  GoString goString(int index) {
    Reader r = new Reader(bytes, stringStart[index]);
    int length = r.uint();
    return GoString.copyOf(bytes, r.position(), length);
  }

  GoType type(int index) {
    GoType t = types[index];
    if (t == null) {
      Reader r = new Reader(bytes, typeStart[index]);
      r.uint();
      t = new TypeDecoder(this, r).decode();
      types[index] = t;
    }
    return t;
  }

  List<GoType> types(Reader r) {
    int n = r.uint();
    List<GoType> list = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      list.add(type(r.uint()));
    }
    return list;
  }
}
