package paniclab.lessons.lookup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.lessons.Language;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.crash.Explanation;
import paniclab.model.outcome.Outcome.Family;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/**
 * The ways a Go program can end, one row each. No row is written by a person: each names a program,
 * and what real Go did with it fills the row. The programs are built alike: they die inside a
 * function whose caller defers a recover that prints "recovered:", and once more in main, which
 * defers a call that prints "deferred call ran".
 */
public record LookupTable(List<Row> rows) {
  private static final String RECOVERED = "recovered:";
  private static final String DEFERRED = "deferred call ran";

  /** What a program prints that dies in another goroutine than main. */
  private static final String CHILD = "deferred call of the child ran";

  private static final int SIGNAL_STATUS = 128;

  public LookupTable {
    rows = List.copyOf(rows);
  }

  /**
   * A way to end.
   *
   * @param group the family it is listed under; end for those that are no crash
   * @param family of its text; signal also for a process that was killed without a text
   * @param firstLine of the crash, or of what the program said; empty for nothing
   * @param exit as a shell counts it; absent for a process that still runs
   * @param lives whether the process goes on
   * @param deferred whether deferred calls of the goroutine ran
   * @param recover whether recover stops it
   * @param before whether it is no panic, but came out of one that recover stops
   * @param where the functions from which it does, innermost first
   * @param other whether that goroutine is another than main
   * @param crash the text that was read
   */
  public record Row(
      String program,
      String group,
      Name name,
      Family family,
      String firstLine,
      Optional<Integer> exit,
      boolean lives,
      boolean deferred,
      boolean recover,
      boolean before,
      List<String> where,
      boolean other,
      Optional<Crash> crash) {
    public Row {
      where = List.copyOf(where);
    }
  }

  /** A name in both languages. */
  public record Name(String english, String chinese) {
    /** The name in a language. */
    public String in(Language language) {
      return switch (language) {
        case EN -> english;
        case ZH_CN -> chinese;
      };
    }
  }

  /** The table of the product. */
  public static LookupTable builtIn() {
    return of(Corpus.builtIn());
  }

  /**
   * The table of a corpus; programs that are not in it, or were never measured, have no row.
   *
   * @throws UncheckedIOException if the list of programs cannot be read
   */
  public static LookupTable of(Corpus corpus) {
    List<Row> rows = new ArrayList<>();
    for (String line : list().lines().toList()) {
      int colon = line.indexOf(": ");
      if (line.startsWith("#") || colon < 0) {
        continue;
      }
      for (String id : line.substring(colon + 2).split(" +")) {
        corpus.find(id).flatMap(p -> row(p, line.substring(0, colon))).ifPresent(rows::add);
      }
    }
    return new LookupTable(rows);
  }

  private static String list() {
    try (InputStream in = LookupTable.class.getResourceAsStream("rows.txt")) {
      if (in == null) {
        throw new IllegalStateException("rows.txt is not in the lessons module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Row> row(GoProgram program, String group) {
    Optional<Observation> o = program.observation();
    if (o.isEmpty() || o.get().seen().isEmpty()) {
      return Optional.empty();
    }
    Seen seen = o.get().seen().getFirst();
    String stderr = seen.stderr().toString();
    String stdout = seen.stdout().toString();
    Optional<Crash> crash = CrashReader.read(stderr).crashes().stream().findFirst();
    Optional<Explanation> e = crash.map(Explanation::of);
    boolean lives = crash.filter(c -> c.cause() instanceof Crash.Served).isPresent();
    boolean panic = crash.filter(c -> c.family() == Family.PANIC).isPresent();
    boolean child = stdout.contains(CHILD);
    return Optional.of(
        new Row(
            program.id(),
            group,
            new Name(program.header().title(), program.header().titleZh()),
            family(crash, seen.end()),
            crash
                .map(Crash::firstLine)
                .orElse(stderr.lines().filter(l -> !l.startsWith("===")).findFirst().orElse("")),
            status(seen.end()),
            lives,
            child || stdout.contains(DEFERRED),
            panic,
            !panic && sawRecovered(seen),
            e.map(x -> x.reach().stream().map(Crash.TracedFrame::function).toList())
                .orElse(List.of()),
            child,
            crash));
  }

  private static Family family(Optional<Crash> crash, End end) {
    if (crash.isPresent()) {
      return crash.get().family();
    }
    return end instanceof End.Exit(int status) && status > SIGNAL_STATUS
        ? Family.SIGNAL
        : Family.NONE;
  }

  private static Optional<Integer> status(End end) {
    return switch (end) {
      case End.Exit(int status) -> Optional.of(status);
      case End.StillRunning() -> Optional.empty();
      case End.NotBuilt() -> Optional.empty();
    };
  }

  /** The rows that hold all of these words somewhere, in either language. */
  public LookupTable filtered(List<String> words) {
    return new LookupTable(
        rows.stream()
            .filter(r -> {
              String all = LookupText.all(r);
              return words.stream().allMatch(w -> all.contains(w.toLowerCase(Locale.ROOT)));
            })
            .toList());
  }

  /** The rows of a group. */
  public LookupTable group(String group) {
    return new LookupTable(rows.stream().filter(r -> r.group().equals(group)).toList());
  }

  /** Whether the program saw its own panic recovered; what {@code Row.recover} is held to. */
  static boolean sawRecovered(Seen seen) {
    return seen.stdout().toString().contains(RECOVERED);
  }
}
