package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import paniclab.golang.GoFrontEnd;
import paniclab.golang.Mutation;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Limits;
import paniclab.model.machine.RunOptions;
import paniclab.model.program.SourceFile;
import paniclab.oracle.Conformance.Judgement;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;

/**
 * The programs that variants are made of, asked of real Go in bulk: whatever a mutant of a lesson's
 * program was seen to do, the model finds on some schedule. The build takes a sample, another one
 * for another {@code -Dpaniclab.mutants.from=N}; {@code -Dpaniclab.mutants=all} takes every mutant,
 * which is hours.
 */
class MutantsTest {
  private static final Path REPORT = Path.of("target/mutants.txt");

  /** How many of the mutants a build asks about; each costs a run of the Go compiler. */
  private static final int SAMPLE = 24;

  private static final Exploration BUDGET =
      new Exploration(1_000, 3_000_000L, Limits.EXPLORE.withSteps(200_000), false);

  private static final String HEADER = "runs: 3\ntimeout: 3\n";

  @Test
  void whatRealGoDoesIsAmongWhatTheModelFinds() throws IOException {
    GoToolchain go = GoToolchain.find(Optional.ofNullable(System.getenv("GO")).orElse("go"));
    Conformance conformance =
        new Conformance(GoFrontEnd.bundled(), RunOptions.DEFAULT.withRecord(false), () -> false);
    List<String> wrong = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    int settled = 0;
    for (GoProgram mutant : chosen()) {
      Observation observed = go.observe(mutant);
      if (observed.seen().stream().anyMatch(s -> s.end() instanceof End.StillRunning)) {
        lines.add(mutant.id() + ": still ran when its time was over");
        continue;
      }
      Judgement j = conformance.judgeAllSchedules(mutant.withObservation(observed), BUDGET);
      settled += j instanceof Judgement.Unsettled ? 0 : 1;
      lines.add(mutant.id() + ": " + j.getClass().getSimpleName());
      if (j instanceof Judgement.Wrong w) {
        wrong.add(mutant.id() + ": " + w.what() + "\n" + mutant.source());
      }
    }
    lines.addAll(wrong);
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, lines);
    assertTrue(lines.size() >= SAMPLE, "mutants asked about: " + lines.size());
    assertTrue(settled > SAMPLE / 2, "settled: " + settled + " of " + lines);
    assertEquals(List.of(), wrong, "see oracle/" + REPORT);
  }

  private static boolean isC(SourceFile f) {
    return GoProgram.isC(f.name());
  }

  private static List<GoProgram> chosen() {
    List<GoProgram> all = new ArrayList<>();
    for (GoProgram p : Corpus.builtIn().all()) {
      if (p.header().needs().isEmpty() && p.otherFiles().stream().allMatch(MutantsTest::isC)) {
        int n = 0;
        for (Mutation m : GoFrontEnd.bundled().mutations(p.sources())) {
          String id = p.id() + "/" + ++n + "-" + m.kind() + ":" + m.line();
          StringBuilder archive = new StringBuilder(HEADER);
          m.sources()
              .forEach(
                  s -> archive.append("-- " + s.name() + " --\n").append(s.text()).append('\n'));
          all.add(GoProgram.parse(id, archive.toString()));
        }
      }
    }
    if (System.getProperty("paniclab.mutants", "").equals("all")) {
      return all;
    }
    int from = Integer.getInteger("paniclab.mutants.from", 0);
    int step = Math.max(1, all.size() / SAMPLE);
    List<GoProgram> sample = new ArrayList<>();
    for (int i = 0; i < SAMPLE; i++) {
      sample.add(all.get((from + i * step) % all.size()));
    }
    return sample;
  }
}
