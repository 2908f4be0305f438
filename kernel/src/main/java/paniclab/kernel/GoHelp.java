package paniclab.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.kernel.link.Display;

/** Completion and inspection of Go cells. */
final class GoHelp {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
  private static final Pattern FUNC =
      Pattern.compile("(?m)^func\\s+(?:\\([^)]*\\)\\s*)?([\\p{L}_][\\p{L}\\p{Nd}_]*)[^\\n{]*");

  /** The Go specification, section Keywords. */
  private static final List<String> KEYWORDS =
      List.of(
          "break",
          "case",
          "chan",
          "const",
          "continue",
          "default",
          "defer",
          "else",
          "fallthrough",
          "for",
          "func",
          "go",
          "goto",
          "if",
          "import",
          "interface",
          "map",
          "package",
          "range",
          "return",
          "select",
          "struct",
          "switch",
          "type",
          "var");

  /** Package builtin, by name. */
  private static final Map<String, String> BUILTINS = builtins();

  private static final List<String> TYPES =
      List.of(
          "any",
          "bool",
          "byte",
          "comparable",
          "complex64",
          "complex128",
          "error",
          "float32",
          "float64",
          "int",
          "int8",
          "int16",
          "int32",
          "int64",
          "rune",
          "string",
          "uint",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "uintptr",
          "true",
          "false",
          "iota",
          "nil");

  private static Map<String, String> builtins() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("append", "func append(slice []Type, elems ...Type) []Type");
    m.put("cap", "func cap(v Type) int");
    m.put("clear", "func clear(t Type)");
    m.put("close", "func close(c chan<- Type)");
    m.put("complex", "func complex(r, i FloatType) ComplexType");
    m.put("copy", "func copy(dst, src []Type) int");
    m.put("delete", "func delete(m map[Type]Type1, key Type)");
    m.put("imag", "func imag(c ComplexType) FloatType");
    m.put("len", "func len(v Type) int");
    m.put("make", "func make(t Type, size ...IntegerType) Type");
    m.put("max", "func max(x T, y ...T) T");
    m.put("min", "func min(x T, y ...T) T");
    m.put("new", "func new(Type) *Type");
    m.put("panic", "func panic(v any)");
    m.put("print", "func print(args ...Type)");
    m.put("println", "func println(args ...Type)");
    m.put("real", "func real(c ComplexType) FloatType");
    m.put("recover", "func recover() any");
    return m;
  }

  private GoHelp() {}

  /** What could stand at the cursor. */
  static Completion complete(String code, int cursor) {
    int start = cursor;
    while (start > 0 && isName(code.charAt(start - 1))) {
      start--;
    }
    String prefix = code.substring(start, cursor);
    if (inImport(code, start)) {
      return items(start, cursor, prefix, GoPackages.paths(), "module");
    }
    if (start > 0 && code.charAt(start - 1) == '.') {
      String before = nameBefore(code, start - 1);
      Map<String, String> members = GoPackages.members(before, imports(code));
      return members.isEmpty()
          ? items(start, cursor, prefix, selectors(code, start), "property")
          : signed(start, cursor, prefix, members);
    }
    Map<String, String> all = new LinkedHashMap<>();
    KEYWORDS.forEach(k -> all.put(k, ""));
    TYPES.forEach(t -> all.putIfAbsent(t, ""));
    all.putAll(BUILTINS);
    imports(code).forEach(p -> all.putIfAbsent(p.substring(p.lastIndexOf('/') + 1), p));
    all.putAll(own(code, start));
    return signed(start, cursor, prefix, all);
  }

  private static Completion items(
      int start, int cursor, String prefix, Iterable<String> names, String kind) {
    java.util.ArrayList<Completion.Item> found = new java.util.ArrayList<>();
    for (String n : names) {
      if (n.startsWith(prefix)) {
        found.add(new Completion.Item(n, kind, ""));
      }
    }
    return new Completion(start, cursor, found);
  }

  private static Completion signed(
      int start, int cursor, String prefix, Map<String, String> names) {
    return new Completion(
        start,
        cursor,
        names.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(e -> new Completion.Item(e.getKey(), kind(e.getKey(), e.getValue()), e.getValue()))
            .toList());
  }

  private static String kind(String name, String signature) {
    return KEYWORDS.contains(name)
        ? "keyword"
        : signature.startsWith("func") ? "function" : TYPES.contains(name) ? "class" : "variable";
  }

  private static boolean isName(char c) {
    return Character.isUnicodeIdentifierPart(c) || c == '_';
  }

  private static boolean inImport(String code, int at) {
    int lineStart = code.lastIndexOf('\n', at - 1) + 1;
    String line = code.substring(lineStart, at).strip();
    boolean quoted = line.chars().filter(c -> c == '"').count() == 1;
    int open = code.lastIndexOf("import (", at);
    boolean inBlock =
        open >= 0 && code.indexOf(')', open) >= at - 1 || open >= 0 && code.indexOf(')', open) < 0;
    return quoted && (line.startsWith("import") || inBlock);
  }

  /** The paths a program imports. */
  static List<String> imports(String code) {
    Matcher m = Pattern.compile("\"([\\w./-]+)\"").matcher(importPart(code));
    return m.results().map(r -> r.group(1)).toList();
  }

  private static String importPart(String code) {
    int func = code.indexOf("\nfunc ");
    int type = code.indexOf("\ntype ");
    int end = Math.min(func < 0 ? code.length() : func, type < 0 ? code.length() : type);
    int begin = code.indexOf("import");
    return begin < 0 || begin > end ? "" : code.substring(begin, end);
  }

  private static String nameBefore(String code, int dot) {
    int i = dot;
    while (i > 0 && isName(code.charAt(i - 1))) {
      i--;
    }
    return code.substring(i, dot);
  }

  /** Names the program has, with the line of those that are functions. */
  private static Map<String, String> own(String code, int except) {
    Map<String, String> all = new LinkedHashMap<>();
    Matcher f = FUNC.matcher(code);
    while (f.find()) {
      all.put(f.group(1), f.group().strip());
    }
    Matcher m = NAME.matcher(code);
    while (m.find()) {
      if (m.start() != except && !KEYWORDS.contains(m.group())) {
        all.putIfAbsent(m.group(), "");
      }
    }
    return all;
  }

  /** Names that stand after a dot somewhere, and methods. */
  private static Iterable<String> selectors(String code, int except) {
    TreeSet<String> all = new TreeSet<>();
    Matcher m = Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{Nd}_]*)").matcher(code);
    while (m.find()) {
      if (m.start(1) != except) {
        all.add(m.group(1));
      }
    }
    Matcher f =
        Pattern.compile("(?m)^func\\s+\\([^)]*\\)\\s*([\\p{L}_][\\p{L}\\p{Nd}_]*)").matcher(code);
    while (f.find()) {
      all.add(f.group(1));
    }
    Matcher field =
        Pattern.compile("(?m)^\\s+([\\p{L}_][\\p{L}\\p{Nd}_]*)\\s+[\\w*\\[\\].]+\\s*$")
            .matcher(code);
    while (field.find()) {
      all.add(field.group(1));
    }
    return all;
  }

  /** What is known of the name at the cursor. */
  static Optional<Display> inspect(String code, int cursor) {
    int start = cursor;
    while (start > 0 && isName(code.charAt(start - 1))) {
      start--;
    }
    int end = cursor;
    while (end < code.length() && isName(code.charAt(end))) {
      end++;
    }
    String name = code.substring(start, end);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (start > 0 && code.charAt(start - 1) == '.') {
      String owner = nameBefore(code, start - 1);
      String signature = GoPackages.members(owner, imports(code)).get(name);
      if (signature != null) {
        return Optional.of(Display.text(signature.isEmpty() ? owner + "." + name : signature));
      }
    }
    if (BUILTINS.containsKey(name)) {
      return Optional.of(Display.text(String.valueOf(BUILTINS.get(name))));
    }
    String own = own(code, -1).get(name);
    return own == null || own.isEmpty() ? Optional.empty() : Optional.of(Display.text(own));
  }
}
