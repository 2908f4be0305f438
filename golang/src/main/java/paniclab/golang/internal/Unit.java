package paniclab.golang.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final byte[] MAGIC = {'P', 'A', 'N', 'I', 'C', 'L', 'B', 2};
  private static final int SECTIONS = 8;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int stringSection;
  private final @Nullable String[] strings;
  private final int typeSection;
  private final @Nullable GoType[] types;
  private final int functionSection;
  private final int globalSection;
  private final int methodSection;
  private final int methodLists;
  private final int bodies;
  private final String initFunction;
  private final String mainFunction;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Map<GoType, Map<MethodKey, String>> methods = new ConcurrentHashMap<>();
  private volatile @Nullable Map<GoType, Integer> unnamed;

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
    stringSection = start[1];
    strings = new String[word(stringSection)];
    typeSection = start[2];
    types = new GoType[word(typeSection)];
    functionSection = start[3];
    globalSection = start[4];
    methodSection = start[5];
    methodLists = start[6];
    bodies = start[7];
    Reader entry = new Reader(bytes, start[0]);
    initFunction = string(entry.uint());
    mainFunction = string(entry.uint());
  }

  private int word(int at) {
    return (int) WORD.get(bytes, at);
  }

  /** Where an item of a section begins. */
  private int item(int section, int index) {
    return section + 4 * (word(section) + 2) + word(section + 4 * (index + 1));
  }

  private int itemLength(int section, int index) {
    return word(section + 4 * (index + 2)) - word(section + 4 * (index + 1));
  }

  /** The number that a directory has for a name, or -1. */
  private int find(int directory, String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = word(directory) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int entry = directory + 4 + 8 * middle;
      int string = word(entry);
      int from = item(stringSection, string);
      int to = from + itemLength(stringSection, string);
      int order = Arrays.compareUnsigned(bytes, from, to, key, 0, key.length);
      if (order == 0) {
        return word(entry + 4);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
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
    int start = find(functionSection, name);
    return start < 0
        ? Optional.empty()
        : Optional.of(
            functions.computeIfAbsent(
                name, n -> new FunctionDecoder(this, new Reader(bytes, bodies + start)).decode(n)));
  }

  /** The names of all functions, sorted. */
  public List<String> functionNames() {
    int n = word(functionSection);
    List<String> names = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      names.add(string(word(functionSection + 4 + 8 * i)));
    }
    return names;
  }

  /** The type of a package variable. */
  public Optional<GoType> global(String name) {
    int type = find(globalSection, name);
    return type < 0 ? Optional.empty() : Optional.of(type(type));
  }

  /** The function that implements a method of a type. */
  public Optional<String> method(GoType type, String name, String packagePath) {
    return Optional.ofNullable(methods(type).get(new MethodKey(name, packagePath)));
  }

  /** How many exported methods of a type are in this unit. */
  public int exportedMethods(GoType type) {
    return (int) methods(type).keySet().stream().filter(k -> k.packagePath().isEmpty()).count();
  }

  private Map<MethodKey, String> methods(GoType type) {
    Map<MethodKey, String> known = methods.get(type);
    if (known != null) {
      return known;
    }
    int list = methodList(type);
    return list < 0
        ? Map.of()
        : methods.computeIfAbsent(type, t -> readMethods(new Reader(bytes, methodLists + list)));
  }

  /** Where a type's methods are listed, or -1. */
  private int methodList(GoType type) {
    return switch (type) {
      case GoType.Named n -> find(methodSection, n.name());
      case GoType.Pointer(GoType.Named n) -> find(methodSection, "*" + n.name());
      default -> unnamedTypes().getOrDefault(type, -1);
    };
  }

  /** Types without a name that have methods, by embedding: there are few. */
  private Map<GoType, Integer> unnamedTypes() {
    Map<GoType, Integer> map = unnamed;
    if (map == null) {
      map = new HashMap<>();
      for (int i = 0; i < word(methodSection); i++) {
        int entry = methodSection + 4 + 8 * i;
        String key = string(word(entry));
        if (key.startsWith("#")) {
          map.put(type(Integer.parseInt(key.substring(1))), word(entry + 4));
        }
      }
      unnamed = map;
    }
    return map;
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
      int from = item(stringSection, index);
      s = new String(bytes, from, itemLength(stringSection, index), StandardCharsets.UTF_8);
      strings[index] = s;
    }
    return s;
  }

  GoString goString(int index) {
    return GoString.copyOf(bytes, item(stringSection, index), itemLength(stringSection, index));
  }

  GoType type(int index) {
    GoType t = types[index];
    if (t == null) {
      t = new TypeDecoder(this, new Reader(bytes, item(typeSection, index))).decode();
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
