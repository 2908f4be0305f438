package paniclab.diagrams.internal;

import guru.nidi.graphviz.engine.EngineResult;
import guru.nidi.graphviz.engine.GraphvizEngine;
import guru.nidi.graphviz.engine.GraphvizException;
import guru.nidi.graphviz.engine.Options;
import guru.nidi.graphviz.engine.Rasterizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The installed {@code dot}: one process for each picture, no shell, no files. */
public final class DotProcess implements GraphvizEngine {
  /** How long {@code dot} may take for a picture. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String command;
  private final Duration timeout;

  /** The given program, found on the PATH. */
  public DotProcess(String command, Duration timeout) {
    this.command = command;
    this.timeout = timeout;
  }

  /** Whether the program can be started and says that it is Graphviz. */
  public boolean isThere() {
    try {
      return run(List.of("-V"), "", true).toLowerCase(Locale.ROOT).contains("graphviz");
    } catch (GraphvizException e) {
      return false;
    }
  }

  @Override
  public void init(Consumer<GraphvizEngine> onOk, Consumer<GraphvizEngine> onError) {
    (isThere() ? onOk : onError).accept(this);
  }

  @Override
  public EngineResult execute(String source, Options options, Rasterizer rasterizer) {
    return EngineResult.fromString(
        run(
            List.of(
                "-K" + options.engine.toString().toLowerCase(Locale.ROOT),
                "-T" + options.format.toString().toLowerCase(Locale.ROOT)),
            source,
            false));
  }

  @Override
  public void close() {}

  private String run(List<String> args, String input, boolean withErrors) {
    List<String> line = new ArrayList<>();
    line.add(command);
    line.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(withErrors);
    if (!withErrors) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    }
    Process p;
    try {
      p = builder.start();
    } catch (IOException e) {
      throw new GraphvizException(command + " does not start: " + e.getMessage(), e);
    }
    try {
      return talk(p, input);
    } finally {
      p.destroyForcibly();
    }
  }

  private String talk(Process p, String input) {
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(read(p)));
    Thread.ofVirtual().start(() -> write(p, input));
    String out;
    try {
      out = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!p.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
    } catch (TimeoutException e) {
      throw new GraphvizException(command + " took longer than " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GraphvizException(command + " was interrupted", e);
    } catch (ExecutionException e) {
      throw new GraphvizException(command + " gave no output", e);
    }
    if (p.exitValue() != 0) {
      throw new GraphvizException(command + " ended with status " + p.exitValue());
    }
    return out;
  }

  private static String read(Process p) {
    try {
      return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Process p, String input) {
    try (OutputStream out = p.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended before it read everything: its status tells.
    }
  }
}
