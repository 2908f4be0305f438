package paniclab.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.link.Thrown;
import paniclab.kernel.link.Traces;
import paniclab.kernel.worker.Notebook;

/** Java cells: JShell compiles them here, the worker runs them. */
final class JavaCells implements AutoCloseable {
  /**
   * What every cell can name without an import. Each import costs JShell some 15 ms, so a package
   * is imported when a cell uses one of its names, and the rest when there is nothing else to do.
   */
  private static final List<String> IMPORTS =
      List.of(
          "java.io",
          "java.math",
          "java.nio.file",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.function",
          "java.util.stream",
          "paniclab.model.explore",
          "paniclab.model.machine",
          "paniclab.model.outcome",
          "paniclab.model.signal",
          "paniclab.model.trace",
          "paniclab.kernel.worker");

  /** Imported like a package, when one of its methods is named. */
  private static final String NOTEBOOK = "static " + Notebook.class.getName();

  private static final Pattern NOTEBOOK_NAME =
      Pattern.compile(
          "\\b(?:display|updateDisplay|clearOutput|html|markdown|svg|showAs|ask|askPassword|openComm"
              + "|commTarget)\\b");

  /** The values of expressions that keep their name, such as {@code $7}. */
  private static final int VALUES_KEPT = 20;

  /** How a Go file begins, and no Java: its package clause has no semicolon. */
  private static final Pattern GO_PACKAGE = Pattern.compile("^\\s*package\\s+\\w+\\s*\\R");

  private static final Pattern TYPE_NAME = Pattern.compile("\\b\\p{Lu}\\w*");

  /** Takes the lines between snippets that begin with a percent sign. */
  interface LineMagic {
    CellResult run(String line, int offset);
  }

  /** Where they are Java, and wrong. */
  static final LineMagic NO_MAGIC =
      (line, offset) -> {
        throw new IllegalStateException(line + " at " + offset);
      };

  /** Where a snippet stands. */
  private record Place(int label, int firstLine) {}

  private final RemoteExecution remote;
  private final Workers workers;
  private volatile Messages messages;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Map<String, Place> places = new HashMap<>();
  private final List<String> later = new CopyOnWriteArrayList<>();
  private final Queue<Snippet> values = new ArrayDeque<>();
  private final ReentrantLock busy = new ReentrantLock(true);

  JavaCells(Workers workers, Messages messages, String classPath) {
    this.workers = workers;
    this.messages = messages;
    remote = new RemoteExecution(workers);
    shell =
        JShell.builder()
            .executionEngine(new Engine(remote), Map.of())
            .compilerOptions("-proc:none", "--class-path", classPath)
            .build();
    analysis = shell.sourceCodeAnalysis();
    later.add(NOTEBOOK);
    later.addAll(IMPORTS);
  }

  /**
   * Does what the first cells would have to do, as long as none has come: the first snippet pays
   * for loading much of the compiler.
   */
  void warm() {
    if (busy.tryLock()) {
      try {
        shell.eval("{}");
      } finally {
        busy.unlock();
      }
    }
    while (!later.isEmpty()) {
      busy.lock();
      try {
        if (!later.isEmpty()) {
          importPackage(later.getFirst());
        }
      } finally {
        busy.unlock();
      }
    }
  }

  /** Imports what this code names, of what is still to be imported. */
  private void importFor(String code) {
    if (later.isEmpty()) {
      return;
    }
    List<String> names =
        TYPE_NAME.matcher(code).results().map(MatchResult::group).distinct().toList();
    if (later.contains(NOTEBOOK) && NOTEBOOK_NAME.matcher(code).find()) {
      importPackage(NOTEBOOK);
    }
    for (String wanted : List.copyOf(later)) {
      if (names.stream().anyMatch(n -> exists(wanted + "." + n))) {
        importPackage(wanted);
      }
    }
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className, false, JavaCells.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private void importPackage(String name) {
    if (!later.remove(name)) {
      return;
    }
    shell.eval("import " + name + ".*;");
  }

  /** Imports all that is still to be imported. */
  void importRest() {
    busy.lock();
    try {
      List.copyOf(later).forEach(this::importPackage);
    } finally {
      busy.unlock();
    }
  }

  private record Engine(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "paniclab";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /** The worker behind the cells. */
  RemoteExecution remote() {
    return remote;
  }

  JShell shell() {
    return shell;
  }

  SourceCodeAnalysis analysis() {
    return analysis;
  }

  /** Speaks another language from now on. */
  void speak(Messages wanted) {
    messages = wanted;
  }

  /** Runs one of the worker's tasks. */
  CellResult task(int cell, String name, Map<String, String> arguments) {
    Reply reply;
    try {
      reply = remote.call(n -> new Frame.Task(n, cell, name, arguments));
    } catch (WorkerEnded e) {
      return ended().orElseGet(() -> died(e.death()));
    }
    return switch (reply) {
      case Reply.Nothing _, Reply.Text _ -> CellResult.Ok.NOTHING;
      case Reply.Result r -> CellResult.Ok.of(Optional.of(r.display()));
      case Reply.Next n -> new CellResult.Ok(Optional.empty(), List.of(), Optional.of(n.cell()));
      case Reply.Failed f -> new CellResult.Failed(f.name(), f.message(), f.lines());
      case Reply.Stopped _ -> interrupted();
      case Reply.Threw t -> taskThrew(t.thrown());
      case Reply.Unresolved _, Reply.Fault _ -> fault(reply.toString());
    };
  }

  /** A wrong option is the learner's; what else a task throws is ours. */
  private CellResult.Failed taskThrew(Thrown t) {
    String message = t.message().orElse("");
    if (t.className().equals(IllegalArgumentException.class.getName())) {
      return new CellResult.Failed("MagicUsage", message, List.of(message));
    }
    if (t.className().equals(OutOfMemoryError.class.getName())) {
      return threw(t);
    }
    CellResult.Failed ours = fault(t.className() + ": " + message);
    List<String> lines = new ArrayList<>(ours.traceback());
    lines.addAll(Traces.lines(t, e -> Optional.of(e.toString())));
    return new CellResult.Failed(ours.name(), ours.message(), lines);
  }

  /**
   * Runs Java.
   *
   * @param firstLine of the code in its cell, from 0
   */
  CellResult run(int cell, int label, String code, int firstLine, LineMagic magic) {
    busy.lock();
    try {
      return snippets(cell, label, code, firstLine, magic);
    } finally {
      busy.unlock();
    }
  }

  private CellResult snippets(int cell, int label, String code, int firstLine, LineMagic magic) {
    importFor(code);
    String rest = code;
    Optional<Display> value = Optional.empty();
    Optional<String> next = Optional.empty();
    while (!rest.isBlank()) {
      if (workers.isInterrupted(cell)) {
        return interrupted();
      }
      if (rest.stripLeading().startsWith("%") && magic != NO_MAGIC) {
        String line = rest.stripLeading().lines().findFirst().orElse("");
        CellResult result = magic.run(line, code.length() - rest.length());
        if (result instanceof CellResult.Failed) {
          return result;
        }
        if (result instanceof CellResult.Ok ok) {
          value = ok.value();
          next = ok.next().isPresent() ? ok.next() : next;
        }
        rest = rest.stripLeading().substring(line.length());
        continue;
      }
      CompletionInfo info = analysis.analyzeCompletion(rest);
      String source = info.completeness().isComplete() ? info.source() : rest;
      if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        break;
      }
      String left = info.completeness().isComplete() ? info.remaining() : "";
      int offset = code.length() - rest.length() + startIn(rest, source);
      Step step = eval(cell, label, code, offset, source, firstLine);
      switch (step) {
        case Step.Wrong w -> {
          return w.failed();
        }
        case Step.Right r -> value = r.value();
      }
      rest = left;
    }
    return new CellResult.Ok(value, List.of(), next);
  }

  private static int startIn(String rest, String source) {
    String head = source.strip();
    head = head.substring(0, Math.min(head.length(), 20));
    return Math.max(0, rest.indexOf(head));
  }

  private sealed interface Step {
    record Right(Optional<Display> value) implements Step {}

    record Wrong(CellResult.Failed failed) implements Step {}
  }

  private Step eval(int cell, int label, String code, int offset, String source, int firstLine) {
    int line = firstLine + lineOf(code, offset);
    List<SnippetEvent> events;
    try {
      events = shell.eval(source.strip());
    } catch (IllegalStateException closed) {
      return new Step.Wrong(fault(closed.toString()));
    }
    for (SnippetEvent e : events) {
      places.put(e.snippet().id(), new Place(label, line));
    }
    Optional<CellResult.Failed> ended = ended();
    if (ended.isPresent()) {
      return new Step.Wrong(ended.get());
    }
    for (SnippetEvent e : events) {
      if (e.causeSnippet() != null) {
        continue;
      }
      if (e.status() == Snippet.Status.REJECTED) {
        return new Step.Wrong(rejected(e.snippet(), code, offset, firstLine));
      }
      JShellException thrown = e.exception();
      if (thrown != null) {
        return new Step.Wrong(threw(thrown));
      }
      tellUnresolved(cell, e);
      forgetOldest(e.snippet());
    }
    return shows(events) ? show(cell) : new Step.Right(Optional.empty());
  }

  /**
   * Keeps the variables that JShell makes for values of expressions ({@code $1}) from piling up: it
   * looks at every living snippet for each new one.
   */
  private void forgetOldest(Snippet snippet) {
    if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      values.add(snippet);
      if (values.size() > VALUES_KEPT) {
        shell.drop(values.remove());
      }
    }
  }

  private void tellUnresolved(int cell, SnippetEvent e) {
    boolean waits =
        e.status() == Snippet.Status.RECOVERABLE_DEFINED
            || e.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    if (waits && e.snippet() instanceof DeclarationSnippet d) {
      String names = shell.unresolvedDependencies(d).collect(Collectors.joining(", "));
      String text = messages.get("declared.unresolved", d.name(), names);
      workers.publish(new Frame.Shown(cell, Display.text(text), false));
    }
  }

  private static boolean shows(List<SnippetEvent> events) {
    return events.stream()
        .filter(e -> e.causeSnippet() == null)
        .anyMatch(e ->
            switch (e.snippet().subKind()) {
              case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
              default -> false;
            });
  }

  private Step show(int cell) {
    Reply reply;
    try {
      reply = remote.call(n -> new Frame.Show(n, cell));
    } catch (WorkerEnded e) {
      return new Step.Wrong(ended().orElseGet(() -> died(e.death())));
    }
    return switch (reply) {
      case Reply.Result r -> new Step.Right(Optional.of(r.display()));
      case Reply.Threw t -> new Step.Wrong(threw(t.thrown()));
      case Reply.Stopped _ -> new Step.Wrong(interrupted());
      case Reply.Nothing _,
          Reply.Text _,
          Reply.Next _,
          Reply.Unresolved _,
          Reply.Failed _,
          Reply.Fault _ ->
          new Step.Wrong(fault(reply.toString()));
    };
  }

  /** What the last call says beyond what JShell could pass on. */
  private Optional<CellResult.Failed> ended() {
    Optional<Death> death = remote.takeDeath();
    boolean stopped = remote.takeStopped();
    Optional<String> fault = remote.takeFault();
    if (death.isPresent()) {
      return death.map(this::died);
    }
    return stopped ? Optional.of(interrupted()) : fault.map(this::fault);
  }

  CellResult.Failed interrupted() {
    String message = messages.get("interrupted");
    return new CellResult.Failed(
        CellResult.INTERRUPT, message, List.of(CellResult.INTERRUPT + ": " + message));
  }

  CellResult.Failed fault(String what) {
    String message = messages.get("fault", what);
    return new CellResult.Failed("KernelFault", message, List.of(message));
  }

  CellResult.Failed died(Death death) {
    String how =
        switch (death) {
          case Death.Exit e -> messages.get("worker.exit", String.valueOf(e.status()));
          case Death.Signal s -> messages.get("worker.signal", s.name());
          case Death.HeapExhausted h ->
              messages.get("worker.heap", String.valueOf(h.limitBytes() >> 20));
          case Death.Unstoppable _ -> messages.get("worker.unstoppable");
          case Death.NeverStarted n -> messages.get("worker.never", n.why());
        };
    String name =
        death instanceof Death.Unstoppable ? CellResult.INTERRUPT : CellResult.WORKER_ENDED;
    return new CellResult.Failed(name, how, List.of(how, messages.get("worker.after")));
  }

  private CellResult.Failed threw(JShellException e) {
    return switch (e) {
      case UnresolvedReferenceException u -> {
        String names =
            shell.unresolvedDependencies(u.getSnippet()).collect(Collectors.joining(", "));
        String message = messages.get("declared.unresolved", u.getSnippet().name(), names);
        yield new CellResult.Failed("UnresolvedReference", message, List.of(message));
      }
      default -> threw(thrown(e));
    };
  }

  private CellResult.Failed threw(Thrown t) {
    List<String> lines = new ArrayList<>(Traces.lines(t, this::nameFrame));
    if (t.className().equals(OutOfMemoryError.class.getName())) {
      lines.add(messages.get("heap.here", String.valueOf(workers.heapMegabytes())));
    }
    return new CellResult.Failed(t.simpleName(), t.message().orElse(""), lines);
  }

  private static Thrown thrown(JShellException e) {
    String name = e instanceof EvalException v ? v.getExceptionClassName() : e.getClass().getName();
    Optional<Thrown> cause =
        e.getCause() instanceof JShellException c ? Optional.of(thrown(c)) : Optional.empty();
    return new Thrown(name, Optional.ofNullable(e.getMessage()), List.of(e.getStackTrace()), cause);
  }

  /** JShell gives frames of cells the file name {@code #id}. */
  private Optional<String> nameFrame(StackTraceElement e) {
    String file = e.getFileName();
    if (Traces.isMachinery(e) || (file == null && e.getClassName().startsWith("REPL."))) {
      return Optional.empty();
    }
    Place place = file != null && file.startsWith("#") ? places.get(file.substring(1)) : null;
    if (place == null) {
      return Optional.of(e.toString());
    }
    String method = (e.getClassName().isEmpty() ? "" : e.getClassName() + ".") + e.getMethodName();
    String where =
        "cell [" + place.label() + "] line " + (place.firstLine() + Math.max(1, e.getLineNumber()));
    return Optional.of(method.isEmpty() ? where : method + "(" + where + ")");
  }

  private CellResult.Failed rejected(Snippet snippet, String code, int offset, int firstLine) {
    List<Diag> diags = shell.diagnostics(snippet).filter(Diag::isError).toList();
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag d : diags) {
      int at = Math.min(code.length(), offset + (int) Math.max(0, d.getPosition()));
      int from = code.lastIndexOf('\n', at - 1) + 1;
      int to = code.indexOf('\n', at);
      String sourceLine = code.substring(from, to < 0 ? code.length() : Math.max(from, to));
      String[] text = d.getMessage(java.util.Locale.ROOT).split("\n");
      String head =
          messages.get(
              "compile.place",
              String.valueOf(firstLine + lineOf(code, at) + 1),
              String.valueOf(at - from + 1),
              text[0]);
      first = first.isEmpty() ? text[0] : first;
      lines.add(head);
      lines.add(sourceLine);
      lines.add(caret(sourceLine, at - from));
      for (int i = 1; i < text.length; i++) {
        lines.add(text[i]);
      }
    }
    if (lines.isEmpty()) {
      first = messages.get("compile.incomplete");
      lines.add(first);
    }
    if (GO_PACKAGE.matcher(code).find()) {
      lines.add(messages.get("compile.go"));
    }
    return new CellResult.Failed("CompileError", first, lines);
  }

  /** A line that puts a caret under a column, keeping tabs. */
  static String caret(String line, int column) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < column; i++) {
      b.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
    }
    return b.append('^').toString();
  }

  private static int lineOf(String code, int offset) {
    return (int)
        code.substring(0, Math.min(code.length(), offset)).chars().filter(c -> c == '\n').count();
  }

  @Override
  public void close() {
    shell.close();
  }
}
