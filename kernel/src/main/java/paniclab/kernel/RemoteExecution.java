package paniclab.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import jdk.jshell.spi.ExecutionControl;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.link.Thrown;

/**
 * JShell's hand in the worker. JShell closes itself when its engine ends; so the death of a worker
 * is told to it as an exception of the learner's code, and the next call finds a fresh worker that
 * has been given all classes again.
 */
final class RemoteExecution implements ExecutionControl {
  private final Workers workers;
  private final Map<String, Frame.ClassFile> classes = new LinkedHashMap<>();
  private final Set<String> paths = new LinkedHashSet<>();
  private Optional<Death> death = Optional.empty();
  private Optional<String> fault = Optional.empty();
  private boolean stopped;
  private boolean fresh;

  RemoteExecution(Workers workers) {
    this.workers = workers;
  }

  /** How the worker ended since this was last asked. */
  Optional<Death> takeDeath() {
    Optional<Death> d = death;
    death = Optional.empty();
    return d;
  }

  /** What went wrong in the kernel itself since this was last asked. */
  Optional<String> takeFault() {
    Optional<String> f = fault;
    fault = Optional.empty();
    return f;
  }

  /** Whether a call was stopped since this was last asked. */
  boolean takeStopped() {
    boolean s = stopped;
    stopped = false;
    return s;
  }

  /**
   * Asks the worker. When it is gone, a fresh one takes its place and is given the declarations.
   *
   * @throws WorkerEnded when it went during this call
   */
  Reply call(IntFunction<Frame> frame) throws WorkerEnded {
    try {
      WorkerProcess worker = workers.current();
      if (worker.isDead()) {
        worker = workers.replace();
        fresh = true;
      }
      if (fresh) {
        fresh = false;
        replay(worker);
      }
      return worker.call(frame);
    } catch (WorkerEnded e) {
      death = Optional.of(e.death());
      fresh = true;
      workers.replace();
      throw e;
    }
  }

  private void replay(WorkerProcess worker) throws WorkerEnded {
    for (String p : paths) {
      worker.call(n -> new Frame.AddPath(n, p));
    }
    if (!classes.isEmpty()) {
      List<Frame.ClassFile> all = List.copyOf(classes.values());
      worker.call(n -> new Frame.Load(n, all));
    }
  }

  @Override
  public void load(ClassBytecodes[] given) throws ClassInstallException {
    List<Frame.ClassFile> batch = new ArrayList<>();
    for (ClassBytecodes c : given) {
      batch.add(new Frame.ClassFile(c.name(), c.bytecodes()));
    }
    try {
      Reply reply = call(n -> new Frame.Load(n, batch));
      if (reply instanceof Reply.Fault f) {
        throw new ClassInstallException(f.thrown().toString(), new boolean[given.length]);
      }
    } catch (WorkerEnded e) {
      // The next call replays them with all others.
      death = Optional.of(e.death());
    }
    for (Frame.ClassFile c : batch) {
      classes.put(c.name(), c);
    }
  }

  @Override
  public void redefine(ClassBytecodes[] given) throws NotImplementedException {
    throw new NotImplementedException("JShell then makes a class with another name");
  }

  @Override
  public String invoke(String className, String method) throws RunException, InternalException {
    return text(n -> new Frame.Invoke(n, workers.cell(), className, method));
  }

  @Override
  public String varValue(String className, String field) throws RunException, InternalException {
    return text(n -> new Frame.ReadVariable(n, className, field));
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    paths.add(path);
    try {
      if (call(n -> new Frame.AddPath(n, path)) instanceof Reply.Fault f) {
        throw new InternalException(f.thrown().toString());
      }
    } catch (WorkerEnded e) {
      death = Optional.of(e.death());
    }
  }

  private String text(IntFunction<Frame> frame) throws RunException, InternalException {
    Reply reply;
    try {
      reply = call(frame);
    } catch (WorkerEnded e) {
      throw new UserException(
          e.death().toString(), WorkerEnded.class.getName(), new StackTraceElement[0]);
    }
    return switch (reply) {
      case Reply.Nothing _, Reply.Result _, Reply.Next _ -> "";
      case Reply.Text t -> t.text();
      case Reply.Threw t -> throw userException(t.thrown());
      case Reply.Unresolved u ->
          throw new ResolutionException(u.id(), u.frames().toArray(new StackTraceElement[0]));
      case Reply.Stopped _ -> {
        stopped = true;
        throw new StoppedException();
      }
      case Reply.Failed f -> throw internal(f.message());
      case Reply.Fault f -> throw internal(f.thrown().toString());
    };
  }

  private InternalException internal(String message) {
    fault = Optional.of(message);
    return new InternalException(message);
  }

  private static UserException userException(Thrown t) {
    UserException e =
        new UserException(
            t.message().orElse(null), t.className(), t.frames().toArray(new StackTraceElement[0]));
    t.cause().ifPresent(c -> e.initCause(userException(c)));
    return e;
  }

  @Override
  public Object extensionCommand(String command, Object argument) throws NotImplementedException {
    throw new NotImplementedException(command);
  }

  @Override
  public void stop() {
    workers.interrupt();
  }

  @Override
  public void close() {
    // The session closes the workers.
  }
}
