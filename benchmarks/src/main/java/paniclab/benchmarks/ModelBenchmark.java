package paniclab.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;

/** Times Go programs on the model, again and again in one JVM. */
public final class ModelBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ModelBenchmark() {}

  /**
   * Prints a line for each program: its file, milliseconds of processor time of the first run, the
   * least and the median of the others, instructions, and what it printed. Processor time, because
   * what else the machine does must not count.
   *
   * @param args how many runs, then the files
   */
  public static void main(String[] args) throws IOException {
    int runs = Integer.parseInt(args[0]);
    for (String file : List.of(args).subList(1, args.length)) {
      measure(file, runs);
    }
  }

  private static void measure(String file, int runs) throws IOException {
    Program program = compile(file);
    RunOptions options = RunOptions.DEFAULT.withRecord(false);
    List<Double> times = new ArrayList<>();
    String printed = "";
    long steps = 0;
    for (int i = 0; i < runs; i++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      Run run = Machines.run(program, options, new RoundRobin(), () -> false);
      times.add((THREADS.getCurrentThreadCpuTime() - begin) / 1e6);
      printed = run.ending().stderr().toString().strip();
      steps = run.steps();
    }
    List<Double> warm = new ArrayList<>(times.subList(1, times.size()));
    Collections.sort(warm);
    System.out.printf(
        "%s first %.0f ms, least %.0f ms, median %.0f ms, %d instructions, printed %s%n",
        file, times.getFirst(), warm.getFirst(), warm.get(warm.size() / 2), steps, printed);
  }

  private static Program compile(String file) throws IOException {
    List<SourceFile> sources = List.of(new SourceFile(file, Files.readString(Path.of(file))));
    Compilation compilation = GoFrontEnd.bundled().compile(sources);
    if (compilation instanceof Compilation.Compiled(Program program)) {
      return program;
    }
    throw new IllegalArgumentException(file + " is no program of the model: " + compilation);
  }
}
