package paniclab.cli;

import java.nio.file.Path;
import java.util.Optional;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.program.Program;
import paniclab.programs.Corpus;

/** From the command line's input to a program, or to what is to be said instead. */
final class Compile {
  private final GoFrontEnd frontEnd = GoFrontEnd.bundled();

  /**
   * What came out: a program, or the result that stands for it.
   *
   * @param program present when the source compiles for the model
   * @param result present when it does not
   */
  record Compiled(Optional<Program> program, Optional<Result> result) {}

  Compiled compile(Input input) {
    if (input.beyond().isPresent()) {
      return instead(Result.outOfModel(input.beyond().get()));
    }
    Compilation compilation = frontEnd.compile(input.sources());
    return switch (compilation) {
      case Compilation.Compiled c ->
          new Compiled(
              Optional.of(
                  c.program().withFrames(Corpus.builtIn().frames(input.sources(), input.flags()))),
              Optional.empty());
      case Compilation.Rejected r ->
          instead(Result.rejected(withShortPaths(input, r.toString()) + "\n"));
      case Compilation.Unsupported u ->
          instead(Result.outOfModel(withShortPaths(input, u.toString())));
    };
  }

  private static Compiled instead(Result result) {
    return new Compiled(Optional.empty(), Optional.of(result));
  }

  /**
   * Files as {@code go build} names them: relative to the working directory where that is shorter
   * (cmd/go, base.ShortPath).
   */
  private static String withShortPaths(Input input, String text) {
    if (input.folder().isEmpty()) {
      return text;
    }
    String folder = input.folder().get().toString();
    String relative = Path.of("").toAbsolutePath().relativize(input.folder().get()).toString();
    String shorter =
        relative.isEmpty() ? "." : relative.length() < folder.length() ? relative : folder;
    return text.replace(folder + "/", shorter + "/");
  }
}
