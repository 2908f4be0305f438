package paniclab.model.c;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The functions of the C library that we have. */
final class CLibrary {
  /** Bytes that stdio keeps back for a file; stdout of our programs is none that is a terminal. */
  private static final int BUFFER = 4096;

  private static final int ENOMEM = 12;
  private static final int EBADF = 9;

  private static final TreeSet<String> NAMES =
      new TreeSet<>(
          List.of(
              "malloc",
              "calloc",
              "realloc",
              "free",
              "aligned_alloc",
              "malloc_usable_size",
              "abort",
              "exit",
              "_exit",
              "_Exit",
              "atexit",
              "abs",
              "labs",
              "llabs",
              "atoi",
              "atol",
              "strtol",
              "strtoul",
              "getenv",
              "memcpy",
              "memmove",
              "memset",
              "memcmp",
              "memchr",
              "strlen",
              "strnlen",
              "strcpy",
              "strncpy",
              "strcat",
              "strncat",
              "strcmp",
              "strncmp",
              "strchr",
              "strrchr",
              "strstr",
              "strdup",
              "strndup",
              "strerror",
              "printf",
              "fprintf",
              "sprintf",
              "snprintf",
              "puts",
              "putchar",
              "fputs",
              "fputc",
              "putc",
              "fwrite",
              "fflush",
              "setvbuf",
              "setbuf",
              "perror",
              "sleep",
              "usleep",
              "nanosleep",
              "write",
              "getpid",
              "raise",
              "kill",
              "pthread_create",
              "pthread_join",
              "pthread_detach",
              "pthread_self",
              "pthread_mutex_init",
              "pthread_mutex_destroy",
              "pthread_mutex_lock",
              "pthread_mutex_unlock",
              "__errno_location",
              "__assert_fail",
              "isalpha",
              "isdigit",
              "isalnum",
              "isspace",
              "isupper",
              "islower",
              "ispunct",
              "isprint",
              "isxdigit",
              "toupper",
              "tolower",
              "sqrt",
              "fabs",
              "floor",
              "ceil",
              "__paniclab_try",
              "__paniclab_pop",
              "__paniclab_throw",
              "__paniclab_rethrow",
              "__paniclab_value",
              "__paniclab_what"));

  private final CMachine machine;
  private final CMemory memory;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean unbuffered;
  private boolean buffered;
  private boolean lineBuffered;
  private long stdout;
  private long stderr;
  private final List<Long> atExit = new ArrayList<>();
  private final Map<Long, Integer> owners = new TreeMap<>();
  private final Map<Integer, Long> results = new TreeMap<>();
  private final Map<Integer, Long> errnoAt = new TreeMap<>();
  private final Map<String, Long> texts = new TreeMap<>();

  CLibrary(CMachine machine) {
    this.machine = machine;
    this.memory = machine.memory();
  }

  CLibrary copy(CMachine of) {
    CLibrary l = new CLibrary(of);
    l.held.writeBytes(held.toByteArray());
    l.unbuffered = unbuffered;
    l.buffered = buffered;
    l.lineBuffered = lineBuffered;
    l.stdout = stdout;
    l.stderr = stderr;
    l.atExit.addAll(atExit);
    l.owners.putAll(owners);
    l.results.putAll(results);
    l.errnoAt.putAll(errnoAt);
    l.texts.putAll(texts);
    return l;
  }

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  /** Whether a variable is none that the library defines. */
  boolean isNone(String name) {
    return !name.equals("stdout") && !name.equals("stderr") && !name.equals("stdin");
  }

  /** A variable of the program: stdout and its like lead to a file. */
  void named(CProgram.Datum d, long address) {
    if (d.defined()) {
      return;
    }
    switch (d.name()) {
      case "stdout" -> {
        stdout = 0x7f52a41f7780L;
        memory.store(address, 8, stdout);
      }
      case "stderr" -> {
        stderr = 0x7f52a41f76a0L;
        memory.store(address, 8, stderr);
      }
      case "stdin" -> memory.store(address, 8, 0x7f52a41f6aa0L);
      default -> {}
    }
  }

  private CHeap heap() {
    return machine.heap();
  }

  // ---- what gcc may leave out

  /** Blocks by address: the frame that allocated them and may keep them to itself. */
  private final Map<Long, CFrame> own = new TreeMap<>();

  /** Notes a block whose address goes into no volatile variable. */
  void allocated(CFrame f, String function, long block) {
    if (!machine.optimized() || !function.endsWith("alloc")) {
      return;
    }
    long[] code = f.function.code();
    boolean volatileStore = f.pc < code.length && code[f.pc] == COp.STORE && code[f.pc + 2] != 0;
    if (volatileStore) {
      own.remove(block);
    } else {
      own.put(block, f);
    }
  }

  /** gcc takes malloc and free out of a function that does nothing else with a block. */
  void checkFree(CFrame f, long block) {
    if (own.get(block) == f && heap().isFreed(block)) {
      throw new COutside(
          "C frees a block twice in the function that allocated it: gcc -O2 may take all three calls"
              + " out (volatile keeps them)");
    }
  }

  // ---- calls

  long call(CThread t, String name, long[] a, CKind[] kinds) {
    return switch (name) {
      case "malloc" -> block(t, heap().malloc(a[0]));
      case "calloc" -> block(t, heap().calloc(a[0], a[1]));
      case "realloc" -> block(t, heap().realloc(a[0], a[1]));
      case "aligned_alloc" -> aligned(t, a[0], a[1]);
      case "free" -> {
        heap().free(a[0]);
        yield 0;
      }
      case "malloc_usable_size" -> heap().usable(a[0]);
      case "abort" -> throw new CAbort("");
      case "exit" -> throw exit((int) a[0]);
      case "_exit", "_Exit" -> throw new CExit((int) a[0], false);
      case "atexit" -> {
        atExit.add(a[0]);
        yield 0;
      }
      case "abs" -> Math.abs((int) a[0]);
      case "labs", "llabs" -> Math.abs(a[0]);
      case "atoi" -> (int) parse(a[0], 10, 0);
      case "atol" -> parse(a[0], 10, 0);
      case "strtol", "strtoul" -> parse(a[0], (int) a[2], a[1]);
      case "getenv" -> getenv(memory.text(a[0]));
      case "sqrt" -> Double.doubleToRawLongBits(Math.sqrt(Double.longBitsToDouble(a[0])));
      case "fabs" -> Double.doubleToRawLongBits(Math.abs(Double.longBitsToDouble(a[0])));
      case "floor" -> Double.doubleToRawLongBits(Math.floor(Double.longBitsToDouble(a[0])));
      case "ceil" -> Double.doubleToRawLongBits(Math.ceil(Double.longBitsToDouble(a[0])));
      case "__errno_location" -> errnoLocation(t);
      case "__assert_fail" -> throw assertion(a);
      default ->
          name.startsWith("mem") || name.startsWith("str")
              ? strings(t, name, a)
              : name.startsWith("is") || name.startsWith("to")
                  ? character(name, (int) a[0])
                  : name.startsWith("pthread_")
                      ? threads(t, name, a)
                      : name.startsWith("__paniclab_")
                          ? exceptions(t, name, a)
                          : system(t, name, a);
    };
  }

  private long block(CThread t, long p) {
    if (p == 0) {
      setErrno(t, ENOMEM);
    }
    return p;
  }

  private long aligned(CThread t, long alignment, long size) {
    if (alignment <= 16) {
      return block(t, heap().malloc(size));
    }
    throw new COutside("aligned_alloc in C for more than 16 bytes");
  }

  private CExit exit(int status) {
    if (!atExit.isEmpty()) {
      throw new COutside("atexit in C");
    }
    flushAll();
    return new CExit(status, true);
  }

  private CAbort assertion(long[] a) {
    return new CAbort(
        "prog: "
            + memory.text(a[1])
            + ":"
            + a[2]
            + ": "
            + memory.text(a[3])
            + ": Assertion `"
            + memory.text(a[0])
            + "' failed.");
  }

  private long parse(long s, int radix, long end) {
    if (radix != 10 && radix != 16 && radix != 8 && radix != 2) {
      throw new COutside("strtol in C with base " + radix);
    }
    long p = s;
    while (Character.isWhitespace(memory.loadByte(p))) {
      p++;
    }
    boolean negative = memory.loadByte(p) == '-';
    if (negative || memory.loadByte(p) == '+') {
      p++;
    }
    if (radix == 16 && memory.loadByte(p) == '0' && (memory.loadByte(p + 1) | 0x20) == 'x') {
      p += 2;
    }
    long v = 0;
    long first = p;
    for (int d; (d = Character.digit(memory.loadByte(p), radix)) >= 0; p++) {
      v = v * radix + d;
    }
    if (p - first > 18) {
      throw new COutside("a number in C with more than 18 digits");
    }
    if (end != 0) {
      memory.store(end, 8, p == first ? s : p);
    }
    return negative ? -v : v;
  }

  private long getenv(String name) {
    return machine
        .world()
        .env(name)
        .map(v -> texts.computeIfAbsent(name + "=" + v, k -> text(v)))
        .orElse(0L);
  }

  /** A string of the library's own. */
  private long text(String s) {
    byte[] b = s.getBytes(StandardCharsets.UTF_8);
    long at = 0x7f52a4300000L + 0x10000L * texts.size();
    memory.map(at, (b.length / CMemory.PAGE + 1L) * CMemory.PAGE, true, "libc");
    memory.put(at, b);
    return at;
  }

  private long errnoLocation(CThread t) {
    return errnoAt.computeIfAbsent(
        t.id,
        k -> {
          long at = 0x7f52a3f00000L + 0x1000L * t.id;
          memory.map(at, CMemory.PAGE, true, "thread");
          return at;
        });
  }

  /** What errno says now, wherever it was set. */
  int errno(CThread t) {
    Long at = errnoAt.get(t.id);
    return at == null ? t.errno : (int) memory.load(at, CKind.I32);
  }

  void clearErrno(CThread t) {
    Long at = errnoAt.get(t.id);
    if (at != null) {
      memory.store(at, 4, 0);
    }
  }

  private void setErrno(CThread t, int e) {
    t.errno = e;
    Long at = errnoAt.get(t.id);
    if (at != null) {
      memory.store(at, 4, e);
    }
  }

  // ---- string.h

  private long strings(CThread t, String name, long[] a) {
    if (machine.optimized()) {
      checkFill(name, a);
    }
    switch (name) {
      case "memcpy", "memmove" -> {
        memory.copy(a[0], a[1], a[2]);
        return a[0];
      }
      case "memset" -> {
        memory.fill(a[0], (int) a[1], a[2]);
        return a[0];
      }
      case "memcmp" -> {
        return compare(a[0], a[1], a[2], false);
      }
      case "memchr" -> {
        return find(a[0], (int) a[1] & 0xff, a[2]);
      }
      case "strlen" -> {
        return memory.stringLength(a[0]);
      }
      case "strnlen" -> {
        return length(a[0], a[1]);
      }
      case "strcpy" -> {
        memory.copy(a[0], a[1], memory.stringLength(a[1]) + 1);
        return a[0];
      }
      case "strncpy" -> {
        long n = length(a[1], a[2]);
        memory.copy(a[0], a[1], n);
        memory.fill(a[0] + n, 0, a[2] - n);
        return a[0];
      }
      case "strcat" -> {
        memory.copy(a[0] + memory.stringLength(a[0]), a[1], memory.stringLength(a[1]) + 1);
        return a[0];
      }
      case "strncat" -> {
        long end = a[0] + memory.stringLength(a[0]);
        long n = length(a[1], a[2]);
        memory.copy(end, a[1], n);
        memory.storeByte(end + n, 0);
        return a[0];
      }
      case "strcmp" -> {
        return compare(a[0], a[1], Long.MAX_VALUE, true);
      }
      case "strncmp" -> {
        return compare(a[0], a[1], a[2], true);
      }
      case "strchr" -> {
        long n = memory.stringLength(a[0]) + 1;
        return find(a[0], (int) a[1] & 0xff, n);
      }
      case "strrchr" -> {
        for (long i = memory.stringLength(a[0]); i >= 0; i--) {
          if (memory.loadByte(a[0] + i) == ((int) a[1] & 0xff)) {
            return a[0] + i;
          }
        }
        return 0;
      }
      case "strstr" -> {
        int i = text8(a[0]).indexOf(text8(a[1]));
        return i < 0 ? 0 : a[0] + i;
      }
      case "strdup", "strndup" -> {
        long n = name.equals("strdup") ? memory.stringLength(a[0]) : length(a[0], a[1]);
        long p = block(t, heap().malloc(n + 1));
        memory.copy(p, a[0], n);
        memory.storeByte(p + n, 0);
        return p;
      }
      case "strerror" -> {
        String s = error((int) a[0]);
        return texts.computeIfAbsent("strerror " + s, k -> text(s));
      }
      default -> throw new COutside("not supported by the model: C function " + name);
    }
  }

  /** gcc knows these functions, and may leave them out like plain stores. */
  private void checkFill(String name, long[] a) {
    long n =
        switch (name) {
          case "memcpy", "memmove", "memset", "strncpy" -> a[2];
          case "strcpy" -> memory.stringLength(a[1]) + 1;
          case "strcat" -> memory.stringLength(a[0]) + memory.stringLength(a[1]) + 1;
          default -> 0;
        };
    if (n > 0) {
      heap().checkStore(a[0], n);
    }
  }

  private String text8(long p) {
    return new String(memory.string(p), StandardCharsets.ISO_8859_1);
  }

  private long length(long s, long most) {
    long n = 0;
    while (n < most && memory.loadByte(s + n) != 0) {
      n++;
    }
    return n;
  }

  private long find(long s, int c, long n) {
    for (long i = 0; i < n; i++) {
      if (memory.loadByte(s + i) == c) {
        return s + i;
      }
    }
    return 0;
  }

  /** The sign only: how far two bytes are apart is not promised. */
  private long compare(long a, long b, long n, boolean text) {
    for (long i = 0; i < n; i++) {
      int x = memory.loadByte(a + i);
      int y = memory.loadByte(b + i);
      if (x != y) {
        return x < y ? -1 : 1;
      }
      if (text && x == 0) {
        return 0;
      }
    }
    return 0;
  }

  private static String error(int e) {
    return switch (e) {
      case 0 -> "Success";
      case 1 -> "Operation not permitted";
      case 2 -> "No such file or directory";
      case 4 -> "Interrupted system call";
      case 5 -> "Input/output error";
      case 9 -> "Bad file descriptor";
      case 11 -> "Resource temporarily unavailable";
      case 12 -> "Cannot allocate memory";
      case 13 -> "Permission denied";
      case 14 -> "Bad address";
      case 16 -> "Device or resource busy";
      case 17 -> "File exists";
      case 22 -> "Invalid argument";
      case 28 -> "No space left on device";
      case 32 -> "Broken pipe";
      case 33 -> "Numerical argument out of domain";
      case 34 -> "Numerical result out of range";
      default -> throw new COutside("strerror in C of error " + e);
    };
  }

  private static long character(String name, int c) {
    boolean upper = c >= 'A' && c <= 'Z';
    boolean lower = c >= 'a' && c <= 'z';
    boolean digit = c >= '0' && c <= '9';
    boolean printed = c >= 32 && c < 127;
    return switch (name) {
      case "toupper" -> lower ? c - 32 : c;
      case "tolower" -> upper ? c + 32 : c;
      case "isalpha" -> upper || lower ? 1 : 0;
      case "isdigit" -> digit ? 1 : 0;
      case "isalnum" -> upper || lower || digit ? 1 : 0;
      case "isspace" -> c == ' ' || c >= 9 && c <= 13 ? 1 : 0;
      case "isupper" -> upper ? 1 : 0;
      case "islower" -> lower ? 1 : 0;
      case "ispunct" -> printed && c != ' ' && !upper && !lower && !digit ? 1 : 0;
      case "isprint" -> printed ? 1 : 0;
      default -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' ? 1 : 0;
    };
  }

  // ---- stdio.h and unistd.h

  private long system(CThread t, String name, long[] a) {
    return switch (name) {
      case "printf" -> out(stdoutFile(), formatted(a, 0));
      case "fprintf" -> out(a[0], formatted(a, 1));
      case "sprintf", "snprintf" -> sprintf(name, a);
      case "puts" -> {
        byte[] s = memory.string(a[0]);
        byte[] line = java.util.Arrays.copyOf(s, s.length + 1);
        line[s.length] = '\n';
        yield out(stdoutFile(), line);
      }
      case "putchar" -> {
        out(stdoutFile(), new byte[] {(byte) a[0]});
        yield a[0] & 0xff;
      }
      case "fputs" -> out(a[1], memory.string(a[0]));
      case "fputc", "putc" -> {
        out(a[1], new byte[] {(byte) a[0]});
        yield a[0] & 0xff;
      }
      case "fwrite" -> {
        out(a[3], memory.get(a[0], (int) (a[1] * a[2])));
        yield a[2];
      }
      case "fflush" -> {
        if (a[0] == 0 || isStdout(a[0])) {
          flushAll();
        }
        yield 0;
      }
      case "setvbuf" -> setvbuf(a);
      case "setbuf" -> setvbuf(new long[] {a[0], a[1], a[1] == 0 ? 2 : 0, 0});
      case "perror" -> {
        String prefix = a[0] == 0 ? "" : memory.text(a[0]) + ": ";
        machine
            .world()
            .write(2, (prefix + error(errno(t)) + "\n").getBytes(StandardCharsets.UTF_8));
        yield 0;
      }
      case "sleep" -> wait(t, a[0] * 1_000_000_000L);
      case "usleep" -> wait(t, (a[0] & 0xffffffffL) * 1000);
      case "nanosleep" -> wait(t, memory.load(a[0], 8) * 1_000_000_000L + memory.load(a[0] + 8, 8));
      case "write" -> {
        if (a[0] != 1 && a[0] != 2) {
          setErrno(t, EBADF);
          yield -1;
        }
        machine.world().write((int) a[0], memory.get(a[1], (int) a[2]));
        yield a[2];
      }
      case "getpid" -> 4711;
      case "raise" -> throw signal((int) a[0]);
      case "kill" -> {
        if (a[0] != 4711) {
          throw new COutside("kill in C of another process");
        }
        throw signal((int) a[1]);
      }
      default -> throw new COutside("not supported by the model: C function " + name);
    };
  }

  private static RuntimeException signal(int number) {
    for (CFault.Signal s : CFault.Signal.values()) {
      if (s.number() == number) {
        return s == CFault.Signal.SIGABRT ? new CAbort("") : new CFault(s, CFault.SELF, 0);
      }
    }
    return new COutside("signal " + number + " raised in C");
  }

  private long stdoutFile() {
    return stdout == 0 ? 1 : stdout;
  }

  private boolean isStdout(long file) {
    return file == stdoutFile();
  }

  private byte[] formatted(long[] a, int at) {
    byte[] f = memory.string(a[at]);
    if (f.length == 3 && f[0] == '%' && f[1] == 's' && f[2] == '\n' && a[at + 1] == 0) {
      throw new CFault(CFault.Signal.SIGSEGV, 1, 0); // gcc makes puts of it
    }
    return CPrintf.format(memory, f, a, at + 1);
  }

  private long sprintf(String name, long[] a) {
    boolean bounded = name.equals("snprintf");
    byte[] b = CPrintf.format(memory, memory.string(a[bounded ? 2 : 1]), a, bounded ? 3 : 2);
    long room = bounded ? a[1] : Long.MAX_VALUE;
    if (room > 0) {
      int n = (int) Math.min(b.length, room - 1);
      memory.put(a[0], java.util.Arrays.copyOf(b, n));
      memory.storeByte(a[0] + n, 0);
    }
    return b.length;
  }

  private long out(long file, byte[] bytes) {
    if (!isStdout(file)) {
      if (file != stderr) {
        throw new COutside("a FILE of C that is neither stdout nor stderr");
      }
      machine.world().write(2, bytes);
      return bytes.length;
    }
    if (unbuffered) {
      machine.world().write(1, bytes);
      return bytes.length;
    }
    if (!buffered) {
      buffered = true;
      heap().malloc(BUFFER); // stdio's own
    }
    held.writeBytes(bytes);
    if (held.size() > BUFFER) {
      byte[] all = held.toByteArray();
      int whole = all.length / BUFFER * BUFFER;
      machine.world().write(1, java.util.Arrays.copyOf(all, whole));
      held.reset();
      held.write(all, whole, all.length - whole);
    }
    if (lineBuffered) {
      flushLines();
    }
    return bytes.length;
  }

  private void flushLines() {
    byte[] all = held.toByteArray();
    int n = all.length;
    while (n > 0 && all[n - 1] != '\n') {
      n--;
    }
    if (n > 0) {
      machine.world().write(1, java.util.Arrays.copyOf(all, n));
      held.reset();
      held.write(all, n, all.length - n);
    }
  }

  private long setvbuf(long[] a) {
    if (isStdout(a[0])) {
      unbuffered = a[2] == 2;
      lineBuffered = a[2] == 1;
    }
    return 0;
  }

  /** Writes what stdio holds back. */
  void flushAll() {
    if (held.size() > 0) {
      byte[] b = held.toByteArray();
      held.reset();
      machine.world().write(1, b);
    }
  }

  private static long wait(CThread t, long nanos) {
    t.wait = java.util.Optional.of(new CThread.Wait.Sleep(nanos));
    return 0;
  }

  // ---- pthread.h

  private long threads(CThread t, String name, long[] a) {
    switch (name) {
      case "pthread_create" -> {
        CThread n = machine.startThread(a[2], a[3]);
        memory.store(a[0], 8, handle(n.id));
        return 0;
      }
      case "pthread_self" -> {
        return handle(t.id);
      }
      case "pthread_detach", "pthread_mutex_destroy" -> {
        return 0;
      }
      case "pthread_join" -> {
        int id = (int) ((a[0] - handle(0)) >> 24);
        if (!machine.hasThread(id)) {
          throw new COutside("pthread_join in C of what is no thread");
        }
        CThread other = machine.thread(id);
        if (!other.done) {
          t.wait = java.util.Optional.of(new CThread.Wait.Join(id));
          t.retry = true;
          return 0;
        }
        if (a[1] != 0) {
          memory.store(a[1], 8, other.result);
        }
        return 0;
      }
      case "pthread_mutex_init" -> {
        memory.fill(a[0], 0, 40);
        return 0;
      }
      case "pthread_mutex_lock" -> {
        if (owners.containsKey(a[0])) {
          t.wait = java.util.Optional.of(new CThread.Wait.Mutex(a[0]));
          t.retry = true;
          return 0;
        }
        owners.put(a[0], t.id);
        return 0;
      }
      case "pthread_mutex_unlock" -> {
        owners.remove(a[0]);
        machine.world().unlocked(a[0]);
        return 0;
      }
      default -> throw new COutside("not supported by the model: C function " + name);
    }
  }

  private static long handle(int id) {
    return 0x7f52a2ffe6c0L + ((long) id << 24);
  }

  // ---- C++ exceptions, as the front end lowers them

  private long exceptions(CThread t, String name, long[] a) {
    switch (name) {
      case "__paniclab_try" -> {
        String types = memory.text(a[0]);
        CFrame f = t.top;
        t.handlers.add(
            new CThread.Handler(
                f, f.pc, java.util.Arrays.copyOf(f.values, f.depth), types.split(";")));
        return 0;
      }
      case "__paniclab_pop" -> {
        t.handlers.removeLast();
        return 0;
      }
      case "__paniclab_throw" -> {
        raise(t, new CThrown(memory.text(a[0]), a[1] == 0 ? "" : memory.text(a[1]), a[2]));
        return 0;
      }
      case "__paniclab_rethrow" -> {
        raise(
            t,
            t.caught.orElseThrow(() -> new CAbort("terminate called without an active exception")));
        return 0;
      }
      case "__paniclab_value" -> {
        return t.caught.orElseThrow().value();
      }
      case "__paniclab_what" -> {
        String w = t.caught.orElseThrow().what();
        return texts.computeIfAbsent("what " + w, k -> text(w));
      }
      default -> throw new COutside("not supported by the model: " + name);
    }
  }

  /**
   * The innermost open handler that matches, in frames not beyond a call from Go; else terminate.
   */
  private void raise(CThread t, CThrown e) {
    for (int i = t.handlers.size() - 1; i >= 0; i--) {
      CThread.Handler h = t.handlers.get(i);
      if (!reachable(t, h.frame())) {
        break;
      }
      for (int k = 0; k < h.types().length; k++) {
        if (CTypes.catches(h.types()[k], e.type())) {
          while (t.handlers.size() > i) {
            t.handlers.removeLast();
          }
          t.caught = java.util.Optional.of(e);
          t.top = h.frame();
          t.pointer = h.frame().base;
          h.frame().pc = h.pc();
          System.arraycopy(h.values(), 0, h.frame().values, 0, h.values().length);
          h.frame().depth = h.values().length;
          h.frame().push(k + 1);
          throw new CCaught();
        }
      }
    }
    throw new CAbort(
        "terminate called after throwing an instance of '"
            + e.type()
            + "'"
            + (CTypes.isException(e.type()) ? "\n  what():  " + e.what() : ""));
  }

  /** Whether no frame in between was called from Go: unwinding ends there. */
  private static boolean reachable(CThread t, CFrame target) {
    for (CFrame f = t.top; f != CFrame.NONE; f = f.up) {
      if (f == target) {
        return true;
      }
      if (f.outermost) {
        return false;
      }
    }
    return false;
  }
}
