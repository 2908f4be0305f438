package paniclab.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import paniclab.model.program.GoString;
import paniclab.model.program.SourceFile;
import paniclab.model.sched.Bug;
import paniclab.model.signal.Scenario;
import paniclab.programs.BadProgramException;
import paniclab.programs.GoProgram;
import paniclab.programs.Header;
import paniclab.programs.Txtar;

/**
 * A program named on the command line: a Go file, an archive, or a folder that holds one package.
 *
 * @param file the argument as it was given
 * @param folder where its files lie, absolute; absent for an archive
 * @param sources its Go files, and the C and C++ of a program that uses cgo; those of a folder by
 *     their absolute path, as Go's stack traces have them
 * @param flags of its build, where the archive says so
 * @param args its arguments, without its name
 * @param env more of its environment, as NAME=value
 * @param stdin what it reads, where the archive says so
 * @param bug a fault of the runtime it runs on, put in on purpose
 * @param signals what reaches it from outside, as its archive says
 * @param beyond why the model cannot run it as its archive has it built; absent if it can
 */
record Input(
    String file,
    Optional<Path> folder,
    List<SourceFile> sources,
    List<String> flags,
    List<String> args,
    List<String> env,
    Optional<GoString> stdin,
    Optional<Bug> bug,
    Scenario signals,
    Optional<String> beyond) {

  /** The most bytes a source file or archive may have: 1 MiB, as the front end. */
  static final long MAX_BYTES = 1L << 20;

  /** A file that cannot be a program. The message names it and says what to do. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Reads an argument of the command line. */
  static Input read(String argument) throws Unreadable {
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return folder(argument, path);
    }
    if (argument.endsWith(".txtar")) {
      return archive(argument, text(argument, path));
    }
    if (!argument.endsWith(".go") && !argument.endsWith(".c") && Files.exists(path)) {
      throw new Unreadable(
          argument + ": is no Go program; give a .go file, a .txtar archive or a folder");
    }
    Path file = path.toAbsolutePath().normalize();
    Path folder = file.getParent();
    return new Input(
        argument,
        Optional.ofNullable(folder),
        List.of(new SourceFile(file.toString(), text(argument, path))),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Scenario.NONE,
        Optional.empty());
  }

  private static Input folder(String argument, Path path) throws Unreadable {
    Path folder = path.toAbsolutePath().normalize();
    List<SourceFile> sources = new ArrayList<>();
    List<SourceFile> c = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(p -> BuildConstraints.nameFits(name(p)) || GoProgram.isC(name(p)))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new Unreadable(argument + ": cannot be read: " + reason(e));
    }
    for (Path p : files) {
      SourceFile source = new SourceFile(p.toString(), text(p.toString(), p));
      if (GoProgram.isC(source.name())) {
        c.add(source);
      } else if (BuildConstraints.textFits(source.text())) {
        sources.add(source);
      }
    }
    if (sources.stream().anyMatch(s -> s.text().contains("import \"C\""))) {
      sources.addAll(c);
    }
    if (sources.isEmpty()) {
      throw new Unreadable(
          argument
              + ": holds no Go file to build (tests, and files of other systems, are left out)");
    }
    return new Input(
        argument,
        Optional.of(folder),
        sources,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Scenario.NONE,
        Optional.empty());
  }

  /**
   * An archive. One whose comment is no header of ours (an archive made elsewhere, with prose in
   * it) is run for its Go files and what reaches them from outside.
   */
  private static Input archive(String argument, String text) throws Unreadable {
    Txtar parts = Txtar.parse(text);
    List<SourceFile> sources =
        parts.files().stream()
            .filter(e -> e.name().endsWith(".go") || GoProgram.isC(e.name()))
            .map(e -> new SourceFile(e.name(), e.data()))
            .toList();
    if (sources.isEmpty()) {
      throw new Unreadable(
          argument + ": holds no Go file; add a part that begins with the line -- main.go --");
    }
    Optional<GoProgram> known;
    Scenario signals;
    try {
      known = known(argument, text, parts.comment());
      signals = GoProgram.outside(parts, argument);
    } catch (BadProgramException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
    return new Input(
        argument,
        Optional.empty(),
        sources,
        known.map(p -> p.header().flags()).orElse(List.of()),
        known.map(p -> p.header().args()).orElse(List.of()),
        known.map(p -> p.header().env()).orElse(List.of()),
        known.map(GoProgram::stdin).filter(s -> s.length() > 0),
        known.flatMap(p -> p.header().runtimeBug()),
        signals,
        known.flatMap(p -> p.header().beyondModel()));
  }

  /** The archive as ours; empty for one whose comment is no header of ours. */
  private static Optional<GoProgram> known(String argument, String text, String comment) {
    try {
      Header.parse(comment, argument);
    } catch (BadProgramException e) {
      return Optional.empty();
    }
    String id = name(Path.of(argument));
    return Optional.of(
        GoProgram.parse(id.substring(0, id.length() - ".txtar".length()), text, argument));
  }

  private static String text(String argument, Path path) throws Unreadable {
    try {
      if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
        throw new Unreadable(argument + ": is larger than " + MAX_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
          .toString();
    } catch (NoSuchFileException e) {
      throw new Unreadable(argument + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new Unreadable(argument + ": is not UTF-8; Go source is");
    } catch (IOException e) {
      throw new Unreadable(argument + ": cannot be read: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /** Whether the program may read its standard input: it says so somewhere in its text. */
  boolean mayReadStdin() {
    return sources.stream()
        .anyMatch(s -> s.text().contains("Stdin") || s.text().contains("fmt.Scan"));
  }

  /** The name of the program: its file without the ending. */
  String programName() {
    String last = name(Path.of(file).toAbsolutePath().normalize());
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }
}
