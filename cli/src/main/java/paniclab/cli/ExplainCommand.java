package paniclab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import paniclab.lessons.Language;
import paniclab.lessons.explain.ExplainJson;
import paniclab.lessons.explain.Explained;
import paniclab.lessons.explain.NoCrash;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code paniclab explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explains what a Go process left behind when it died.",
      "",
      "Reads a log of any size and finds the crashes in it: what kind of death each is, where it "
          + "happened, whether recover could have stopped it and from which function, whether "
          + "deferred calls ran, the exit status, who waits for whom, what to look at next, and the "
          + "lesson. Lines of the program's own log, prefixes of containers, Kubernetes, Compose, "
          + "journald and syslog, timestamps, JSON records, colours and Windows line ends are taken "
          + "off. With --json, a line for each crash: family (panic, fatal, throw, signal), "
          + "first_line, goroutine, recoverable (yes, no, was-recovered), recover_where, defers_ran, "
          + "exit, lesson; for a text that is no crash, one line of family none.",
      "",
      "  go run . 2>&1 | paniclab explain",
      "  kubectl logs --previous POD | paniclab explain --lang zh-CN",
      "  journalctl -u UNIT -o short | paniclab explain --json",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:explained",
      "1:no crash was found; what was recognised is said",
      "64:the command line is wrong",
      "66:the file cannot be read",
      "69:a bug of ours"
    })
final class ExplainCommand implements Callable<Integer> {
  /** No crash in the text. */
  static final int NO_CRASH = 1;

  /** Bytes read at a time. */
  private static final int CHUNK = 1 << 16;

  private static final String STDIN = "-";

  private final Io io;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = WeaveCommand.Tag.class,
      description = "en or zh-CN (default: that of the locale).")
  private Language language = Language.ofTheLocale();

  @Option(names = "--json", description = "A line of JSON for each crash.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The log; - or nothing for standard input.")
  private String file = STDIN;

  private int crashes;

  ExplainCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    List<Crash> served = new ArrayList<>();
    CrashReader reader = new CrashReader(this::show);
    try {
      read(reader);
    } catch (NoSuchFileException e) {
      io.err().println("paniclab explain: " + file + ": there is no such file");
      return Exit.NO_INPUT;
    } catch (IOException e) {
      io.err().println("paniclab explain: " + file + ": cannot be read: " + e.getMessage());
      return Exit.NO_INPUT;
    }
    reader.end();
    if (crashes > 0) {
      return Exit.OK;
    }
    var log = reader.log(served);
    if (json) {
      io.out().println(ExplainJson.none(log));
    } else {
      NoCrash.lines(log, language).forEach(io.out()::println);
    }
    return NO_CRASH;
  }

  private void show(Crash crash) {
    if (json) {
      io.out().println(ExplainJson.line(crash));
    } else {
      String name = file.equals(STDIN) ? "stdin" : file;
      io.out().print((crashes > 0 ? "\n" : "") + Explained.of(crash, name, language).text());
    }
    crashes++;
  }

  private void read(CrashReader reader) throws IOException {
    try (InputStream in =
        file.equals(STDIN) ? new Borrowed(io.in()) : Files.newInputStream(Path.of(file))) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        reader.accept(chunk, 0, n);
      }
    }
  }

  /** Standard input, which is not ours to close. */
  private static final class Borrowed extends java.io.FilterInputStream {
    Borrowed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
