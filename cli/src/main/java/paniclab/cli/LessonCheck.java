package paniclab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import paniclab.exercises.Answer;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.Grade;
import paniclab.exercises.Grader;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.Posed;
import paniclab.exercises.Prediction;
import paniclab.exercises.PredictionItem;
import paniclab.kernel.CellResult;
import paniclab.kernel.Session;
import paniclab.kernel.WorkerCommand;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;
import paniclab.lessons.Notebook;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/**
 * Goes through a woven notebook as a learner would, on a real kernel: every cell runs, a Go cell
 * shows what real Go was seen to do, and at each prediction an untouched cell earns nothing, the
 * key everything and a wrong model less.
 */
final class LessonCheck {
  /** A cell that is meant to fail carries this tag. */
  private static final String MEANT_TO_FAIL = "raises-exception";

  /**
   * What is wrong with a cell.
   *
   * @param what in words, for the author of the lesson
   */
  record Fault(String cell, String what) {}

  /**
   * What came of a notebook.
   *
   * @param cells code cells that were run
   * @param items predictions that were tried
   */
  record Report(int cells, int items, List<Fault> faults) {
    Report {
      faults = List.copyOf(faults);
    }
  }

  private final Notebook notebook;
  private final KeySource keys;
  private final Consumer<String> progress;
  private final ItemBank bank = ItemBank.builtIn();
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private int cells;
  private int items;

  /**
   * A check.
   *
   * @param progress hears the id of each cell before it runs
   */
  LessonCheck(Notebook notebook, KeySource keys, Consumer<String> progress) {
    this.notebook = notebook;
    this.keys = keys;
    this.progress = progress;
  }

  /** Runs all cells, in one session. */
  Report run() {
    try (Session session =
        new Session(WorkerCommand.likeThis(), notebook.language().locale(), frames::add)) {
      for (Notebook.Cell cell : notebook.cells()) {
        if (cell instanceof Notebook.Code code) {
          progress.accept(code.id());
          cell(session, code);
        }
      }
    }
    return new Report(cells, items, faults);
  }

  private void cell(Session session, Notebook.Code cell) {
    CellResult result = execute(session, cell.source());
    boolean failed = result instanceof CellResult.Failed;
    if (failed != cell.tags().contains(MEANT_TO_FAIL)) {
      fault(
          cell,
          result instanceof CellResult.Failed f
              ? "fails: "
                  + f.name()
                  + ": "
                  + f.message()
                  + ". Mend it, or tag it "
                  + MEANT_TO_FAIL
                  + " if it is meant to"
              : "is tagged " + MEANT_TO_FAIL + " and does not fail");
      return;
    }
    Optional<String> program = Optional.ofNullable(cell.marks().get("program"));
    program.flatMap(Corpus.builtIn()::find).ifPresent(p -> ran(cell, p));
    Optional<String> item = Optional.ofNullable(cell.marks().get("item"));
    item.flatMap(bank::find).ifPresent(i -> predicted(session, cell, i));
  }

  private CellResult execute(Session session, String source) {
    frames.clear();
    cells++;
    return session.execute(cells, cells, source);
  }

  private void fault(Notebook.Code cell, String what) {
    faults.add(new Fault(cell.id(), what));
  }

  /** A Go cell: stdout and the first line of stderr are those of a run that was seen. */
  private void ran(Notebook.Code cell, GoProgram program) {
    List<Seen> seen = program.observation().map(o -> o.at(Traceback.SINGLE)).orElse(List.of());
    String stdout = streamed();
    String shown = shown().replaceAll("0x[0-9a-f]+", "0xN"); // as the observations have it
    boolean known =
        seen.stream()
            .anyMatch(s ->
                s.end() instanceof End.StillRunning
                    || s.stdout().toString().equals(stdout)
                        && s.stderr()
                            .toString()
                            .lines()
                            .findFirst()
                            .map(shown::contains)
                            .orElse(true));
    if (!known && program.header().needs().isEmpty()) {
      fault(
          cell,
          "program "
              + program.id()
              + " printed what real Go was never seen to print:\n"
              + stdout.indent(4)
              + shown.lines().limit(3).collect(Collectors.joining("\n")).indent(4));
    }
  }

  private String streamed() {
    return frames.stream()
        .flatMap(f -> f instanceof Frame.Stream s && !s.stderr() ? Stream.of(s.text()) : null)
        .collect(Collectors.joining());
  }

  private String shown() {
    return frames.stream()
        .flatMap(f -> f instanceof Frame.Shown s ? Stream.of(s.display().text()) : null)
        .collect(Collectors.joining("\n"));
  }

  private void predicted(Session session, Notebook.Code cell, PredictionItem item) {
    items++;
    String check = "%check " + item.id();
    if (execute(session, check) instanceof CellResult.Ok ok) {
      fault(cell, "untouched, it earns " + ok.value().map(Display::text).orElse("something"));
    }
    Posed posed = bank.posed(item);
    switch (keys.key(posed)) {
      case KeySource.Lookup.None(String reason) -> fault(cell, "there is no key: " + reason);
      case KeySource.Lookup.Found(AnswerKey key) -> {
        models(cell, posed, key);
        String right = Prediction.write(item.id(), answers(key), posed.questions());
        if (execute(session, right) instanceof CellResult.Failed f) {
          fault(cell, "the key cannot be committed: " + f.message());
        }
        String earned =
            execute(session, check) instanceof CellResult.Ok ok
                ? ok.value().map(Display::text).orElse("")
                : "";
        if (!earned.equals(number(key.max()))) {
          fault(cell, "the key earns \"" + earned + "\" and not " + number(key.max()));
        }
      }
    }
  }

  private static SortedMap<String, Answer> answers(AnswerKey key) {
    SortedMap<String, Answer> answers = new TreeMap<>();
    key.parts().forEach(p -> answers.put(p.question().key(), p.accepted().getFirst().answer()));
    return answers;
  }

  private void models(Notebook.Code cell, Posed posed, AnswerKey key) {
    Grader grader = new Grader(key, posed.program().files());
    for (PredictionItem.WrongModel w : posed.item().wrong()) {
      Grade grade = grader.grade(Prediction.parse(w.predicts(), posed.questions()));
      if (grade.score() >= grade.max()) {
        fault(cell, "the wrong model " + w.model().id() + " earns all " + number(grade.max()));
      }
    }
  }

  private static String number(double d) {
    return d == Math.rint(d) ? String.valueOf((long) d) : String.valueOf(d);
  }
}
