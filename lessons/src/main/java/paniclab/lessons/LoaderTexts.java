package paniclab.lessons;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.model.c.Loader;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/** What the dynamic loader said of the programs of the corpus, as the model's loader says it. */
final class LoaderTexts {
  private static final Pattern VERSION =
      Pattern.compile("(\\S+): (\\S+): version `(\\S+)' not found .*");
  private static final Pattern SYMBOL =
      Pattern.compile("(\\S+): symbol lookup error: \\S+: undefined symbol: (\\w+)");
  private static final Pattern CALL = Pattern.compile("\\bC\\.(\\w+)\\(");
  private static final Pattern NEEDED = Pattern.compile("-l(\\w+)");

  /** The version that is there in place of the one that is not: any other would do. */
  private static final String OTHER = "another";

  private LoaderTexts() {}

  /**
   * A start on the model that ends with the line and the status that were observed.
   *
   * @throws Flows.NoFlow where the loader was not seen to refuse the program, or the model's loader
   *     says something else
   */
  static Loader.Result of(GoProgram program) throws Flows.NoFlow {
    Seen seen =
        program
            .observation()
            .flatMap(Observation::always)
            .orElseThrow(() -> new Flows.NoFlow("it was never seen to end in one way; measure it"));
    List<String> lines = seen.stderr().toString().lines().toList();
    Loader.Result start =
        lines.stream()
            .findFirst()
            .flatMap(line -> start(line, program.source()))
            .orElseThrow(() -> new Flows.NoFlow("no line of the loader's was seen on stderr"));
    if (!start.stderr().equals(lines)
        || !Optional.of(seen.end()).equals(start.exit().map(End.Exit::new))) {
      throw new Flows.NoFlow("the model's loader says " + start.stderr() + " and not " + lines);
    }
    return start;
  }

  private static Optional<Loader.Result> start(String line, String source) {
    Matcher call = CALL.matcher(source);
    Matcher version = VERSION.matcher(line);
    if (version.matches() && call.find()) {
      Loader.Symbol wanted = new Loader.Symbol(call.group(1), version.group(3));
      Loader.Symbol there = new Loader.Symbol(call.group(1), OTHER);
      Loader.Library library = new Loader.Library(version.group(2), List.of(there));
      return Optional.of(Loader.start(version.group(1), wanted, library, false));
    }
    Matcher symbol = SYMBOL.matcher(line);
    Matcher needed = NEEDED.matcher(source);
    if (symbol.matches() && needed.find()) {
      Loader.Library library = new Loader.Library("lib" + needed.group(1) + ".so", List.of());
      Loader.Symbol wanted = new Loader.Symbol(symbol.group(2), "");
      return Optional.of(Loader.start(symbol.group(1), wanted, library, false));
    }
    return Optional.empty();
  }
}
