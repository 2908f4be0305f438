package paniclab.golang;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import paniclab.golang.internal.Answer;
import paniclab.golang.internal.Gofront;
import paniclab.golang.internal.Library;
import paniclab.golang.internal.LinkedProgram;
import paniclab.model.program.SourceFile;

/**
 * Compiles Go source for the model, by the Go compiler's own parser and type checker.
 *
 * <p>Each compilation starts the executable gofront once; nothing is kept between two of them, and
 * one object may be used from any number of threads.
 */
public final class GoFrontEnd {
  /** The most source one program may have, in bytes of UTF-8, names of files included. */
  public static final int MAX_SOURCE = 1 << 20;

  /** The longest a compilation may take, in seconds: gofront ends itself then. */
  public static final int MAX_SECONDS = 10;

  /** When a gofront that does not end itself is stopped, in seconds. */
  private static final int GIVE_UP_SECONDS = MAX_SECONDS + 5;

  private static final int STATUS_SLOW = 3;

  private final Path executable;

  private GoFrontEnd(Path executable) {
    this.executable = executable;
  }

  /**
   * The front end that was built for this machine, or the one that the system property {@code
   * paniclab.gofront} names.
   *
   * @throws FrontEndException if there is none
   */
  public static GoFrontEnd bundled() {
    try {
      return new GoFrontEnd(Gofront.executable());
    } catch (IOException e) {
      throw new FrontEndException("the Go front end cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Compiles one package main.
   *
   * @param sources its files; names are used in messages and stack traces as they are
   * @return {@code Unsupported} also when a limit is reached, with the limit as reason
   * @throws FrontEndException if the front end itself fails
   */
  public Compilation compile(List<SourceFile> sources) {
    byte[] request = request(sources);
    if (request.length > MAX_SOURCE) {
      return tooMuch("a program of more than " + MAX_SOURCE + " bytes of source");
    }
    Optional<byte[]> bytes = run(request);
    if (bytes.isEmpty()) {
      return tooMuch("a program that takes more than " + MAX_SECONDS + " s to compile");
    }
    return switch (Answer.read(bytes.get())) {
      case Answer.Program p ->
          new Compilation.Compiled(new LinkedProgram(sources, p.unit(), Library.unit(), p.c()));
      case Answer.Rejected r ->
          new Compilation.Rejected(r.messages().stream().map(GoFrontEnd::diagnostic).toList());
      case Answer.Unsupported u ->
          new Compilation.Unsupported(u.messages().stream().map(GoFrontEnd::diagnostic).toList());
      case Answer.Mutations _ -> throw new FrontEndException("the Go front end answered mutations");
    };
  }

  /**
   * The programs that differ from this one in one small edit and compile, in the order of their
   * places; at most 200. None for a program that does not compile.
   *
   * @throws FrontEndException if the front end itself fails or takes longer than {@value
   *     #MAX_SECONDS} s
   */
  public List<Mutation> mutations(List<SourceFile> sources) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes("mutations\n".getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(request(sources));
    byte[] bytes =
        run(request.toByteArray())
            .orElseThrow(() -> new FrontEndException("mutations took more than 10 s"));
    if (!(Answer.read(bytes) instanceof Answer.Mutations(var edits))) {
      throw new FrontEndException("the Go front end answered no mutations");
    }
    return edits.stream()
        .map(e -> new Mutation(e.kind(), e.file(), e.line(), edited(sources, e)))
        .toList();
  }

  private static List<SourceFile> edited(List<SourceFile> sources, Answer.Edit edit) {
    return sources.stream()
        .map(s -> s.name().equals(edit.file()) ? new SourceFile(s.name(), edit.text()) : s)
        .toList();
  }

  private static Compilation tooMuch(String reason) {
    return new Compilation.Unsupported(List.of(new Diagnostic("", 0, 0, reason)));
  }

  private static Diagnostic diagnostic(Answer.Message m) {
    return new Diagnostic(m.file(), m.line(), m.column(), m.text());
  }

  private static byte[] request(List<SourceFile> sources) {
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    for (SourceFile s : sources) {
      byte[] name = s.name().getBytes(StandardCharsets.UTF_8);
      byte[] text = s.text().getBytes(StandardCharsets.UTF_8);
      b.writeBytes(
          ("file " + name.length + " " + text.length + "\n").getBytes(StandardCharsets.US_ASCII));
      b.writeBytes(name);
      b.writeBytes(text);
    }
    return b.toByteArray();
  }

  /** The answer, or nothing when it took too long. */
  private Optional<byte[]> run(byte[] request) {
    try {
      Process p = new ProcessBuilder(executable.toString()).start();
      Thread watchdog = Thread.ofVirtual().start(() -> stopLate(p));
      try {
        try (OutputStream out = p.getOutputStream()) {
          out.write(request);
        }
        byte[] answer = p.getInputStream().readAllBytes();
        int status = p.waitFor();
        if (status == 0) {
          return Optional.of(answer);
        }
        if (status == STATUS_SLOW) {
          return Optional.empty();
        }
        throw new FrontEndException(
            "the Go front end ended with status "
                + status
                + ": "
                + new String(p.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        p.destroyForcibly();
        watchdog.interrupt();
      }
    } catch (IOException e) {
      throw new FrontEndException("the Go front end cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrontEndException("compiling was interrupted", e);
    }
  }

  private static void stopLate(Process p) {
    try {
      if (!p.waitFor(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
        p.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process has ended
    }
  }
}
