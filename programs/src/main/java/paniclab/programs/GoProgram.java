package paniclab.programs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.GoString;
import paniclab.model.program.SourceFile;
import paniclab.model.signal.Scenario;
import paniclab.model.stack.FrameTable;

/**
 * A Go program with all that is known about it: one archive.
 *
 * @param id e.g. PC1-06; the name of its archive
 * @param header how to build and run it
 * @param files its Go source, in the order of the archive; none in a program that is all C
 * @param otherFiles what lies beside it (C code, a go.mod), in the order of the archive
 * @param stdin what it reads
 * @param signals what reaches it from outside: the archive's part {@code signals}, in the form of
 *     {@link Scenario}
 * @param frames sizes of the frames in the binary that the oracle built, from the archive's part
 *     {@code frames}; an empty part asks the oracle to fill it in
 * @param observation what real Go did; absent until the oracle has measured it
 */
public record GoProgram(
    String id,
    Header header,
    List<SourceFile> files,
    List<SourceFile> otherFiles,
    GoString stdin,
    Scenario signals,
    FrameTable frames,
    Optional<Observation> observation) {
  private static final String OBSERVED = "observed";
  private static final String STDIN = "stdin";
  private static final String SIGNALS = "signals";
  private static final String FRAMES = "frames";
  private static final List<String> PARTS = List.of(OBSERVED, STDIN, SIGNALS, FRAMES);

  /** Endings of the files that go/build puts into CFiles, CXXFiles and HFiles. */
  private static final List<String> C_ENDINGS =
      List.of(".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx");

  public GoProgram {
    files = List.copyOf(files);
    otherFiles = List.copyOf(otherFiles);
  }

  /**
   * Reads an archive.
   *
   * @param id also, with .txtar, the file name in error messages
   * @throws BadProgramException where the archive is not a program
   */
  public static GoProgram parse(String id, String archive) {
    return parse(id, archive, id + ".txtar");
  }

  /** The same for a file that error messages are to call by another name. */
  public static GoProgram parse(String id, String archive, String name) {
    Txtar txtar = Txtar.parse(archive);
    List<SourceFile> go = sources(txtar, true);
    List<SourceFile> others = sources(txtar, false);
    if (go.isEmpty() && others.stream().noneMatch(f -> isC(f.name()))) {
      throw new BadProgramException(
          name, 1, "holds no Go file; add a part that begins with the line -- main.go --");
    }
    return new GoProgram(
        id,
        Header.parse(txtar.comment(), name),
        go,
        others,
        txtar.file(STDIN).map(e -> GoString.of(e.data())).orElse(GoString.EMPTY),
        outside(txtar, name),
        txtar.file(FRAMES).map(e -> frames(e, name)).orElse(FrameTable.NONE),
        txtar.file(OBSERVED).map(e -> Observation.parse(e.data(), name, e.line())));
  }

  private static FrameTable frames(Txtar.Entry part, String file) {
    try {
      return FrameTable.parse(part.data());
    } catch (IllegalArgumentException e) {
      throw new BadProgramException(file, part.line(), "-- frames --, " + e.getMessage());
    }
  }

  /**
   * What reaches the program of an archive from outside.
   *
   * @throws BadProgramException for a line of the part that is none
   */
  public static Scenario outside(Txtar archive, String file) {
    Optional<Txtar.Entry> part = archive.file(SIGNALS);
    try {
      return part.map(p -> Scenario.parse(p.data())).orElse(Scenario.NONE);
    } catch (IllegalArgumentException e) {
      throw new BadProgramException(
          file, part.orElseThrow().line(), "-- signals --, " + e.getMessage());
    }
  }

  private static List<SourceFile> sources(Txtar txtar, boolean go) {
    return txtar.files().stream()
        .filter(e -> !PARTS.contains(e.name()))
        .filter(e -> e.name().endsWith(".go") == go)
        .map(e -> new SourceFile(e.name(), e.data()))
        .toList();
  }

  /** Whether an archive asks for the sizes of its frames. */
  public static boolean wantsFrames(String archive) {
    return Txtar.parse(archive).file(FRAMES).isPresent();
  }

  /** The archive with the sizes of its frames, all else as it was. */
  public static String withFrames(String archive, FrameTable frames) {
    Txtar txtar = Txtar.parse(archive);
    List<Txtar.Entry> files =
        txtar.files().stream()
            .map(e ->
                e.name().equals(FRAMES) ? new Txtar.Entry(FRAMES, frames.format(), e.line()) : e)
            .toList();
    return new Txtar(txtar.comment(), files).format();
  }

  /** The archive with another observation, all else as it was. */
  public static String withObservation(String archive, Observation observation) {
    Txtar txtar = Txtar.parse(archive);
    List<Txtar.Entry> files =
        new ArrayList<>(txtar.files().stream().filter(e -> !e.name().equals(OBSERVED)).toList());
    files.add(new Txtar.Entry(OBSERVED, observation.format(), 0));
    return new Txtar(txtar.comment(), files).format();
  }

  /** Another program, unmeasured, that is built and run in the same way: with other sources. */
  public GoProgram withSources(List<SourceFile> others) {
    Map<String, SourceFile> byName = new HashMap<>();
    others.forEach(f -> byName.put(f.name(), f));
    return new GoProgram(
        id,
        header,
        files.stream().map(f -> byName.getOrDefault(f.name(), f)).toList(),
        otherFiles.stream().map(f -> byName.getOrDefault(f.name(), f)).toList(),
        stdin,
        signals,
        FrameTable.NONE,
        Optional.empty());
  }

  /** The same under another id. */
  public GoProgram withId(String other) {
    return new GoProgram(other, header, files, otherFiles, stdin, signals, frames, observation);
  }

  /** The same, measured. */
  public GoProgram withObservation(Observation seen) {
    return new GoProgram(id, header, files, otherFiles, stdin, signals, frames, Optional.of(seen));
  }

  /** Whether the go command gives a file of this name to the C or C++ compiler, or is a header. */
  public static boolean isC(String name) {
    return C_ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** What is compiled: the Go files, then those in C and C++, each in the order of the archive. */
  public List<SourceFile> sources() {
    return Stream.concat(files.stream(), otherFiles.stream().filter(f -> isC(f.name()))).toList();
  }

  /**
   * The world it runs in on the model, by its header and its other parts: with GOTRACEBACK at
   * single, or, if it is not measured at that, at its first level.
   */
  public RunOptions world() {
    List<String> args = new ArrayList<>(List.of(RunOptions.DEFAULT.args().getFirst()));
    args.addAll(header.args());
    Traceback level =
        header.tracebacks().contains(Traceback.SINGLE)
            ? Traceback.SINGLE
            : header.tracebacks().getFirst();
    return new RunOptions(
        args,
        header.env(),
        stdin,
        level,
        RunOptions.DEFAULT.limits(),
        true,
        signals,
        header.runtimeBug());
  }

  /** The source of the only Go file, or of the first; of the first C file if all is C. */
  public String source() {
    return sources().getFirst().text();
  }
}
