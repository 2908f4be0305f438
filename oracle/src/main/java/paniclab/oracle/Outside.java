package paniclab.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import paniclab.model.program.GoString;
import paniclab.model.signal.Origin;
import paniclab.model.signal.Scenario;
import paniclab.model.signal.Scenario.Action;
import paniclab.model.signal.Signal;

/**
 * The world outside a real process, as a {@link Scenario} has it: watches what the process writes,
 * sends signals with the real kill, stops reading. Everything happens on one thread that looks
 * every millisecond, because a read that blocks would hold a pipe open that is to be closed.
 *
 * <p>A signal of the terminal is a key pressed in a real one: the process then runs under {@code
 * script}, in the foreground of a terminal of its own, with stdout and stderr in files all the
 * same.
 */
final class Outside {
  private static final Duration LOOK = Duration.ofMillis(1);

  private final Scenario scenario;
  private final Process process;
  private final Watched stdout;
  private final Watched stderr;
  private int index;
  private long since;
  private Optional<Long> due = Optional.empty();

  private Outside(Scenario scenario, Process process, Watched stdout, Watched stderr) {
    this.scenario = scenario;
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
    this.since = System.nanoTime();
  }

  /** Whether the stream of a descriptor must be a pipe that somebody may stop reading. */
  static boolean closes(Scenario s, int fd) {
    return s.lines().stream().anyMatch(l -> l.action() instanceof Action.Close c && c.fd() == fd);
  }

  private static boolean needsTerminal(Scenario s) {
    return s.lines().stream()
        .anyMatch(l -> l.action() instanceof Action.Send x && x.origin() == Origin.TERMINAL);
  }

  /** The command, under a terminal if a key is to be pressed. */
  static List<String> command(Scenario s, List<String> command, Path out, Path err) {
    if (!needsTerminal(s)) {
      return command;
    }
    StringBuilder line = new StringBuilder("exec");
    command.forEach(w -> line.append(" '").append(w.replace("'", "'\\''")).append("'"));
    line.append(" >").append(out).append(" 2>").append(err);
    return List.of("script", "-qefc", line.toString(), "/dev/null");
  }

  /** How the streams are to be redirected; those of a terminal are files already. */
  static void redirect(Scenario s, ProcessBuilder b, Path out, Path err) {
    if (needsTerminal(s)) {
      b.redirectInput(ProcessBuilder.Redirect.PIPE);
      b.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      b.redirectError(ProcessBuilder.Redirect.DISCARD);
      return;
    }
    b.redirectOutput(closes(s, 1) ? ProcessBuilder.Redirect.PIPE : redirect(out));
    b.redirectError(closes(s, 2) ? ProcessBuilder.Redirect.PIPE : redirect(err));
  }

  private static ProcessBuilder.Redirect redirect(Path file) {
    return ProcessBuilder.Redirect.to(file.toFile());
  }

  /**
   * Obeys the scenario until the process ends or its time is over.
   *
   * @return whether it ended
   */
  static boolean play(Scenario s, Process p, Path out, Path err, Duration limit)
      throws IOException, InterruptedException {
    try (Watched o = Watched.of(closes(s, 1), p.getInputStream(), out);
        Watched e = Watched.of(closes(s, 2), p.getErrorStream(), err)) {
      Outside outside = new Outside(s, p, o, e);
      long end = System.nanoTime() + limit.toNanos();
      boolean ended = false;
      while (!ended && System.nanoTime() < end) {
        o.look();
        e.look();
        outside.obey();
        ended = p.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
      o.look();
      e.look();
      o.keep(out);
      e.keep(err);
      return ended;
    }
  }

  private void obey() throws IOException, InterruptedException {
    Optional<Scenario.Line> next = scenario.line(index);
    if (next.isEmpty()) {
      return;
    }
    Scenario.Line line = next.get();
    if (due.isEmpty() && holds(line)) {
      due = Optional.of((line.text().isEmpty() ? since : System.nanoTime()) + line.nanos());
    }
    if (due.isPresent() && System.nanoTime() >= due.get()) {
      act(line.action());
      due = Optional.empty();
      since = System.nanoTime();
      index++;
    }
  }

  private boolean holds(Scenario.Line line) {
    return line.text().isEmpty() || (line.fd() == 1 ? stdout : stderr).find(line.text());
  }

  private void act(Action action) throws IOException, InterruptedException {
    switch (action) {
      case Action.Close(int fd) -> (fd == 1 ? stdout : stderr).shut();
      case Action.Send(Signal s, Origin origin) -> {
        if (origin == Origin.TERMINAL) {
          OutputStream keys = process.getOutputStream();
          keys.write(key(s));
          keys.flush();
        } else {
          kill(s);
        }
      }
    }
  }

  private static int key(Signal s) {
    return switch (s.name()) {
      case "SIGINT" -> 3;
      case "SIGQUIT" -> 28;
      default -> 26;
    };
  }

  private void kill(Signal s) throws IOException, InterruptedException {
    if (process.isAlive()) {
      String command = "kill -" + s.number() + " " + process.pid();
      int status = new ProcessBuilder("sh", "-c", command).start().waitFor();
      if (status != 0 && process.isAlive()) {
        throw new IOException(command + " failed with status " + status);
      }
    }
  }

  /** What a process writes to one descriptor, as far as somebody reads it. */
  private static final class Watched implements AutoCloseable {
    private final boolean pipe;
    private final InputStream in;
    private final SeekableByteChannel file;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int found;
    private boolean shut;

    private Watched(boolean pipe, InputStream in, SeekableByteChannel file) {
      this.pipe = pipe;
      this.in = in;
      this.file = file;
    }

    static Watched of(boolean pipe, InputStream in, Path file) throws IOException {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      return new Watched(pipe, in, Files.newByteChannel(file));
    }

    void look() throws IOException {
      if (shut) {
        return;
      }
      if (pipe) {
        try {
          for (int n = in.available(); n > 0; n = in.available()) {
            seen.write(in.readNBytes(n));
          }
        } catch (IOException e) {
          // The process has ended and its stream is gone; what was read is all there was.
          shut = true;
        }
        return;
      }
      ByteBuffer b = ByteBuffer.allocate(1 << 16);
      while (file.read(b) > 0) {
        seen.write(b.array(), 0, b.position());
        b.clear();
      }
    }

    /** Looks for a text after the one found last. */
    boolean find(String text) {
      String all = seen.toString(StandardCharsets.ISO_8859_1);
      String wanted =
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      int i = all.indexOf(wanted, found);
      if (i >= 0) {
        found = i + wanted.length();
      }
      return i >= 0;
    }

    /** Stops reading, as of the text found last: what came after it nobody has read. */
    void shut() throws IOException {
      shut = true;
      in.close();
      byte[] read = seen.toByteArray();
      seen.reset();
      seen.write(read, 0, found);
    }

    /** Leaves what was read where the other streams are. */
    void keep(Path file) throws IOException {
      if (pipe) {
        Files.write(file, GoString.wrap(seen.toByteArray()).toBytes());
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
