package paniclab.kernel.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.golang.Compilation;
import paniclab.golang.Diagnostic;
import paniclab.golang.GoFrontEnd;
import paniclab.kernel.link.Frame.Reply;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Txtar;

/** The Go source of a cell: one file, or several after lines such as {@code -- util.go --}. */
final class GoSource {
  /** The name of a cell's only file, as stack traces have it. */
  static final String FILE = "main.go";

  private GoSource() {}

  static List<SourceFile> of(String cell) {
    Txtar parts = Txtar.parse(cell);
    List<SourceFile> files =
        parts.files().stream()
            .filter(f -> f.name().endsWith(".go") || GoProgram.isC(f.name()))
            .map(f -> new SourceFile(f.name(), f.data()))
            .toList();
    if (!files.isEmpty()) {
      return files;
    }
    return List.of(new SourceFile(FILE, signals(cell).isPresent() ? parts.comment() : cell));
  }

  /** What a cell's part {@code -- signals --} says, if it has one. */
  static Optional<String> signals(String cell) {
    return Txtar.parse(cell).file("signals").map(Txtar.Entry::data);
  }

  /** A program, or what is to be said in its place. */
  sealed interface Result {
    record Ok(Program program) implements Result {}

    record Wrong(Reply.Failed reply) implements Result {}
  }

  static Result compile(List<SourceFile> files) {
    return switch (GoFrontEnd.bundled().compile(files)) {
      case Compilation.Compiled c ->
          new Result.Ok(c.program().withFrames(Corpus.builtIn().frames(files, List.of())));
      case Compilation.Rejected r ->
          new Result.Wrong(failed("CompileError", r.diagnostics(), files));
      case Compilation.Unsupported u ->
          new Result.Wrong(
              failed(
                  "OutOfModel",
                  u.reasons().stream()
                      .map(d ->
                          new Diagnostic(
                              d.file(),
                              d.line(),
                              d.column(),
                              "not supported by the model: " + d.message()))
                      .toList(),
                  files));
    };
  }

  private static Reply.Failed failed(
      String name, List<Diagnostic> diagnostics, List<SourceFile> files) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic d : diagnostics) {
      lines.addAll(d.toString().lines().toList());
      files.stream()
          .filter(
              f -> f.name().equals(d.file()) || f.name().equals(d.file().replaceFirst("^\\./", "")))
          .findFirst()
          .ifPresent(f -> lines.addAll(underlined(f.text(), d.line(), d.column())));
    }
    String first = diagnostics.isEmpty() ? name : diagnostics.getFirst().toString();
    return new Reply.Failed(name, first.lines().findFirst().orElse(name), lines);
  }

  /** The source line and a caret under the column, which Go counts in bytes. */
  static List<String> underlined(String text, int line, int column) {
    List<String> all = text.lines().toList();
    if (line < 1 || line > all.size()) {
      return List.of();
    }
    String source = all.get(line - 1);
    if (column < 1) {
      return List.of(source);
    }
    StringBuilder caret = new StringBuilder();
    int bytes = 1;
    for (int i = 0; i < source.length() && bytes < column; ) {
      int c = source.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      caret.append(c == '\t' ? "\t" : isWide(c) ? "\u3000" : " ");
      i += Character.charCount(c);
    }
    return List.of(source, caret.append('^').toString());
  }

  private static boolean isWide(int c) {
    return Character.isIdeographic(c)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0x3000 && c <= 0x303F);
  }
}
