package paniclab.kernel.install;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import paniclab.kernel.PanicLabKernel;

/**
 * The kernel.json: how Jupyter starts the kernel.
 *
 * @param java the executable
 * @param classPath as java takes it, of absolute paths
 * @param frontCache the AOT cache of the process that speaks Jupyter
 * @param workerCache the AOT cache of the workers
 */
record KernelSpec(
    Path java, String classPath, Optional<Path> frontCache, Optional<Path> workerCache) {
  /** The name that notebooks carry. */
  static final String NAME = "paniclab";

  /** The name that people read, in both languages of the lessons. */
  static final String DISPLAY_NAME = "PanicLab (Go · Java)";

  private static final String DISPLAY_NAME_ZH = "PanicLab（Go · Java 恐慌实验室）";

  /** The command line, without the connection file. */
  List<String> command(List<String> more) {
    java.util.ArrayList<String> line = new java.util.ArrayList<>();
    line.add(java.toString());
    frontCache.ifPresent(c -> line.add("-XX:AOTCache=" + c));
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            // The front compiles snippets and carries messages: the second compiler costs it more
            // at
            // the start, and in the first hundreds of cells, than it gives back. The worker keeps
            // it.
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-Dfile.encoding=UTF-8"));
    workerCache.ifPresent(c -> line.add("-Dpaniclab.worker.cache=" + c));
    line.addAll(more);
    line.addAll(List.of("-cp", classPath, PanicLabKernel.class.getName()));
    return line;
  }

  /** The text of kernel.json. */
  String json() {
    JsonObject spec = new JsonObject();
    JsonArray argv = new JsonArray();
    command(List.of()).forEach(argv::add);
    argv.add("{connection_file}");
    spec.add("argv", argv);
    spec.addProperty("display_name", DISPLAY_NAME);
    spec.addProperty("language", "java");
    spec.addProperty("interrupt_mode", "message");
    spec.add("env", new JsonObject());
    JsonObject metadata = new JsonObject();
    metadata.addProperty("debugger", false);
    JsonObject names = new JsonObject();
    names.addProperty("en", DISPLAY_NAME);
    names.addProperty("zh-CN", DISPLAY_NAME_ZH);
    metadata.add("display_names", names);
    spec.add("metadata", metadata);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n";
  }
}
