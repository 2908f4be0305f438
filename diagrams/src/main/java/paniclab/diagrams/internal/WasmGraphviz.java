package paniclab.diagrams.internal;

import guru.nidi.graphviz.engine.EngineResult;
import guru.nidi.graphviz.engine.GraphvizEngine;
import guru.nidi.graphviz.engine.GraphvizException;
import guru.nidi.graphviz.engine.Options;
import guru.nidi.graphviz.engine.Rasterizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * Graphviz as WebAssembly, translated to classes when this was built: no native code, the same
 * bytes on every machine. It has no files, no environment, no clock and no randomness. One drawing
 * at a time; after a fault it starts afresh.
 */
public final class WasmGraphviz implements GraphvizEngine {
  /** WASI's number for "function not supported", negated as system calls return it. */
  private static final long ENOSYS = -52;

  private static final int PAGE = 65_536;

  private final Properties names = names();
  private final List<String> errors = new ArrayList<>();
  private Optional<Instance> running = Optional.empty();

  /** Names of the module's functions are read; the module itself starts with the first drawing. */
  public WasmGraphviz() {}

  /** A fault of the module itself: it gave up. */
  private static final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1;

    Trap(String message) {
      super(message);
    }
  }

  @Override
  public void init(Consumer<GraphvizEngine> onOk, Consumer<GraphvizEngine> onError) {
    onOk.accept(this);
  }

  @Override
  public EngineResult execute(String source, Options options, Rasterizer rasterizer) {
    return EngineResult.fromString(draw(source, options));
  }

  @Override
  public void close() {}

  private synchronized String draw(String dot, Options options) {
    Instance in = running.orElseGet(this::start);
    running = Optional.empty();
    errors.clear();
    String out;
    try {
      out =
          draw(
              in,
              dot,
              options.engine.toString().toLowerCase(Locale.ROOT),
              options.format.toString().toLowerCase(Locale.ROOT));
    } catch (RuntimeException e) {
      throw new GraphvizException("Graphviz: " + String.join(" ", errors), e);
    }
    running = Optional.of(in);
    return out;
  }

  private String draw(Instance in, String dot, String engine, String format) {
    int source = string(in, dot);
    int graph = call(in, "viz_read_one_graph", source);
    call(in, "free", source);
    if (graph == 0) {
      throw new Trap("cannot read the graph");
    }
    call(in, "viz_set_y_invert", 0);
    call(in, "viz_set_reduce", 0);
    int context = call(in, "viz_create_context");
    call(in, "viz_reset_errors");
    int e = string(in, engine);
    int f = string(in, format);
    if (call(in, "viz_layout", context, graph, e) != 0) {
      throw new Trap("cannot lay out the graph");
    }
    int result = call(in, "viz_render", context, graph, f);
    if (result == 0) {
      throw new Trap("cannot draw the graph");
    }
    String out = in.memory().readCString(result, StandardCharsets.UTF_8);
    for (int s : new int[] {result, e, f}) {
      call(in, "free", s);
    }
    call(in, "viz_free_layout", context, graph);
    call(in, "viz_free_graph", graph);
    call(in, "viz_free_context", context);
    return out;
  }

  private Instance start() {
    WasmModule module = Graphviz.load();
    List<ImportFunction> imports = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof FunctionImport f) {
        FunctionType type = module.typeSection().getType(f.typeIndex());
        imports.add(
            new HostFunction(
                f.module(),
                f.name(),
                type,
                host(names.getProperty("import." + f.name(), ""), type)));
      }
    }
    Instance in =
        Instance.builder(module)
            .withImportValues(ImportValues.builder().withFunctions(imports).build())
            .withMachineFactory(Graphviz::create)
            .build();
    call(in, "start");
    return in;
  }

  private int call(Instance in, String function, long... args) {
    long[] r = in.export(name("export." + function)).apply(args);
    return r == null || r.length == 0 ? 0 : (int) r[0];
  }

  private String name(String key) {
    String n = names.getProperty(key);
    if (n == null) {
      throw new IllegalStateException("graphviz.properties has no " + key);
    }
    return n;
  }

  /** A copy of the text in the module's memory, to be freed. */
  private int string(Instance in, String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    int p = call(in, "malloc", b.length + 1);
    in.memory().write(p, b);
    in.memory().writeByte(p + b.length, (byte) 0);
    return p;
  }

  /** What the module asks of its host, by the names Emscripten gives its functions. */
  private WasmFunctionHandle host(String name, FunctionType type) {
    return switch (name) {
      case "___assert_fail" -> (in, a) -> trap("assertion " + in.memory().readCString((int) a[0]));
      case "___cxa_throw", "_exit", "__abort_js" -> (_, _) -> trap(name);
      case "_emscripten_resize_heap" -> (in, a) -> result(grow(in.memory(), a[0] & 0xffff_ffffL));
      case "_environ_sizes_get" ->
          (in, a) -> {
            in.memory().writeI32((int) a[0], 0);
            in.memory().writeI32((int) a[1], 0);
            return result(0);
          };
      case "_fd_write" -> (in, a) -> result(write(in.memory(), a));
      case "viz_errorf" ->
          (in, a) -> {
            errors.add(in.memory().readCString((int) a[0], StandardCharsets.UTF_8).strip());
            return nothing(type);
          };
      case "_clock_time_get" ->
          (in, a) -> {
            in.memory().writeLong((int) a[2], 0);
            return result(0);
          };
      case "___syscall_openat",
          "___syscall_faccessat",
          "___syscall_fstat64",
          "___syscall_newfstatat" ->
          (_, _) -> result(ENOSYS);
      default -> (_, _) -> nothing(type);
    };
  }

  private static long[] trap(String what) {
    throw new Trap(what);
  }

  private static long[] result(long r) {
    return new long[] {r};
  }

  private static long[] nothing(FunctionType type) {
    return new long[type.returns().size()];
  }

  private static long grow(Memory memory, long bytes) {
    long pages = (bytes + PAGE - 1) / PAGE - memory.pages();
    return pages <= 0 || memory.grow((int) pages) >= 0 ? 1 : 0;
  }

  /** The module's stderr: kept for the message of a failure. */
  private long write(Memory memory, long[] a) {
    int total = 0;
    for (int i = 0; i < (int) a[2]; i++) {
      int vector = (int) a[1] + 8 * i;
      int length = memory.readInt(vector + 4);
      total += length;
      if (length > 0) {
        errors.add(memory.readString(memory.readInt(vector), length).strip());
      }
    }
    memory.writeI32((int) a[3], total);
    return 0;
  }

  private static Properties names() {
    Properties p = new Properties();
    try (InputStream in = WasmGraphviz.class.getResourceAsStream("graphviz.properties")) {
      if (in == null) {
        throw new IllegalStateException("graphviz.properties is missing: build with Maven");
      }
      p.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return p;
  }
}
