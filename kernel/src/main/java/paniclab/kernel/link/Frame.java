package paniclab.kernel.link;

import java.util.List;
import java.util.Map;

/**
 * One message between front and worker. {@code call} numbers a request and its answer; {@code cell}
 * says whose output it is.
 */
public sealed interface Frame {

  /** The name and bytes of a class. */
  record ClassFile(String name, byte[] bytes) {}

  // front to worker

  /** Defines classes. */
  record Load(int call, List<ClassFile> classes) implements Frame {}

  /** Calls a static method without parameters; its result stays in the worker. */
  record Invoke(int call, int cell, String className, String method) implements Frame {}

  /** Shows the result of the last {@link Invoke}. */
  record Show(int call, int cell) implements Frame {}

  /** Reads a static field as text. */
  record ReadVariable(int call, String className, String field) implements Frame {}

  /** Adds a jar or folder to the class path. */
  record AddPath(int call, String path) implements Frame {}

  /** Runs one of the worker's own tasks, such as a Go program on the model. */
  record Task(int call, int cell, String name, Map<String, String> arguments) implements Frame {}

  /** Stops everything a cell is running. */
  record Stop(int cell) implements Frame {}

  /** The answer to an {@link Ask}. */
  record Input(int ask, InputStatus status, String text) implements Frame {}

  /** How a question to the learner ended. */
  enum InputStatus {
    LINE,
    REFUSED,
    INTERRUPTED
  }

  /** Ends the worker. */
  record End() implements Frame {}

  // worker to front

  /** The worker can be used. */
  record Ready(long pid, long heapBytes) implements Frame {}

  /** The answer to a call. */
  record Done(int call, Reply reply) implements Frame {}

  /** Text that a cell wrote. */
  record Stream(int cell, boolean stderr, String text) implements Frame {}

  /** Something shown by a cell; an update replaces what has the same id. */
  record Shown(int cell, Display display, boolean update) implements Frame {}

  /** A cell clears its output, at once or when the next output comes. */
  record Clear(int cell, boolean later) implements Frame {}

  /** A cell asks the learner for a line. */
  record Ask(int ask, int cell, String prompt, boolean password) implements Frame {}

  // both ways

  /** Which of the three comm messages. */
  enum CommKind {
    OPEN,
    MESSAGE,
    CLOSE
  }

  /**
   * A comm message.
   *
   * @param call answered with {@link Done} when it comes from the front; 0 from the worker
   * @param target only of OPEN, else empty
   * @param data JSON text of an object
   * @param metadata JSON text of an object
   * @param buffers binary parts
   */
  record Comm(
      int call,
      int cell,
      CommKind kind,
      String id,
      String target,
      String data,
      String metadata,
      List<byte[]> buffers)
      implements Frame {}

  /** What came of a call. */
  sealed interface Reply {
    /** It went well and there is nothing to say. */
    record Nothing() implements Reply {}

    /** It went well with this text. */
    record Text(String text) implements Reply {}

    /** It went well with this to show. */
    record Result(Display display) implements Reply {}

    /** It went well; this is offered as the text of the next cell. */
    record Next(String cell) implements Reply {}

    /** The learner's code threw. */
    record Threw(Thrown thrown) implements Reply {}

    /** The learner's code reached a name that is not defined yet. */
    record Unresolved(int id, List<StackTraceElement> frames) implements Reply {}

    /** The cell was stopped. */
    record Stopped() implements Reply {}

    /**
     * The task found an error in what it was given.
     *
     * @param lines as they are to be shown
     */
    record Failed(String name, String message, List<String> lines) implements Reply {}

    /** The worker could not do it: a fault of ours. */
    record Fault(Thrown thrown) implements Reply {}
  }
}
