package paniclab.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/**
 * What real Go was seen to do, as the role {@code {obs}} asks for it: {@code ID WHAT [exit=N]}.
 *
 * <ul>
 *   <li>{@code args}: the arguments it was run with
 *   <li>{@code exit}: the exit status
 *   <li>{@code runs}: how many runs were measured; with {@code exit=N}, how many ended so
 *   <li>{@code stdout}, {@code stdout 2}: the only line printed, or the second
 *   <li>{@code stderr}: the first line of stderr
 *   <li>{@code go}, {@code platform}: what was measured
 * </ul>
 *
 * The runs must agree in what is asked for; where they differ, {@code exit=N} takes a part of them.
 */
final class Facts {
  private final Corpus corpus;

  Facts(Corpus corpus) {
    this.corpus = corpus;
  }

  /** A question that has no single answer; the message says why. */
  static final class NoFact extends Exception {
    private static final long serialVersionUID = 1L;

    NoFact(String message) {
      super(message);
    }
  }

  /** The answer, as Markdown. */
  String answer(String question) throws NoFact {
    List<String> words = new ArrayList<>(List.of(question.strip().split("\\s+")));
    if (words.size() < 2) {
      throw new NoFact("write the program and what to tell of it: {obs}`PC1-12 exit`");
    }
    Optional<Integer> exit = takeExit(words);
    String id = words.getFirst();
    Observation o = observation(id);
    String what = words.get(1);
    List<Seen> seen =
        o.at(Traceback.SINGLE).stream()
            .filter(s -> exit.isEmpty() || s.end().equals(new End.Exit(exit.get())))
            .toList();
    if (seen.isEmpty()) {
      throw new NoFact(id + " was never seen to end so; measured: " + ends(o));
    }
    return switch (what) {
      case "args" -> args(id);
      case "exit" -> single(seen.stream().map(s -> end(s.end())).toList(), question, o);
      case "runs" -> String.valueOf(seen.stream().mapToInt(Seen::count).sum());
      case "stdout" -> stdout(seen, words, question, o);
      case "stderr" ->
          code(single(seen.stream().map(s -> first(s.stderr().toString())).toList(), question, o));
      case "go" -> "Go " + o.goVersion().replaceFirst("^go", "");
      case "platform" -> o.platform();
      default ->
          throw new NoFact(
              "unknown fact \""
                  + what
                  + "\"; known are args, exit, runs, stdout, stderr, go, platform");
    };
  }

  private String args(String id) throws NoFact {
    List<String> args = corpus.find(id).map(p -> p.header().args()).orElse(List.of());
    if (args.isEmpty()) {
      throw new NoFact(id + " was run without arguments");
    }
    return code(String.join(" ", args));
  }

  private static Optional<Integer> takeExit(List<String> words) throws NoFact {
    String last = words.getLast();
    if (!last.startsWith("exit=")) {
      return Optional.empty();
    }
    words.removeLast();
    try {
      return Optional.of(Integer.parseInt(last.substring("exit=".length())));
    } catch (NumberFormatException e) {
      throw new NoFact("\"" + last + "\": write exit=2");
    }
  }

  /** What was measured of a program. */
  Observation observation(String id) throws NoFact {
    GoProgram program =
        corpus
            .find(id)
            .orElseThrow(() -> new NoFact("there is no program " + id + " in the corpus"));
    return program
        .observation()
        .orElseThrow(() -> new NoFact(id + " was never measured; let the oracle measure it"));
  }

  private static String stdout(List<Seen> seen, List<String> words, String question, Observation o)
      throws NoFact {
    int number = 0;
    if (words.size() > 2) {
      try {
        number = Integer.parseInt(words.get(2)) - 1;
      } catch (NumberFormatException e) {
        throw new NoFact("\"" + words.get(2) + "\" is no line number");
      }
    }
    List<String> answers = new ArrayList<>();
    for (Seen s : seen) {
      List<String> lines = s.stdout().toString().lines().toList();
      if (number < 0 || number >= lines.size()) {
        throw new NoFact("stdout has " + lines.size() + " lines");
      }
      answers.add(lines.get(number));
    }
    return code(single(answers, question, o));
  }

  private static String single(List<String> answers, String question, Observation o) throws NoFact {
    TreeSet<String> different = new TreeSet<>(answers);
    if (different.size() > 1) {
      throw new NoFact(
          "the runs differ in \"" + question + "\": " + different + "; add exit=N: " + ends(o));
    }
    return different.first();
  }

  private static String ends(Observation o) {
    StringBuilder b = new StringBuilder();
    for (Seen s : o.at(Traceback.SINGLE)) {
      b.append(b.isEmpty() ? "" : ", ").append(s.count()).append("x ").append(end(s.end()));
    }
    return b.toString();
  }

  private static String end(End end) {
    return switch (end) {
      case End.Exit(int status) -> String.valueOf(status);
      case End.StillRunning() -> "still running";
      case End.NotBuilt() -> "not built";
    };
  }

  /** The first line, or nothing. */
  static String first(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** A code span that survives backticks in its text. */
  static String code(String text) {
    if (text.isEmpty()) {
      return "``";
    }
    String fence = "`";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence.length() == 1 ? fence + text + fence : fence + " " + text + " " + fence;
  }
}
