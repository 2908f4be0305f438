package paniclab.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;
import paniclab.kernel.magic.Answers;
import paniclab.kernel.magic.BadMagic;
import paniclab.kernel.magic.Magic;
import paniclab.kernel.magic.MagicContext;
import paniclab.kernel.magic.Magics;

/**
 * A notebook's session: text in, display out, no sockets. Cells run one after the other; interrupts
 * and answers to questions come from other threads.
 */
public final class Session implements AutoCloseable {
  private static final Pattern GO_CELL = Pattern.compile("^\\s*%%(?:go|explore|fix)\\b");
  private static final Pattern HELP = Pattern.compile("\\?([\\w.]+)|([\\w.]+)\\?");

  private final Workers workers;
  private final Magics magics = new Magics();
  private final Answers answers = new Answers();
  private final List<String> added = new CopyOnWriteArrayList<>();
  private final String classPath;
  private volatile Locale locale;
  private final CompletableFuture<JavaCells> java;

  /**
   * Opens a session; it begins to start what it needs and returns at once.
   *
   * @param events takes streams, displays, questions and comm messages as they come, from other
   *     threads
   */
  public Session(WorkerCommand command, Locale language, Consumer<Frame> events) {
    locale = language;
    classPath = command.classPath();
    workers = new Workers(command, events);
    java = new CompletableFuture<>();
    Thread t =
        new Thread(
            () -> {
              try {
                JavaCells cells = new JavaCells(workers, messages(), command.classPath());
                java.complete(cells);
                cells.warm();
              } catch (Throwable e) {
                java.completeExceptionally(e);
              }
            },
            "jshell");
    t.setDaemon(true);
    t.start();
  }

  /**
   * Runs a cell.
   *
   * @param cell a number of the caller's; what the cell puts out carries it
   * @param label the number that tracebacks give the cell
   */
  public CellResult execute(int cell, int label, String code) {
    workers.begin(cell);
    try {
      return dispatch(cell, label, code);
    } finally {
      workers.end();
    }
  }

  private CellResult dispatch(int cell, int label, String code) {
    Optional<MagicLine> magic = MagicLine.ofCell(code);
    if (magic.isPresent()) {
      MagicLine m = magic.get();
      return magic(m.name(), new Magic.Call(cell, label, m.arguments(), m.body()));
    }
    Matcher help = HELP.matcher(code.strip());
    if (help.matches()) {
      String name = help.group(1) == null ? help.group(2) : help.group(1);
      Optional<Display> found = inspect(name, name.length(), true);
      return found
          .<CellResult>map(d -> new CellResult.Ok(Optional.empty(), List.of(d), Optional.empty()))
          .orElseGet(() -> {
            String message = messages().get("help.none", name);
            return new CellResult.Failed("NoHelp", message, List.of(message));
          });
    }
    return java.join().run(cell, label, code, 0, (line, at) -> lineMagic(cell, label, line));
  }

  private CellResult lineMagic(int cell, int label, String line) {
    MagicLine m = MagicLine.of(line);
    return magic(m.name(), new Magic.Call(cell, label, m.arguments(), ""));
  }

  private CellResult magic(String name, Magic.Call call) {
    Optional<Magic> found = magics.find(name);
    if (found.isEmpty()) {
      String message =
          magics
              .nearest(name)
              .map(n -> messages().get("magic.unknown.near", name, n))
              .orElseGet(() -> messages().get("magic.unknown", name));
      return new CellResult.Failed("UnknownMagic", message, List.of(message));
    }
    try {
      return found.get().run(call, new Context());
    } catch (BadMagic e) {
      String message = String.valueOf(e.getMessage());
      return new CellResult.Failed("MagicUsage", message, List.of(message));
    }
  }

  /** What the magics may use of this session. */
  private final class Context implements MagicContext {
    @Override
    public CellResult java(Magic.Call call, String code) {
      return java.join().run(call.cell(), call.label(), code, 0, JavaCells.NO_MAGIC);
    }

    @Override
    public CellResult task(Magic.Call call, String task, Map<String, String> arguments) {
      Map<String, String> all = new LinkedHashMap<>(arguments);
      all.put("lang", locale.toLanguageTag());
      return java.join().task(call.cell(), task, all);
    }

    @Override
    public void show(Magic.Call call, Display display) {
      workers.publish(new Frame.Shown(call.cell(), display, false));
    }

    @Override
    public void addPath(Path path) {
      added.add(path.toString());
      java.join().shell().addToClasspath(path.toString());
    }

    @Override
    public List<String> classPath() {
      List<String> all = new ArrayList<>(List.of(classPath.split(File.pathSeparator)));
      all.addAll(added);
      return all;
    }

    @Override
    public Locale locale() {
      return locale;
    }

    @Override
    public void locale(Locale wanted) {
      locale = wanted;
      java.join().speak(messages());
    }

    @Override
    public Messages messages() {
      return Session.this.messages();
    }

    @Override
    public Answers answers() {
      return answers;
    }
  }

  /** What could stand at the cursor, in UTF-16 units. */
  public Completion complete(String code, int cursor) {
    if (GO_CELL.matcher(code).find()) {
      int body = code.indexOf('\n') + 1;
      return body == 0 || cursor < body
          ? completeMagic(code, cursor)
          : shifted(GoHelp.complete(code.substring(body), cursor - body), body);
    }
    int line = code.lastIndexOf('\n', cursor - 1) + 1;
    if (code.startsWith("%", line)) {
      return completeMagic(code, cursor);
    }
    return code.startsWith("%%") ? Completion.none(cursor) : help().complete(code, cursor);
  }

  private static Completion shifted(Completion c, int by) {
    return new Completion(c.start() + by, c.end() + by, c.items());
  }

  private Completion completeMagic(String code, int cursor) {
    int line = code.lastIndexOf('\n', cursor - 1) + 1;
    String typed = code.substring(line, cursor);
    if (typed.indexOf(' ') >= 0) {
      return Completion.none(cursor);
    }
    return new Completion(
        line,
        cursor,
        magics.all().stream()
            .filter(m -> m.name().startsWith(typed))
            .map(m -> new Completion.Item(m.name(), "magic", m.usage()))
            .toList());
  }

  /** What is known of the name at the cursor. */
  public Optional<Display> inspect(String code, int cursor, boolean detail) {
    int line = code.lastIndexOf('\n', cursor - 1) + 1;
    if (code.startsWith("%", line)) {
      MagicLine m = MagicLine.of(code.substring(line).lines().findFirst().orElse(""));
      return magics.find(m.name()).map(f -> Display.text(f.usage() + "\n" + help(f)));
    }
    if (GO_CELL.matcher(code).find()) {
      int body = code.indexOf('\n') + 1;
      return GoHelp.inspect(code.substring(body), cursor - body);
    }
    return help().inspect(code, cursor, detail);
  }

  private String help(Magic magic) {
    return messages().get("magic.help." + magic.name().replace("%", ""));
  }

  /** Whether a cell is whole. */
  public Completeness isComplete(String code) {
    if (code.startsWith("%%")) {
      // In a console an empty line ends such a cell.
      return code.endsWith("\n\n")
              || !code.contains("\n") && !magics.find(MagicLine.of(code).name()).isPresent()
          ? Completeness.COMPLETE
          : Completeness.INCOMPLETE;
    }
    if (code.startsWith("%")) {
      return Completeness.COMPLETE;
    }
    return help().isComplete(code);
  }

  private JavaHelp help() {
    JavaCells cells = java.join();
    cells.importRest();
    return new JavaHelp(cells);
  }

  /** Takes a comm message to the worker and waits until it is dealt with. */
  public void comm(Frame.Comm m) {
    workers.begin(m.cell());
    try {
      java.join()
          .remote()
          .call(n ->
              new Frame.Comm(
                  n, m.cell(), m.kind(), m.id(), m.target(), m.data(), m.metadata(), m.buffers()));
    } catch (WorkerEnded e) {
      throw new IllegalStateException("the worker ended while it took a comm message", e);
    } finally {
      workers.end();
    }
  }

  /** Starts the worker that waits to take over. */
  public void keepSpare() {
    workers.keepSpare();
  }

  /** Stops the cell that runs, if one does. */
  public void interrupt() {
    workers.interrupt();
  }

  /** Answers a question of a cell. */
  public void answer(Frame.Input input) {
    workers.current().tell(input);
  }

  /** What the learner reads. */
  public Messages messages() {
    return new Messages(locale);
  }

  @Override
  public void close() {
    java.thenAccept(JavaCells::close);
    workers.close();
  }
}
