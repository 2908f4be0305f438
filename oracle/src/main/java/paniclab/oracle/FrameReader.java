package paniclab.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import paniclab.model.stack.FrameTable;

/**
 * Reads the sizes of frames off a program that Go built for linux/amd64: from the tables that its
 * own runtime unwinds stacks with ({@code runtime/symtab.go}, {@code runtime/symtabinl.go}, {@code
 * internal/abi/symtab.go} of Go 1.26).
 */
final class FrameReader {
  /** The version of the tables: Go 1.20 and later. */
  private static final int MAGIC = 0xfffffff1;

  private static final int PCDATA_INL_TREE_INDEX = 2;
  private static final int FUNCDATA_INL_TREE = 3;

  /** Bytes of a return address, which the tables do not count. */
  private static final int RETURN_ADDRESS = 8;

  /** Bytes of a node of the inlining tree ({@code inlinedCall}). */
  private static final int NODE = 16;

  private final ByteBuffer exe;
  private final ByteBuffer table;
  private final long funcData;

  private FrameReader(ByteBuffer exe) throws IOException {
    this.exe = exe;
    this.table = section(".gopclntab");
    if (table.getInt(0) != MAGIC) {
      throw new IOException("the function table has an unknown version");
    }
    this.funcData = symbol("go:func.*");
  }

  /**
   * The frames of a program's functions.
   *
   * @param wanted by name, as a stack trace prints it
   * @throws IOException if the file is no such program
   */
  static FrameTable read(Path program, Predicate<String> wanted) throws IOException {
    ByteBuffer exe = ByteBuffer.wrap(Files.readAllBytes(program)).order(ByteOrder.LITTLE_ENDIAN);
    if (exe.limit() < 64 || exe.getInt(0) != 0x464c457f || exe.get(4) != 2) {
      throw new IOException(program + " is no 64-bit ELF file");
    }
    return new FrameReader(exe).functions(wanted);
  }

  private FrameTable functions(Predicate<String> wanted) {
    int count = (int) table.getLong(8);
    int pclntab = (int) table.getLong(64);
    List<FrameTable.Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int f = pclntab + table.getInt(pclntab + 8 * i + 4);
      String name = name(table.getInt(f + 4));
      if (wanted.test(name)) {
        List<FrameTable.Inlined> parts = name.startsWith("main.") ? inlined(f) : List.of();
        entries.add(new FrameTable.Entry(name, largest(f) + RETURN_ADDRESS, false, parts));
      }
    }
    entries.sort(Comparator.comparing(FrameTable.Entry::function));
    return FrameTable.of(entries);
  }

  /** As a stack trace prints it: type arguments are left out. */
  private String name(int offset) {
    String name = string(table, (int) table.getLong(32) + offset);
    int open = name.indexOf('[');
    int close = name.lastIndexOf(']');
    return open < 0 || close < open
        ? name
        : name.substring(0, open) + "[...]" + name.substring(close + 1);
  }

  /** The most that the stack pointer moves within a function. */
  private long largest(int f) {
    int[] most = new int[1];
    values(table.getInt(f + 16), (value, pc) -> most[0] = Math.max(most[0], value));
    return most[0];
  }

  // ---- tables of values by program counter

  private interface Run {
    /** A value that holds up to an offset from the function's entry. */
    void until(int value, int pc);
  }

  private void values(int offset, Run run) {
    if (offset == 0) {
      return;
    }
    int[] at = {(int) table.getLong(56) + offset};
    int value = -1;
    int pc = 0;
    for (boolean first = true; ; first = false) {
      int delta = varint(at);
      if (delta == 0 && !first) {
        return;
      }
      value += (delta & 1) != 0 ? ~(delta >>> 1) : delta >>> 1;
      pc += varint(at) * table.get(6);
      run.until(value, pc);
    }
  }

  private int varint(int[] at) {
    int v = 0;
    for (int shift = 0; ; shift += 7) {
      int b = table.get(at[0]++);
      v |= (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return v;
      }
    }
  }

  private int valueAt(int offset, int pc) {
    int[] found = {-1};
    boolean[] done = {false};
    values(
        offset,
        (value, until) -> {
          if (!done[0] && pc < until) {
            found[0] = value;
            done[0] = true;
          }
        });
    return found[0];
  }

  // ---- inlined calls

  private record Node(String function, int line, int parent, int order) {}

  private List<FrameTable.Inlined> inlined(int f) {
    int pcdataCount = table.getInt(f + 28);
    int funcdataCount = table.get(f + 43) & 0xff;
    if (pcdataCount <= PCDATA_INL_TREE_INDEX || funcdataCount <= FUNCDATA_INL_TREE) {
      return List.of();
    }
    int indexes = table.getInt(f + 44 + 4 * PCDATA_INL_TREE_INDEX);
    int tree = table.getInt(f + 44 + 4 * pcdataCount + 4 * FUNCDATA_INL_TREE);
    if (indexes == 0 || tree == -1) {
      return List.of();
    }
    int[] most = {-1};
    values(indexes, (value, pc) -> most[0] = Math.max(most[0], value));
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i <= most[0]; i++) {
      int at = offset(funcData + tree + (long) NODE * i);
      int parentPc = exe.getInt(at + 8);
      nodes.add(
          new Node(
              name(exe.getInt(at + 4)),
              valueAt(table.getInt(f + 24), parentPc),
              valueAt(indexes, parentPc),
              i));
    }
    return children(nodes, -1);
  }

  private static List<FrameTable.Inlined> children(List<Node> nodes, int parent) {
    return nodes.stream()
        .filter(n -> n.parent() == parent && n.order() != parent)
        .map(n -> new FrameTable.Inlined(n.function(), n.line(), children(nodes, n.order())))
        .toList();
  }

  // ---- the file

  private ByteBuffer section(String wanted) throws IOException {
    int at = header(wanted).orElseThrow(() -> new IOException("there is no section " + wanted));
    return exe.slice((int) exe.getLong(at + 24), (int) exe.getLong(at + 32))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private Optional<Integer> header(String wanted) {
    int first = (int) exe.getLong(40);
    int size = exe.getShort(58);
    int count = exe.getShort(60);
    int names = first + size * exe.getShort(62);
    for (int i = 0; i < count; i++) {
      int at = first + size * i;
      if (string(exe, (int) exe.getLong(names + 24) + exe.getInt(at)).equals(wanted)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private long symbol(String wanted) throws IOException {
    ByteBuffer symbols = section(".symtab");
    ByteBuffer names = section(".strtab");
    for (int at = 0; at < symbols.limit(); at += 24) {
      if (string(names, symbols.getInt(at)).equals(wanted)) {
        return symbols.getLong(at + 8);
      }
    }
    throw new IOException("there is no symbol " + wanted);
  }

  /** Where in the file an address of memory lies. */
  private int offset(long address) {
    int first = (int) exe.getLong(40);
    int size = exe.getShort(58);
    for (int i = 0; i < exe.getShort(60); i++) {
      int at = first + size * i;
      long from = exe.getLong(at + 16);
      if (from != 0 && address >= from && address < from + exe.getLong(at + 32)) {
        return (int) (address - from + exe.getLong(at + 24));
      }
    }
    throw new IllegalStateException("no section holds address " + address);
  }

  private static String string(ByteBuffer b, int from) {
    int to = from;
    while (b.get(to) != 0) {
      to++;
    }
    byte[] bytes = new byte[to - from];
    b.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
